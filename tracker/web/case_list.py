"""The list of cases: what is asked for, the rows in words, the same rows as a file."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import request

from tracker.actions import cases as acts
from tracker.door.language import gettext, spoken
from tracker.errors import HuiyinError
from tracker.incoming.list_pages import CasePage, named, read_query
from tracker.models import Area, Category
from tracker.queries import cases, kept, reference
from tracker.queries.cases import CaseFilter, Page
from tracker.queries.waiting import CASES
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.tables import Table
from tracker.web.words import CountdownView, Sign
from workflows.case import DISPOSITIONS

# What a figure counts, and what the two days mean beside it.
_DAYS = {
    "raised": (N_("新提出诉求"), N_("提出不早于"), N_("提出不晚于")),
    "handled": (N_("办结诉求"), N_("办结不早于"), N_("办结不晚于")),
    "fed_back": (N_("反馈诉求"), N_("反馈不早于"), N_("反馈不晚于")),
}


@dataclass(frozen=True)
class Row:
    """One line, on the screen and in the file."""

    reference: str
    url: str
    summary: str
    place: str
    category: str
    sign: Sign
    urgent: bool
    department: str
    due: CountdownView | None
    updated: str
    moves: str

    @property
    def cells(self) -> list[str]:
        due = f"{self.due.text} {self.due.sub}".strip() if self.due else ""
        return [
            self.reference, self.summary, self.category, self.place, self.sign.label, self.department, due,
            self.updated,
        ]  # fmt: skip


class Cases(Table[CasePage]):
    key = "reference"
    noun, title, template, asks = "case", N_("诉求"), "lists/cases.html", CasePage
    heads = (
        N_("编号"), N_("事由"), N_("类别"), N_("地区"), N_("状态"), N_("承办单位"), N_("时限"), N_("更新"),
    )  # fmt: skip

    def fetch(
        self, asked: CasePage, actor: Actor, now: datetime, only: tuple[str, ...] | None = None, **page: Any
    ) -> Page:
        return cases.page(actor, replace(wanted(asked), only=only), now=now, **page)

    def lines(
        self,
        found: Iterable[Any],
        actor: Actor,
        now: datetime,
        query: str = "",
        *,
        left: Collection[int] = (),
    ) -> list[Row]:
        ready = listing.readiness("case", actor, left)
        address = links.each_case(list=query)
        return [_row(row, address(row.reference), ready(row), now) for row in found]

    def shown(self, asked: CasePage, actor: Actor, now: datetime) -> tuple[Sequence[Row], str | None]:
        """As they were, for whoever comes back from a case."""
        query = listing.carried(named(CasePage, request.args))

        def look() -> tuple[list[Row], str | None]:
            found = self.fetch(asked, actor, now, limit=asked.limit, after=asked.after)
            left = self.left_behind(found.items, actor, now)
            return self.lines(found.items, actor, now, query, left=left), found.next

        question = ("case rows", wanted(asked), asked.limit, asked.after, query, spoken())
        return kept.until_next_event(actor, question, look, now=now)

    def filters(self, actor: Actor) -> list[Filter]:
        names = kept.until_next_event(actor, "case filters", lambda: _names(actor))
        return [
            Filter("waiting", gettext("视图"), {name: gettext(queue.label) for name, queue in CASES.items()}),
            Filter("state", gettext("状态"), words.states("case")),
            Filter("disposition", gettext("处置"), dict(words.choices(DISPOSITIONS))),
            Filter("category", gettext("类别"), names["category"]),
            Filter("area", gettext("地区"), names["area"]),
            Filter("unit", gettext("承办单位"), names["unit"]),
            Filter("group", gettext("委员小组"), names["group"]),
            Filter("overdue", gettext("逾期"), {"true": gettext("只看已逾期"), "1": gettext("只看已逾期")}),
            Filter("q", gettext("关键词"), {}),
            Filter("counted", gettext("统计口径"), {step: gettext(days[0]) for step, days in _DAYS.items()}),
            *_days(request.args.get("counted", "")),
        ]

    def move(self, key: str, name: str, actor: Actor) -> None:
        acts.move(cases.get(key, actor), name, by=actor)

    def names(self, keys: tuple[str, ...], actor: Actor, now: datetime) -> dict[str, str]:
        return {number: number for number in keys}

    def more(self, actor: Actor) -> dict[str, Any]:
        return {"may_register": permissions.may_any(actor, "case.create")}


def wanted(asked: CasePage) -> CaseFilter:
    return CaseFilter(**asked.model_dump(exclude={"limit", "after"}))


def came_from(query: str) -> CaseFilter:
    """The filters of the list a case was opened from; everything where that cannot be read."""
    try:
        return wanted(read_query(CasePage, dict(parse_qsl(query))))
    except HuiyinError:
        return CaseFilter()


def _days(step: str) -> list[Filter]:
    _, first, last = _DAYS.get(step, _DAYS["raised"])
    return [Filter("from", gettext(first), {}), Filter("to", gettext(last), {})]


def _row(row: Any, url: str, moves: str, now: datetime) -> Row:
    return Row(
        row.reference,
        url,
        row.summary,
        row.area or "",
        row.category or "",
        words.case_sign(row.state, row.disposition, row.closed_at),
        row.urgency == "urgent",
        row.department or "",
        words.due(row.due_at, now),
        words.day(row.updated_at, now),
        moves,
    )


def _names(actor: Actor) -> dict[str, dict[str, str]]:
    """What stands behind the codes of each filter."""
    return {
        "category": _coded(reference.categories(actor)),
        "area": _coded(reference.areas(actor)),
        "unit": _units(actor, "department"),
        "group": _units(actor, "group"),
    }


def _coded(found: Sequence[Category] | Sequence[Area]) -> dict[str, str]:
    return {entry.code: entry.full_name or entry.name for entry in found}


def _units(actor: Actor, kind: str) -> dict[str, str]:
    return {unit.public_id: unit.name for unit in reference.units(actor, kind)}
