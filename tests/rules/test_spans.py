"""The week, month or quarter that holds a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.spans import PERIODS, Period, last_full, span

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("period", "on", "first", "last"),
    [
        ("week", date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
        ("week", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 11, 22), date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_span_has_its_own_ends(period: Period, on: date, first: date, last: date) -> None:
    found = span(period, on)
    assert (found.first, found.last) == (first, last)


@given(DAYS, st.sampled_from(PERIODS))
def test_spans_meet_without_a_gap(on: date, period: Period) -> None:
    found = span(period, on)
    assert found.first <= on <= found.last
    assert found.before().after() == found == found.after().before()
    assert (found.after().first - found.last).days == 1


def test_the_last_full_one_is_over() -> None:
    assert last_full("week", date(2026, 11, 22)).last == date(2026, 11, 15)
