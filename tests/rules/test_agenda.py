"""When a case may stand on an agenda, and when a decision is written down (S1-42)."""

from datetime import date, timedelta
from typing import get_args

import pytest

from tracker.incoming.agenda import Kind
from tracker.rules import agenda

pytestmark = pytest.mark.requirement("S1-42")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("ahead, upcoming", [(-1, False), (0, True), (1, True)])
def test_the_day_of_a_meeting_still_counts_as_to_come(ahead: int, upcoming: bool) -> None:
    assert agenda.is_upcoming(TODAY + timedelta(days=ahead), TODAY) is upcoming


@pytest.mark.parametrize("ahead, may", [(-1, False), (0, True), (366, True), (367, False)])
def test_a_meeting_is_arranged_from_today_to_a_year_ahead(ahead: int, may: bool) -> None:
    assert agenda.may_be_held_on(TODAY + timedelta(days=ahead), TODAY) is may


@pytest.mark.parametrize("ahead, may", [(-1, True), (0, True), (1, False)])
def test_a_decision_is_written_down_once_the_meeting_has_met(ahead: int, may: bool) -> None:
    assert agenda.may_decide(TODAY + timedelta(days=ahead), TODAY) is may


def test_every_kind_of_meeting_has_its_word() -> None:
    assert set(agenda.KINDS) == set(get_args(Kind))
