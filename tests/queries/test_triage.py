"""The office's morning queue and what the coordinating screen proposes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.queries.conftest import Filled
from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import OrgUnit
from tracker.queries import triage
from tracker.queries.reference import committee
from tracker.queries.triage import Queue


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["calm"] = world.raised()
    known["urgent"] = world.raised(urgency="urgent")
    known["old"] = world.raised(at=NOW - timedelta(days=9))
    known["secret"] = world.raised(is_accusation=True, at=NOW - timedelta(days=20))
    known["sent"] = world.coordinated()
    known["gone"] = world.raised()
    world.move(known["gone"], "withdraw", by="member", note="不需要了")
    world.raised(by="dt-member", at=NOW - timedelta(days=20))
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _queue(filled: Filled, name: str, who: str = "clerk") -> tuple[int, int, str | None]:
    found: Queue = triage.queue(filled.world.case(filled.known[name]), filled.world.actor(who), NOW)
    return found.place, found.total, filled.names([found.after])[0] if found.after else None


@pytest.mark.parametrize(
    ("name", "who", "expected"),
    [
        ("old", "clerk", (1, 3, "urgent")),
        ("urgent", "clerk", (2, 3, "calm")),
        ("calm", "clerk", (3, 3, "old")),
        ("secret", "director", (1, 4, "old")),
        ("calm", "director", (4, 4, "secret")),
        ("sent", "clerk", (0, 3, "old")),
        ("gone", "clerk", (0, 3, "old")),
        ("old", "member", (0, 0, None)),
        ("old", "leader", (0, 0, None)),
    ],
)
def test_what_is_due_first_comes_first_and_after_the_last_the_first_again(
    name: str, who: str, expected: tuple[int, int, str | None], reading: Filled
) -> None:
    assert _queue(reading, name, who) == expected


@pytest.mark.requirement("T06")
@pytest.mark.parametrize(
    ("who", "name"), [("clerk", "old"), ("director", "secret"), ("member", None), ("dept", None)]
)
def test_the_case_to_take_up_is_one_that_this_person_coordinates(
    who: str, name: str | None, reading: Filled
) -> None:
    assert triage.first(reading.world.actor(who), NOW) == (reading.known[name] if name else None)


@pytest.mark.requirement("T06")
def test_a_named_officer_reads_an_accusation_and_is_not_led_to_it(either: World) -> None:
    either.raised(is_accusation=True)
    with either.writing():
        committee(either.actor("clerk")).settings = {"accusation_officers": [either.actor("clerk").id]}
        db.session.flush()
        clerk = either.actor("clerk")
        assert clerk.is_accusation_officer and triage.first(clerk, NOW) is None


def test_the_last_one_has_nobody_after_it(either: World) -> None:
    reference = either.raised()
    with either.reading():
        assert triage.queue(either.case(reference), either.actor("clerk"), NOW) == Queue(1, 1, None)


def _unit(world: World, key: str) -> OrgUnit:
    committee = world.actor("clerk").committee_id
    return db.session.query(OrgUnit).filter_by(committee_id=committee, key=key).one()


def test_a_department_is_shown_with_what_it_carries(reading: Filled) -> None:
    found = triage.candidates(reading.world.case(reading.known["calm"]), reading.world.actor("clerk"))
    assert [(row.unit.key, row.open, row.is_subject) for row in found] == [
        ("housing", 1, False),
        ("transport", 0, False),
        ("education", 0, False),
    ]


@pytest.mark.requirement("T06")
@pytest.mark.parametrize("key", ["housing", "transport"])
def test_the_unit_complained_of_is_marked_and_never_proposed(key: str, either: World) -> None:
    reference = either.raised(subject_unit=key)
    with either.writing():
        case = either.case(reference)
        assert case.category is not None
        case.category.default_unit_key = "housing"
        found = triage.candidates(case, either.actor("clerk"))
        assert {row.unit.key for row in found if row.is_subject} == {key}
        usual = triage.default_unit(case, found)
        assert (usual.key if usual else None) == (None if key == "housing" else "housing")


@pytest.mark.requirement("T06")
def test_what_lies_above_or_below_the_unit_complained_of_is_marked_too(either: World) -> None:
    reference = either.raised(subject_unit="housing")
    with either.writing():
        housing, transport = _unit(either, "housing"), _unit(either, "transport")
        transport.parent_id, transport.path = housing.id, f"{housing.path}{transport.id}/"
        db.session.flush()
        found = triage.candidates(either.case(reference), either.actor("clerk"))
        assert {row.unit.key for row in found if row.is_subject} == {"housing", "transport"}


@pytest.mark.parametrize(("key", "category"), [("", "B01"), ("gone", "B01"), ("housing", None)])
def test_without_a_usual_department_none_is_proposed(key: str, category: str | None, either: World) -> None:
    reference = either.raised(category=category)
    with either.writing():
        case = either.case(reference)
        if case.category:
            case.category.default_unit_key = key
        assert triage.default_unit(case, triage.candidates(case, either.actor("clerk"))) is None


def test_each_class_is_due_on_the_evening_of_its_last_working_day(either: World) -> None:
    with either.reading():
        found = triage.due_dates(NOW)
    assert {name: due.at for name, due in found.items()} == {
        "urgent": datetime.fromisoformat("2026-11-26T17:30:00+08:00"),
        "simple": datetime.fromisoformat("2026-11-30T17:30:00+08:00"),
        "normal": datetime.fromisoformat("2026-12-14T17:30:00+08:00"),
        "complex": datetime.fromisoformat("2027-01-05T17:30:00+08:00"),
    }
    assert [due.provisional for due in found.values()] == [False, False, False, True]
