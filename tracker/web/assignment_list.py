"""The list of assignments: for the office one row a department, for a department its own work."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.actions import assignments as acts
from tracker.door.language import gettext
from tracker.incoming.list_pages import AssignmentPage
from tracker.queries import assignments, reference
from tracker.queries.cases import Page
from tracker.queries.waiting import ASSIGNMENTS, PENDING_SHARE
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.tables import Table
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


class Assignments(Table[AssignmentPage]):
    noun, title, template, asks = "assignment", N_("交办"), "lists/assignments.html", AssignmentPage
    heads = (
        N_("编号"), N_("事由"), N_("分工"), N_("时限类别"), N_("状态"),
        N_("承办单位"), N_("时限"), N_("更新"),
    )  # fmt: skip

    def fetch(self, asked: AssignmentPage, actor: Actor, now: datetime, **page: Any) -> Page:
        return assignments.page(
            actor,
            now=now,
            state=asked.state,
            overdue=asked.overdue,
            unit=asked.unit,
            waits=asked.waiting,
            **page,
        )

    def lines(
        self, found: Iterable[Any], actor: Actor, now: datetime, *, left: Collection[int] = ()
    ) -> list[Row]:
        ready = listing.readiness("assignment", actor, left)
        return [_row(row, ready(row), now) for row in found]

    def filters(self, actor: Actor) -> list[Filter]:
        queues = {name: gettext(queue.label) for name, queue in ASSIGNMENTS.items()}
        units = {unit.public_id: unit.name for unit in reference.units(actor, "department")}
        overdue = gettext("只看已逾期")
        return [
            Filter("waiting", gettext("视图"), queues),
            Filter("state", gettext("状态"), words.states("assignment")),
            Filter("unit", gettext("承办单位"), {} if actor.has("handler") else units),
            Filter("overdue", gettext("逾期"), {"true": overdue, "1": overdue}),
        ]

    def move(self, key: str, name: str, actor: Actor) -> None:
        acts.move(assignments.get(key, actor), name, by=actor)


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
