"""What a unit enters about its events, its workstations and the days it receives residents."""

from datetime import date
from typing import Any, get_args

import pytest

from tests.incoming import faults
from tracker.incoming.activities import (
    ActivityEdit,
    ActivityIn,
    ClosingIn,
    Kind,
    PlannedDayGone,
    PlannedDayIn,
    ReceptionIn,
    Service,
    Station,
    WorkstationEdit,
    WorkstationIn,
)
from tracker.incoming.schema import Input, read

EVENT = {"unit": "g1", "title": "义诊进北街社区", "held_on": "2026-09-14"}
STATION = {"unit": "g1", "kind": "studio", "name": "北街委员工作室", "opened_on": "2026-05-06"}
RECEPTION = {"held_on": "2026-11-20", "members": "周敏、吴国栋"}


def test_an_event_is_a_service_of_no_special_form_unless_said_otherwise() -> None:
    event = read(ActivityIn, EVENT)
    assert (event.kind, event.form, event.categories) == ("service", "other", [])
    assert (event.people_count, event.place, event.report) == (0, "", "")
    assert event.held_on == date(2026, 9, 14)


@pytest.mark.parametrize(
    ("field", "least", "most"), [("title", 2, 120), ("place", 0, 120), ("report", 0, 5000)]
)
def test_the_words_of_an_event_have_a_length(field: str, least: int, most: int) -> None:
    assert faults.lengths(ActivityIn, EVENT, field, least - 1, least, most, most + 1) == [least, most]


@pytest.mark.parametrize(
    ("schema", "given", "most"), [(ActivityIn, EVENT, 1_000_000), (ReceptionIn, RECEPTION, 100_000)]
)
def test_people_are_counted_from_none_to_a_whole_city(
    schema: type[Input], given: dict[str, Any], most: int
) -> None:
    asked = (-1, 0, "12", most, most + 1, "十二", 1.5, None)
    assert faults.values(schema, given, "people_count", *asked) == [0, "12", most]


@pytest.mark.parametrize(
    ("schema", "given", "field", "words"),
    [
        (ActivityIn, EVENT, "kind", get_args(Kind)),
        (ActivityIn, EVENT, "form", ("activity_day", "activity_week", "other")),
        (WorkstationIn, STATION, "kind", get_args(Station)),
    ],
)
def test_a_choice_takes_its_own_words_only(
    schema: type[Input], given: dict[str, Any], field: str, words: tuple[str, ...]
) -> None:
    assert faults.values(schema, given, field, *words, "", None, words[0].upper(), "party") == list(words)


def test_an_event_may_be_of_every_service_at_once_and_of_no_other() -> None:
    every = list(get_args(Service))
    assert faults.of(ActivityIn, EVENT | {"categories": every}) == []
    assert faults.of(ActivityIn, EVENT | {"categories": [*every, "warmth"]}) == ["categories"]
    assert faults.of(ActivityIn, EVENT | {"categories": ["warmth", "dinner"]}) == ["categories.1"]
    assert faults.of(ActivityIn, EVENT | {"categories": "warmth"}) == ["categories"]


@pytest.mark.parametrize("field", ["unit", "title", "held_on"])
def test_an_event_is_somebody_s_has_a_name_and_a_day(field: str) -> None:
    assert faults.of(ActivityIn, {name: value for name, value in EVENT.items() if name != field}) == [field]


@pytest.mark.parametrize(("schema", "given"), [(ActivityEdit, EVENT), (WorkstationEdit, STATION)])
def test_who_held_or_keeps_it_is_not_changed_afterwards(schema: type[Input], given: dict[str, Any]) -> None:
    assert faults.of(schema, given) == ["unit"]
    assert faults.of(schema, {name: value for name, value in given.items() if name != "unit"}) == []


@pytest.mark.parametrize(
    ("schema", "given", "field"),
    [
        (ActivityIn, EVENT, "held_on"),
        (WorkstationIn, STATION, "opened_on"),
        (ClosingIn, {}, "closed_on"),
        (ReceptionIn, RECEPTION, "held_on"),
        (PlannedDayIn, {}, "held_on"),
    ],
)
def test_a_day_is_a_day_of_the_calendar(schema: type[Input], given: dict[str, Any], field: str) -> None:
    asked = ("2024-02-29", "2026-02-29", "2026-13-01", "14.9.2026", "九月十四日", "", None)
    assert faults.values(schema, given, field, *asked) == ["2024-02-29"]


@pytest.mark.parametrize(
    ("field", "least", "most"),
    [("unit", 1, 64), ("name", 2, 80), ("place", 0, 120), ("keepers", 0, 200), ("reception", 0, 120)],
)
def test_the_words_of_a_workstation_have_a_length(field: str, least: int, most: int) -> None:
    assert faults.lengths(WorkstationIn, STATION, field, least - 1, least, most, most + 1) == [least, most]


def test_a_reception_tells_who_sat_there() -> None:
    assert faults.lengths(ReceptionIn, RECEPTION, "members", 0, 1, 2, 120, 121) == [2, 120]
    assert faults.lengths(ReceptionIn, RECEPTION, "note", 0, 2000, 2001) == [0, 2000]
    assert read(ReceptionIn, RECEPTION).people_count == 0


def test_a_planned_day_may_leave_its_hours_open() -> None:
    assert read(PlannedDayIn, {"held_on": "2026-12-15"}).hours == ""
    assert faults.lengths(PlannedDayIn, {"held_on": "2026-12-15"}, "hours", 0, 40, 41) == [0, 40]


def test_a_day_that_is_called_off_is_named() -> None:
    assert faults.lengths(PlannedDayGone, {}, "day", 0, 1, 64, 65) == [1, 64]
    assert faults.of(PlannedDayGone, {"day": "d1", "held_on": "2026-12-15"}) == ["held_on"]
