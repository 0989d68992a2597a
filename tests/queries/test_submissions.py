"""What was handed in: who reads which, and the list by kind, state, day, group, member and level."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests import campaigning
from tests.accusing import carried_on
from tests.queries.conftest import Filled, said
from tests.world import NOW, World
from tracker.actions import conversions
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.submissions import CarryOnIn
from tracker.models import Adoption, Person
from tracker.queries import submissions

ALL = {"early", "suggestion", "invest", "talent", "city", "province", "taken back"}


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["early"] = world.submitted(submitted_on="2026-10-01", title="村卫生室周末无人值守")
    known["campaign"] = campaigning.begun(world)
    known["suggestion"] = world.submitted("suggestion", submitted_on="2026-11-20", client_id="phone-7")
    known["invest"] = world.submitted("investment_lead", by="member2", client_id="phone-7")
    known["talent"] = world.submitted("talent_lead", by="member2")
    known["city"], known["province"] = world.submitted(), world.submitted()
    _adopted(world, known)
    known["taken back"] = world.submitted()
    world.move_submission(known["taken back"], "withdraw")
    known["secret"] = world.submitted()
    known["accusation"] = carried_on(world, known["secret"])
    known["foreign"] = world.submitted(by="dt-member")
    return filling


def _adopted(world: World, known: dict[str, str]) -> None:
    with world.writing():
        for name, levels in (("city", ("district", "city")), ("province", ("city", "province"))):
            row = world.submission(known[name])
            for level in levels:
                row.adoptions.append(Adoption(level=level, manner="single", adopted_on=date(2026, 11, 20)))


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _found(filled: Filled, who: str = "clerk", **asked: Any) -> set[str]:
    rows = submissions.page(filled.world.actor(who), now=NOW, **asked).items
    return set(filled.names(row.public_id for row in rows))


def _person(login: str) -> Person:
    return db.session.query(Person).filter_by(login=login).one()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ALL),
        ({"kind": "suggestion"}, {"suggestion"}),
        ({"kind": "lead"}, {"invest", "talent"}),
        ({"kind": "talent_lead"}, {"talent"}),
        ({"kind": "nonsense"}, set()),
        ({"state": "withdrawn"}, {"taken back"}),
        ({"state": "submitted", "kind": "brief"}, {"early", "city", "province"}),
        ({"adopted": "district"}, set()),
        ({"adopted": "city"}, {"city"}),
        ({"adopted": "province"}, {"province"}),
        ({"adopted": "nation"}, set()),
        ({"group": "group2"}, {"invest", "talent"}),
        ({"group": "housing"}, set()),
        ({"member": "nonsense"}, set()),
        ({"campaign": "nonsense"}, set()),
        ({"to": date(2026, 10, 1)}, {"early"}),
        ({"to": date(2026, 9, 30)}, set()),
        ({"from_": date(2026, 10, 1), "to": date(2026, 11, 20)}, {"early", "suggestion"}),
        ({"from_": date(2026, 11, 21)}, ALL - {"early", "suggestion"}),
        ({"only": ()}, set()),
        ({"waits": "to_select"}, {"early", "suggestion", "invest", "talent", "city", "province"}),
        ({"waits": "to_check"}, set()),
        ({"waits": "to_select", "group": "group2", "kind": "investment_lead"}, {"invest"}),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert _found(reading, **asked) == expected


def test_a_member_a_group_and_a_campaign_are_named_by_their_public_ids(reading: Filled) -> None:
    assert _found(reading, member=_person("xs-member2").public_id) == {"invest", "talent"}
    assert _found(reading, group=campaigning.group_id(reading.world, "group2")) == {"invest", "talent"}
    assert _found(reading, campaign=reading.known["campaign"]) == ALL - {"early"}
    wanted = (reading.known["city"], reading.known["foreign"], reading.known["secret"])
    assert _found(reading, only=wanted) == {"city"}


def test_a_queue_nobody_knows_is_refused_by_name(reading: Filled) -> None:
    with pytest.raises(Invalid) as refused:
        _found(reading, waits="nonsense")
    assert [fault.field for fault in refused.value.errors] == ["waiting"]


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("member", ALL - {"invest", "talent"}),
        ("member2", {"invest", "talent"}),
        ("secretary", ALL - {"invest", "talent"}),
        ("clerk", ALL),
        ("leader", ALL),
        ("director", ALL | {"secret"}),
        ("auditor", set()),
        ("admin", set()),
        ("dept", set()),
        ("dt-clerk", {"foreign"}),
        ("dt-member", {"foreign"}),
        ("dt-member2", set()),
    ],
)
def test_they_are_read_by_their_member_the_group_and_the_office(
    who: str, expected: set[str], reading: Filled
) -> None:
    """The list, and each one by its address, say the same."""
    assert _found(reading, who) == expected
    for name in ALL | {"secret", "foreign"}:
        public_id = reading.known[name]
        if name in expected:
            assert submissions.get(public_id, reading.world.actor(who)).public_id == public_id
            continue
        with pytest.raises(NotFound):
            submissions.get(public_id, reading.world.actor(who))


@pytest.mark.parametrize(
    ("who", "expected"), [("leader", set()), ("member2", {"invest", "talent"}), ("clerk", ALL)]
)
def test_who_reads_a_list_does_not_always_take_it_along(
    who: str, expected: set[str], reading: Filled
) -> None:
    assert _found(reading, who, verb="export") == expected


@pytest.mark.parametrize("limit", [1, 3, len(ALL), len(ALL) + 1])
def test_page_after_page_shows_each_of_them_once(limit: int, reading: Filled) -> None:
    clerk, found, after = reading.world.actor("clerk"), [], None
    while True:
        page = submissions.page(clerk, now=NOW, limit=limit, after=after)
        assert len(page.items) <= limit
        found += [row.id for row in page.items]
        after = page.next
        if after is None:
            break
    assert found == sorted(found, reverse=True) and len(found) == len(ALL)


def test_a_row_tells_whose_it_is(reading: Filled) -> None:
    rows = submissions.page(reading.world.actor("clerk"), now=NOW, kind="investment_lead").items
    assert [(row.member, row.group, row.title) for row in rows] == [
        ("陈丽华", "教育界别组", "老旧小区充电桩不足")
    ]


def test_an_id_of_a_phone_is_known_to_its_own_member_only(reading: Filled) -> None:
    found = {
        login: submissions.by_client_id(_person(login).id, "phone-7")
        for login in ("xs-member", "xs-member2", "xs-clerk")
    }
    assert {login: row and row.public_id for login, row in found.items()} == {
        "xs-member": reading.known["suggestion"],
        "xs-member2": reading.known["invest"],
        "xs-clerk": None,
    }


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("clerk", ["吴海燕", "陈丽华"]),
        ("secretary", ["吴海燕"]),
        ("member", []),
        ("director", []),
        ("leader", []),
    ],
)
def test_for_whom_somebody_may_hand_in(who: str, expected: list[str], reading: Filled) -> None:
    assert [person.name for person, _ in submissions.writers(reading.world.actor(who))] == expected


def test_a_writer_stands_there_with_the_group(reading: Filled) -> None:
    found = submissions.writers(reading.world.actor("clerk"))
    assert [(person.name, unit.name) for person, unit in found] == [
        ("吴海燕", "东亭街道工委会"),
        ("陈丽华", "教育界别组"),
    ]


@pytest.mark.parametrize("login", ["xs-secretary", "xs-clerk", "dt-member"])
def test_nobody_else_is_a_member_to_hand_in_for(login: str, reading: Filled) -> None:
    with pytest.raises(Invalid) as refused:
        submissions.member(_person(login).public_id, reading.world.actor("clerk"), "writer")
    assert [fault.field for fault in refused.value.errors] == ["writer"]


def test_who_has_left_writes_nothing_more(huiyin: World) -> None:
    with huiyin.writing():
        gone = _person("xs-member")
        gone.is_active = False
        token = gone.public_id
    with huiyin.reading():
        clerk = huiyin.actor("clerk")
        assert [person.name for person, _ in submissions.writers(clerk)] == ["陈丽华"]
        with pytest.raises(Invalid):
            submissions.member(token, clerk)


def test_what_came_of_a_visit_is_told_in_order_and_without_what_became_an_accusation(
    huiyin: World,
) -> None:
    visit = huiyin.visited()
    first, secret, last = (huiyin.submitted(kind, visit=visit) for kind in ("suggestion", "brief", "brief"))
    huiyin.submitted()
    carried_on(huiyin, secret)
    with huiyin.reading():
        number = huiyin.submission(first).visit_id
        assert number is not None
        for who, expected in (
            ("member", [first, last]),
            ("clerk", [first, last]),
            ("director", [first, secret, last]),
            ("member2", []),
            ("dt-clerk", []),
        ):
            found = submissions.of_visit(number, huiyin.actor(who))
            assert [row.public_id for row in found] == expected, who


def test_the_register_of_what_was_carried_on_hides_an_accusation_and_its_place(either: World) -> None:
    """Three were carried on; who does not know of the second finds no gap in the pages."""
    public_ids = [either.submitted() for _ in range(3)]
    _carried_to_research(either, public_ids[0])
    secret = carried_on(either, public_ids[1])
    _carried_to_research(either, public_ids[2])
    with either.reading():
        clerk, director = either.actor("clerk"), either.actor("director")
        page = submissions.register(clerk, limit=1)
        rest = submissions.register(clerk, limit=1, after=page.next)
        shown = [row.submission.public_id for row in (*page.items, *rest.items) if row.submission]
        assert shown == [public_ids[2], public_ids[0]] and rest.next is None
        whole = submissions.register(director).items
        assert [row.case.reference if row.case else None for row in whole] == [None, secret, None]
        assert [row.into for row in submissions.of_case(either.case(secret))] == ["case"]


def _carried_to_research(world: World, public_id: str) -> None:
    with world.writing():
        by = world.actor("clerk")
        given = CarryOnIn(into="research_topic", title="老旧小区充电设施调研")
        conversions.carry_on(submissions.get(public_id, by), given, by=by)


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor", "admin", "dept"])
def test_the_register_is_the_offices(who: str, reading: Filled) -> None:
    with pytest.raises(Forbidden):
        submissions.register(reading.world.actor(who))


def test_another_committee_registers_its_own(reading: Filled) -> None:
    assert submissions.register(reading.world.actor("dt-director")).items == []
