"""Who I am, and the lists of my committee."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from tracker.api.answers.base import Answer
from tracker.api.answers.reference import (
    AreaList,
    CategoryList,
    Me,
    MemberAnswer,
    MemberList,
    UnitList,
    area_answer,
    category_answer,
    me_answer,
    unit_answer,
    unit_brief,
)
from tracker.api.calls import Sent, call
from tracker.door import signed_in
from tracker.errors import NotSignedIn
from tracker.extensions import clock
from tracker.incoming.lists import MemberQuery, ReferenceQuery, UnitQuery
from tracker.models import OrgUnit, Person
from tracker.queries import desk, people, reference
from tracker.queries import members as find
from tracker.queries.cases import read_cursor, write_cursor
from tracker.rules import permissions
from tracker.rules.words import N_

A = TypeVar("A", bound=Answer)


@call("GET", "/me", N_("我是谁，有什么待办"), gives=Me)
def me() -> Me:
    actor = signed_in()
    person = people.by_login(actor.login)
    if person is None:
        raise NotSignedIn
    return me_answer(person, reference.committee(actor), desk.waiting_counts(actor, clock()))


@call("GET", "/categories", N_("类别"), asks=ReferenceQuery, gives=CategoryList)
def categories(sent: Sent[ReferenceQuery]) -> CategoryList:
    items, following = _window(reference.categories(signed_in()), sent.read(), category_answer)
    return CategoryList(items=items, next=following)


@call("GET", "/areas", N_("地区"), asks=ReferenceQuery, gives=AreaList)
def areas(sent: Sent[ReferenceQuery]) -> AreaList:
    items, following = _window(reference.areas(signed_in()), sent.read(), area_answer)
    return AreaList(items=items, next=following)


@call("GET", "/units", N_("单位"), asks=UnitQuery, gives=UnitList)
def units(sent: Sent[UnitQuery]) -> UnitList:
    actor = signed_in()
    permissions.require_any(actor, "unit.read")
    wanted = sent.read()
    items, following = _window(reference.units(actor, wanted.kind), wanted, unit_answer)
    return UnitList(items=items, next=following)


@call("GET", "/members", N_("委员"), asks=MemberQuery, gives=MemberList)
def members(sent: Sent[MemberQuery]) -> MemberList:
    actor = signed_in()
    permissions.require_any(actor, "members.list")
    wanted, bridges = sent.read(), find.bridges(actor)
    rows = [row for row in reference.members(actor) if _is_wanted(*row, wanted, bridges)]
    groups = {person.id: group for person, group in rows}
    found = {person.id: person for person, _group in rows}

    def answer(person: Any) -> MemberAnswer:
        return MemberAnswer(
            id=person.public_id,
            name=person.name,
            group=unit_brief(groups[person.id]),
            bridges=bridges.get(person.id, []),
        )

    items, following = _window(list(found.values()), wanted, answer)
    return MemberList(items=items, next=following)


def _is_wanted(
    person: Person, group: OrgUnit, wanted: MemberQuery, bridges: Mapping[int, Sequence[str]]
) -> bool:
    kinds = bridges.get(person.id, ())
    is_bridge = wanted.bridge in (None, *kinds) or (wanted.bridge == "any" and bool(kinds))
    return is_bridge and wanted.group in (None, group.public_id, group.key)


def _window(
    rows: Sequence[Any], wanted: ReferenceQuery, answer: Callable[[Any], A]
) -> tuple[list[A], str | None]:
    """The rows after the cursor, as many as asked for; whole when nothing is asked for."""
    if wanted.after:
        last = read_cursor(wanted.after)
        behind = [position for position, row in enumerate(rows) if row.id == last]
        rows = rows[behind[0] + 1 :] if behind else []
    shown = rows[: wanted.limit] if wanted.limit else rows
    following = write_cursor(shown[-1].id) if len(shown) < len(rows) else None
    return [answer(row) for row in shown], following
