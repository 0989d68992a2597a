"""The list of letters."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.actions import letters as acts
from tracker.door.language import gettext
from tracker.incoming.list_pages import LetterPage
from tracker.queries import letters
from tracker.queries.cases import Page
from tracker.queries.waiting import LETTERS
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.tables import Table
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


class Letters(Table[LetterPage]):
    noun, title, template, asks = "letter", N_("函件"), "lists/letters.html", LetterPage
    heads = (
        N_("文号"), N_("诉求编号"), N_("事由"), N_("种类"), N_("状态"),
        N_("成文日期"), N_("时限"), N_("更新"),
    )  # fmt: skip

    def fetch(self, asked: LetterPage, actor: Actor, now: datetime, **page: Any) -> Page:
        return letters.page(actor, now=now, state=asked.state, waits=asked.waiting, **page)

    def lines(
        self, found: Iterable[Any], actor: Actor, now: datetime, *, left: Collection[int] = ()
    ) -> list[Row]:
        ready = listing.readiness("letter", actor, left)
        return [_row(row, ready(row), now) for row in found]

    def filters(self, actor: Actor) -> list[Filter]:
        queues = {name: gettext(queue.label) for name, queue in LETTERS.items()}
        return [
            Filter("waiting", gettext("视图"), queues),
            Filter("state", gettext("状态"), words.states("letter")),
        ]

    def move(self, key: str, name: str, actor: Actor) -> None:
        acts.move(letters.get(key, actor), name, by=actor)


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
