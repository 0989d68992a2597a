"""What the office enters about meetings that take up cases."""

from datetime import date
from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.agenda import ArrangedIn, DecisionIn, MeetingIn, OrderIn, PutOnIn, TakenOffIn
from tracker.incoming.schema import Input, read

MEETING = {"kind": "chair", "held_on": "2026-12-03"}


@pytest.mark.parametrize("schema", [MeetingIn, ArrangedIn])
def test_a_meeting_is_of_one_of_three_kinds(schema: type[Input]) -> None:
    asked = ("standing", "chair", "special", "plenary", "Chair", "", None)
    assert faults.values(schema, MEETING, "kind", *asked) == ["standing", "chair", "special"]


def test_a_meeting_without_a_room_has_a_day_all_the_same() -> None:
    meeting = read(MeetingIn, MEETING)
    assert (meeting.held_on, meeting.place) == (date(2026, 12, 3), "")
    assert faults.of(MeetingIn, {"kind": "chair"}) == ["held_on"]


@pytest.mark.parametrize(
    ("day", "taken"),
    [("1900-01-01", True), ("1899-12-31", False), ("2999-12-31", True), ("3000-01-01", False)],
)
def test_a_meeting_lies_within_what_a_calendar_reckons_with(day: str, *, taken: bool) -> None:
    assert faults.of(MeetingIn, MEETING | {"held_on": day}) == ([] if taken else ["held_on"])


@pytest.mark.parametrize(("field", "most"), [("place", 120), ("case", 24)])
def test_place_and_case_may_be_blank_and_are_short(field: str, most: int) -> None:
    assert faults.lengths(ArrangedIn, MEETING, field, 0, most, most + 1) == [0, most]


def test_only_a_meeting_arranged_for_a_case_names_one() -> None:
    assert faults.of(MeetingIn, MEETING | {"case": "XS-2026-000001"}) == ["case"]
    assert read(ArrangedIn, MEETING | {"case": " XS-2026-000001 "}).case == "XS-2026-000001"


@pytest.mark.parametrize("meeting", ["", "  ", None, "x" * 65, ["m1"]])
def test_a_case_is_put_on_one_meeting(meeting: Any) -> None:
    assert faults.of(PutOnIn, {"meeting": meeting}) == ["meeting"]


def test_an_item_goes_one_place_up_or_down() -> None:
    assert faults.values(OrderIn, {"item": "i1"}, "to", "up", "down", "top", "UP", 1, "") == ["up", "down"]
    assert faults.of(OrderIn, {"to": "up"}) == ["item"]


def test_whoever_takes_an_item_off_says_why() -> None:
    assert faults.lengths(TakenOffIn, {}, "why_off", 0, 1, 2, 500, 501) == [2, 500]
    assert faults.of(TakenOffIn, {}) == ["why_off"]


def test_a_decision_is_told_to_departments_only_in_words_of_its_own() -> None:
    decision = {"decision": "同意由区住建局牵头，年内完成。"}
    assert read(DecisionIn, decision).told == ""
    assert faults.lengths(DecisionIn, decision, "decision", 1, 2, 2000, 2001) == [2, 2000]
    assert faults.lengths(DecisionIn, decision, "told", 0, 2000, 2001) == [0, 2000]
