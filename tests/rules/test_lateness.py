"""When a visit was reported too late: working days after its day, and the campaign's end."""

from datetime import date

import pytest

from tracker.rules.clock import Calendar
from tracker.rules.lateness import last_day, lateness

# 1 to 7 October are free, Saturday the 10th is worked.
FREE = {date(2026, 10, day): False for day in range(1, 8)}
CALENDAR = Calendar(FREE | {date(2026, 10, 10): True}, frozenset({2026}))
END = date(2026, 12, 31)


@pytest.mark.requirement("S2-16")
@pytest.mark.parametrize(
    "visited, within, last",
    [
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 9, 30), 2, date(2026, 10, 9)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
    ],
)
def test_the_day_of_the_visit_is_not_counted_and_holidays_neither(
    visited: date, within: int, last: date
) -> None:
    assert last_day(visited, within, CALENDAR) == last


@pytest.mark.requirement("S2-16")
@pytest.mark.parametrize(
    "reported, word",
    [
        (date(2026, 11, 20), None),
        (date(2026, 11, 27), None),
        (date(2026, 11, 28), "late"),
        (date(2026, 12, 31), "late"),
        (date(2027, 1, 1), "catch_up"),
    ],
)
def test_a_report_is_in_time_late_or_after_the_end(reported: date, word: str | None) -> None:
    found = lateness(date(2026, 11, 20), reported, ends_on=END, within=5, calendar=CALENDAR)
    assert found == word
