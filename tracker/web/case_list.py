"""The list of cases: what is asked for, the rows in words, the same rows as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import cases as acts
from tracker.door.language import gettext, spoken
from tracker.errors import HuiyinError
from tracker.extensions import clock
from tracker.incoming.list_pages import CasePage, named, read_query
from tracker.models import Area, Category
from tracker.queries import bulk, cases, kept, reference
from tracker.queries.cases import CaseFilter
from tracker.queries.waiting import CASES
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import links, listing, words
from tracker.web.listing import Filter
from tracker.web.words import CountdownView, Sign
from workflows.case import DISPOSITIONS


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


def page() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "case.read")
    asked = read_query(CasePage, request.args)
    filters = _filters(actor)
    args = named(CasePage, request.args)
    rows, following = _shown(asked, actor, now, listing.carried(args))
    frame = listing.frame("case", gettext("诉求"), args, list(filters.values()), following, actor)
    return render_template(
        "lists/cases.html",
        frame=frame,
        filters=filters,
        rows=rows,
        may_register=permissions.may_any(actor, "case.create"),
    )


def export() -> Response:
    """Every row that matches, with the columns of the screen."""
    actor = door.signed_in()
    permissions.require_any(actor, "case.export")
    asked = read_query(CasePage, request.args)
    return _file(wanted(asked), actor)


def act() -> ResponseReturnValue:
    """One act on the rows that were ticked; each is decided by itself."""
    actor = door.signed_in()
    chosen = tuple(request.form.getlist("ids"))[: listing.BATCH]
    name = request.form.get("act", "")
    if name == "export":
        permissions.require_any(actor, "case.export")
        return _file(CaseFilter(only=chosen), actor)
    if name in bulk.offered("case", actor):
        _make(name, chosen, actor)
    return redirect(links.index("case", **named(CasePage, request.args)))


def wanted(asked: CasePage) -> CaseFilter:
    return CaseFilter(**asked.model_dump(exclude={"limit", "after"}))


def came_from(query: str) -> CaseFilter:
    """The filters of the list a case was opened from; everything where that cannot be read."""
    try:
        return wanted(read_query(CasePage, dict(parse_qsl(query))))
    except HuiyinError:
        return CaseFilter()


def _make(name: str, chosen: tuple[str, ...], actor: Actor) -> None:
    def one(number: str) -> None:
        acts.move(cases.get(number, actor), name, by=actor)

    listing.make(name, {number: number for number in chosen}, one)


def _file(asked: CaseFilter, actor: Actor) -> Response:
    heads = [
        gettext("编号"), gettext("事由"), gettext("类别"), gettext("地区"), gettext("状态"),
        gettext("承办单位"), gettext("时限"), gettext("更新"),
    ]  # fmt: skip
    now = clock()
    found = listing.every(lambda after: cases.page(actor, asked, limit=listing.BATCH, after=after, now=now))
    return listing.file(gettext("诉求"), heads, [row.cells for row in _rows(found, actor, now)])


def _shown(asked: CasePage, actor: Actor, now: datetime, query: str) -> tuple[list[Row], str | None]:
    """The rows of a page and the next page's cursor; who comes back from a case finds them as they were."""

    def look() -> tuple[list[Row], str | None]:
        found = cases.page(actor, wanted(asked), limit=asked.limit, after=asked.after, now=now)
        return _rows(found.items, actor, now, query), found.next

    question = ("case rows", wanted(asked), asked.limit, asked.after, query, spoken())
    return kept.until_next_event(actor, question, look, now=now)


def _rows(found: Iterable[Any], actor: Actor, now: datetime, query: str = "") -> list[Row]:
    ready = listing.readiness("case", actor)
    address = links.each_case(list=query)
    return [_row(row, address(row.reference), ready(row), now) for row in found]


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


def _filters(actor: Actor) -> dict[str, Filter]:
    names = kept.until_next_event(actor, "case filters", lambda: _names(actor))
    found = [
        Filter("waiting", gettext("视图"), {name: gettext(queue.label) for name, queue in CASES.items()}),
        Filter("state", gettext("状态"), words.states("case")),
        Filter("disposition", gettext("处置"), dict(words.choices(DISPOSITIONS))),
        Filter("category", gettext("类别"), names["category"]),
        Filter("area", gettext("地区"), names["area"]),
        Filter("unit", gettext("承办单位"), names["unit"]),
        Filter("group", gettext("委员小组"), names["group"]),
        Filter("overdue", gettext("逾期"), {"true": gettext("只看已逾期"), "1": gettext("只看已逾期")}),
        Filter("q", gettext("关键词"), {}),
        Filter("from", gettext("提出不早于"), {}),
        Filter("to", gettext("提出不晚于"), {}),
    ]
    return {entry.name: entry for entry in found}


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
