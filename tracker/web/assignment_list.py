"""The list of assignments: for the office one row a department, for a department its own work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import assignments as acts
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.list_pages import AssignmentPage, named, read_query
from tracker.queries import assignments, bulk, reference
from tracker.queries.waiting import ASSIGNMENTS, PENDING_SHARE
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.words import CountdownView, Sign
from workflows.assignment import KINDS, SLA_CLASSES


@dataclass(frozen=True)
class Row:
    """One department's share, on the screen and in the file."""

    public_id: str
    url: str
    reference: str
    summary: str
    kind: str
    klass: str
    sign: Sign
    unit: str
    due: CountdownView | None
    updated: str
    moves: str

    @property
    def cells(self) -> list[str]:
        due = f"{self.due.text} {self.due.sub}".strip() if self.due else ""
        return [
            self.reference, self.summary, self.kind, self.klass, self.sign.label, self.unit, due, self.updated
        ]  # fmt: skip


def page() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "assignment.read")
    asked = read_query(AssignmentPage, request.args)
    found = _fetch(asked, actor, asked.after, asked.limit)
    filters = _filters(actor)
    args = named(AssignmentPage, request.args)
    frame = listing.frame("assignment", gettext("交办"), args, list(filters.values()), found.next, actor)
    rows = _rows(found.items, actor, now)
    return render_template("lists/assignments.html", frame=frame, filters=filters, rows=rows)


def export() -> Response:
    actor = door.signed_in()
    permissions.require_any(actor, "assignment.export")
    return _file(read_query(AssignmentPage, request.args), actor)


def act() -> ResponseReturnValue:
    """One act on the rows that were ticked; each is decided by itself."""
    actor = door.signed_in()
    chosen = tuple(request.form.getlist("ids"))[: listing.BATCH]
    name = request.form.get("act", "")
    if name == "export":
        permissions.require_any(actor, "assignment.export")
        return _file(AssignmentPage(), actor, chosen)
    if name in bulk.offered("assignment", actor):
        _make(name, chosen, actor)
    return redirect(links.index("assignment", **named(AssignmentPage, request.args)))


def _make(name: str, chosen: tuple[str, ...], actor: Actor) -> None:
    found = assignments.page(actor, only=chosen, limit=listing.BATCH, now=clock())

    def one(public_id: str) -> None:
        acts.move(assignments.get(public_id, actor), name, by=actor)

    listing.make(name, {row.public_id: row.reference for row in found.items}, one)


def _fetch(
    asked: AssignmentPage, actor: Actor, after: str | None, limit: int, only: tuple[str, ...] | None = None
) -> Any:
    return assignments.page(
        actor,
        state=asked.state,
        overdue=asked.overdue,
        unit=asked.unit,
        waits=asked.waiting,
        only=only,
        limit=limit,
        after=after,
        now=clock(),
    )


def _file(asked: AssignmentPage, actor: Actor, only: tuple[str, ...] | None = None) -> Response:
    heads = [
        gettext("编号"), gettext("事由"), gettext("分工"), gettext("时限类别"), gettext("状态"),
        gettext("承办单位"), gettext("时限"), gettext("更新"),
    ]  # fmt: skip
    now = clock()
    found = listing.every(lambda after: _fetch(asked, actor, after, listing.BATCH, only))
    return listing.file(gettext("交办"), heads, [row.cells for row in _rows(found, actor, now)])


def _rows(found: Iterable[Any], actor: Actor, now: datetime) -> list[Row]:
    ready = listing.readiness("assignment", actor)
    return [_row(row, ready(row), now) for row in found]


def _row(row: Any, moves: str, now: datetime) -> Row:
    return Row(
        row.public_id,
        links.share(row.public_id),
        row.reference,
        row.summary or words.shortened(row.transfer_text),
        words.say(KINDS, row.role),
        words.say(SLA_CLASSES, row.sla_class),
        words.sign("assignment", row.state),
        row.unit,
        words.due(row.due_at, now) if row.state in PENDING_SHARE else None,
        words.day(row.updated_at, now),
        moves,
    )


def _filters(actor: Actor) -> dict[str, Filter]:
    queues = {name: gettext(queue.label) for name, queue in ASSIGNMENTS.items()}
    units = {unit.public_id: unit.name for unit in reference.units(actor, "department")}
    found = [
        Filter("waiting", gettext("视图"), queues),
        Filter("state", gettext("状态"), words.states("assignment")),
        Filter("unit", gettext("承办单位"), {} if actor.has("handler") else units),
        Filter("overdue", gettext("逾期"), {"true": gettext("只看已逾期"), "1": gettext("只看已逾期")}),
    ]
    return {entry.name: entry for entry in found}
