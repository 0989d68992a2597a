"""The list of assignments: what a department and the office find in it, filter by filter."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.queries.conftest import Filled, said
from tests.world import NOW
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.models import OrgUnit
from tracker.queries import assignments
from tracker.queries.cases import Page

ALL = {"old", "lead", "co", "answered", "waived", "done"}
TEXT = "某住户反映自来水压力不足，请查明100%的原因。"


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    (known["old"],) = world.shares(world.coordinated(at=NOW - timedelta(days=40)))
    two = world.coordinated(by="member2", units=(("transport", "lead"), ("housing", "co")))
    known["lead"], known["co"] = world.shares(two)
    (known["answered"],) = world.shares(world.replied())
    known["done"], known["waived"] = world.shares(
        world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    )
    world.move_share(
        known["done"], "reply", result_class="A", text="已经更换电缆并恢复照明。", contact_record="on_site"
    )
    world.move_share(known["done"], "approve_reply", by="clerk")
    world.move_share(known["waived"], "waive", by="clerk")
    known["draft"] = world.drafted(world.raised(), "housing", transfer_text=TEXT)
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _page(filled: Filled, who: str = "clerk", **asked: Any) -> Page:
    return assignments.page(filled.world.actor(who), now=NOW, **asked)


def _found(filled: Filled, who: str = "clerk", **asked: Any) -> set[str]:
    return set(filled.names(row.public_id for row in _page(filled, who, **asked).items))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ALL | {"draft"}),
        ({"state": "draft"}, {"draft"}),
        ({"state": "replied,completed"}, {"answered", "done"}),
        ({"state": "nonsense"}, set()),
        ({"overdue": True}, {"old"}),
        ({"unit": "transport"}, {"lead", "waived"}),
        ({"unit": "nonsense"}, set()),
        ({"waits": "to_review"}, {"answered"}),
        ({"waits": "to_accept", "unit": "transport"}, {"lead"}),
        ({"words": "自来水"}, {"draft"}),
        ({"words": "自来水 压力"}, {"draft"}),
        ({"words": "自来水 路灯"}, set()),
        ({"words": "100%的"}, {"draft"}),
        ({"words": "请%原因"}, set()),
        ({"words": "三_路灯"}, set()),
        ({"words": "   "}, ALL | {"draft"}),
        ({"only": ()}, set()),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert _found(reading, **asked) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("dept", {"old", "co", "answered", "done"}),
        ("dept2", {"lead", "waived"}),
        ("member", ALL - {"lead", "co"} | {"draft"}),
        ("member2", {"lead", "co"}),
        ("auditor", ALL | {"draft"}),
        ("admin", set()),
        ("dt-clerk", set()),
        ("dt-dept", set()),
    ],
)
@pytest.mark.requirement("T01")
def test_a_department_lists_its_own_and_never_a_draft(who: str, expected: set[str], reading: Filled) -> None:
    assert _found(reading, who) == expected


@pytest.mark.requirement("T01")
def test_a_department_gets_the_transfer_text_and_no_title(reading: Filled) -> None:
    assert {row.summary for row in _page(reading, "dept").items} == {""}
    assert all(row.transfer_text for row in _page(reading, "dept").items)
    assert "" not in {row.summary for row in _page(reading, "clerk").items}


def test_a_unit_is_named_by_its_public_id_too(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    unit = db.session.query(OrgUnit).filter_by(committee_id=clerk.committee_id, key="transport").one()
    assert _found(reading, unit=unit.public_id) == {"lead", "waived"}


def test_only_keeps_to_what_the_reader_may_see(reading: Filled) -> None:
    wanted = tuple(reading.known[name] for name in ("lead", "co", "draft"))
    assert _found(reading, "dept", only=wanted) == {"co"}


def test_a_queue_nobody_knows_is_refused(reading: Filled) -> None:
    with pytest.raises(Invalid):
        _page(reading, waits="nonsense")


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_page_after_page_shows_every_row_once_newest_first(limit: int, reading: Filled) -> None:
    walked: list[int] = []
    page = _page(reading, limit=limit)
    walked += [row.id for row in page.items]
    while page.next:
        page = _page(reading, limit=limit, after=page.next)
        walked += [row.id for row in page.items]
    assert walked == sorted(walked, reverse=True) and len(walked) == len(ALL) + 1


def test_a_deadline_of_this_very_moment_is_not_overdue(reading: Filled) -> None:
    share = reading.world.share(reading.known["old"])
    dept = reading.world.actor("dept")
    assert share.due_at is not None
    later = share.due_at + timedelta(seconds=1)
    only = (share.public_id,)
    assert not assignments.page(dept, overdue=True, only=only, now=share.due_at).items
    assert assignments.page(dept, overdue=True, only=only, now=later).items


@pytest.mark.parametrize(
    ("who", "name"),
    [("dept", "lead"), ("dept", "draft"), ("dept2", "old"), ("member", "lead"), ("dt-clerk", "old")],
)
def test_what_is_not_yours_to_know_of_is_not_found(who: str, name: str, reading: Filled) -> None:
    with pytest.raises(NotFound):
        assignments.get(reading.known[name], reading.world.actor(who))


@pytest.mark.parametrize(
    ("who", "verb", "may"),
    [
        ("dept", "reply", True),
        ("dept", "approve_reply", False),
        ("clerk", "approve_reply", True),
        ("auditor", "read", True),
        ("auditor", "read_text", False),
    ],
)
def test_a_share_is_fetched_for_one_verb(who: str, verb: str, may: bool, reading: Filled) -> None:
    actor, public_id = reading.world.actor(who), reading.known["answered"]
    if may:
        assert assignments.get(public_id, actor, verb).public_id == public_id
        return
    with pytest.raises(NotFound):
        assignments.get(public_id, actor, verb)


def test_the_load_of_a_unit_is_what_it_still_owes(reading: Filled) -> None:
    units = {unit.key: unit for unit in db.session.query(OrgUnit).filter(OrgUnit.kind == "department")}
    mine = [reading.world.share(reading.known["old"]).unit, reading.world.share(reading.known["lead"]).unit]
    load = assignments.load_of([*mine, units["education"]])
    # Neither the draft nor what is completed, and no row for a unit without any.
    assert load == {mine[0].id: 3, mine[1].id: 1}
    assert assignments.load_of([]) == {}
