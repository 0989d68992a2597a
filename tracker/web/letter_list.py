"""The list of letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import letters as acts
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.list_pages import LetterPage, named, read_query
from tracker.queries import bulk, letters
from tracker.queries.waiting import LETTERS
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.words import CountdownView, Sign
from workflows.letter import KINDS


@dataclass(frozen=True)
class Row:
    """One letter, on the screen and in the file."""

    public_id: str
    url: str
    number: str
    reference: str
    summary: str
    kind: str
    sign: Sign
    due: CountdownView | None
    issued: str
    updated: str
    moves: str

    @property
    def cells(self) -> list[str]:
        return [
            self.number, self.reference, self.summary, self.kind, self.sign.label, self.issued,
            self.due.text if self.due else "", self.updated,
        ]  # fmt: skip


def page() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "letter.read")
    asked = read_query(LetterPage, request.args)
    found = _fetch(asked, actor, asked.after, asked.limit)
    filters = _filters()
    args = named(LetterPage, request.args)
    frame = listing.frame("letter", gettext("函件"), args, list(filters.values()), found.next, actor)
    rows = _rows(found.items, actor, now)
    return render_template("lists/letters.html", frame=frame, filters=filters, rows=rows)


def export() -> Response:
    actor = door.signed_in()
    permissions.require_any(actor, "letter.export")
    return _file(read_query(LetterPage, request.args), actor)


def act() -> ResponseReturnValue:
    """One act on the rows that were ticked; each is decided by itself."""
    actor = door.signed_in()
    chosen = tuple(request.form.getlist("ids"))[: listing.BATCH]
    name = request.form.get("act", "")
    if name == "export":
        permissions.require_any(actor, "letter.export")
        return _file(LetterPage(), actor, chosen)
    if name in bulk.offered("letter", actor):
        _make(name, chosen, actor)
    return redirect(links.index("letter", **named(LetterPage, request.args)))


def _make(name: str, chosen: tuple[str, ...], actor: Actor) -> None:
    found = letters.page(actor, only=chosen, limit=listing.BATCH, now=clock())

    def one(public_id: str) -> None:
        acts.move(letters.get(public_id, actor), name, by=actor)

    listing.make(name, {row.public_id: row.reference for row in found.items}, one)


def _fetch(
    asked: LetterPage, actor: Actor, after: str | None, limit: int, only: tuple[str, ...] | None = None
) -> Any:
    return letters.page(
        actor, now=clock(), state=asked.state, waits=asked.waiting, only=only, limit=limit, after=after
    )


def _file(asked: LetterPage, actor: Actor, only: tuple[str, ...] | None = None) -> Response:
    heads = [
        gettext("文号"), gettext("诉求编号"), gettext("事由"), gettext("种类"), gettext("状态"),
        gettext("成文日期"), gettext("时限"), gettext("更新"),
    ]  # fmt: skip
    now = clock()
    found = listing.every(lambda after: _fetch(asked, actor, after, listing.BATCH, only))
    return listing.file(gettext("函件"), heads, [row.cells for row in _rows(found, actor, now)])


def _rows(found: Iterable[Any], actor: Actor, now: datetime) -> list[Row]:
    ready = listing.readiness("letter", actor)
    return [_row(row, ready(row), now) for row in found]


def _row(row: Any, moves: str, now: datetime) -> Row:
    return Row(
        row.public_id,
        links.letter(row.public_id),
        row.number or "",
        row.reference,
        row.summary,
        words.say(KINDS, row.kind),
        words.sign("letter", row.state),
        words.due(row.due_at, now),
        words.day(row.issue_date, now),
        words.day(row.updated_at, now),
        moves,
    )


def _filters() -> dict[str, Filter]:
    found = [
        Filter("waiting", gettext("视图"), {name: gettext(queue.label) for name, queue in LETTERS.items()}),
        Filter("state", gettext("状态"), words.states("letter")),
    ]
    return {entry.name: entry for entry in found}
