from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.clock import (
    Calendar,
    closing,
    countdown,
    describe,
    due,
    month,
    shanghai_date,
    shanghai_midnight,
    working_days_left,
)
from tracker.rules.official_days import seed_days

YEARS = range(2017, 2027)
OFFICIAL = Calendar({row.date: row.kind == "workday" for row in seed_days(YEARS)}, frozenset(YEARS))
EMPTY = Calendar({}, frozenset())

MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
PERIOD = st.integers(1, 60)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-13", 15, "2026-03-12"),
        ("2026-09-24", 3, "2026-09-30"),
        ("2026-09-28", 5, "2026-10-10"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-01-01", 2, "2026-01-05"),
        ("2026-02-14", 1, "2026-02-24"),
    ],
)
def test_a_period_ends_at_half_past_five_of_its_last_working_day(start, days, last):
    assert due(shanghai(f"{start}T09:00"), days, OFFICIAL).at == shanghai(f"{last}T17:30")


def test_a_start_after_closing_counts_as_one_of_the_next_calendar_day():
    assert due(shanghai("2026-09-23T17:30"), 3, OFFICIAL).at == shanghai("2026-09-29T17:30")
    assert due(shanghai("2026-09-23T17:30:01"), 3, OFFICIAL).at == shanghai("2026-09-30T17:30")
    assert due(shanghai("2026-11-20T18:00"), 1, OFFICIAL).at == shanghai("2026-11-23T17:30")


def test_the_year_2026_has_248_working_days_and_six_worked_weekends():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    working = [day for day in days if OFFICIAL.is_working_day(day)]
    assert len(working) == 248
    worked_weekends = [f"{day:%m-%d}" for day in working if day.weekday() >= 5]
    assert worked_weekends == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize(
    ("days", "longest"),
    [(3, 13), (5, 15), (10, 22), (15, 29), (30, 52), (33, 55), (35, 59), (36, 60), (40, 66)],
)
def test_the_longest_calendar_span_of_a_period_is_the_known_one(days, longest):
    starts = [shanghai("2018-01-01T09:00") + timedelta(days=n) for n in range(8 * 365 + 2)]
    spans = [(shanghai_date(due(start, days, OFFICIAL).at) - shanghai_date(start)).days for start in starts]
    assert max(spans) == longest


def test_a_deadline_in_a_year_without_a_plan_is_provisional():
    assert not due(shanghai("2026-12-01T09:00"), 5, OFFICIAL).provisional
    late = due(shanghai("2026-12-30T09:00"), 5, OFFICIAL)
    assert late.provisional
    assert late.at == shanghai("2027-01-07T17:30")


def test_without_a_plan_statutory_days_are_free_and_no_weekend_is_worked():
    assert not EMPTY.is_working_day(date(2027, 10, 1))
    assert not EMPTY.is_working_day(date(2027, 2, 5))
    assert not EMPTY.is_working_day(date(2027, 2, 20))
    assert EMPTY.is_working_day(date(2027, 10, 8))


@given(MOMENTS, MOMENTS, PERIOD)
def test_a_later_start_never_ends_earlier(one, other, days):
    early, late = sorted([one, other])
    assert due(early, days, OFFICIAL).at <= due(late, days, OFFICIAL).at


@given(MOMENTS, PERIOD)
def test_a_longer_period_ends_later_and_always_on_a_working_day(start, days):
    end = due(start, days, OFFICIAL).at
    assert end < due(start, days + 1, OFFICIAL).at
    assert OFFICIAL.is_working_day(shanghai_date(end))
    assert end > start


@given(MOMENTS, PERIOD)
def test_at_the_start_of_a_period_all_its_days_are_left(start, days):
    morning = shanghai(f"{shanghai_date(start)}T08:00")
    assert working_days_left(morning, due(morning, days, OFFICIAL).at, OFFICIAL) == days


def test_a_naive_moment_or_an_empty_period_is_refused():
    with pytest.raises(ValueError, match="zone"):
        due(datetime(2026, 1, 1), 3, OFFICIAL)
    with pytest.raises(ValueError, match="working day"):
        due(shanghai("2026-01-05T09:00"), 0, OFFICIAL)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23T09:00", "剩 2 个工作日（11月25日）"),
        ("2026-11-21T09:00", "剩 3 个工作日（11月25日）"),
        ("2026-11-25T17:30", "今天 17:30 前"),
        ("2026-11-25T17:31", "已逾期，不足 1 个工作日"),
        ("2026-11-26T08:00", "已逾期 1 个工作日"),
        ("2026-11-30T08:00", "已逾期 3 个工作日"),
        ("2025-12-31T08:00", "剩 222 个工作日（2026年11月25日）"),
    ],
)
def test_what_is_left_is_said_in_working_days(now, words):
    count = countdown(shanghai(now), shanghai("2026-11-25T17:30"), OFFICIAL)
    assert str(describe(count)) == words


def test_in_a_year_with_a_plan_only_the_plan_counts():
    calendar = Calendar({date(2027, 1, 2): True}, frozenset({2027}))
    assert calendar.is_working_day(date(2027, 1, 2))
    assert calendar.is_working_day(date(2027, 1, 1))


def test_a_known_day_stands_above_weekday_and_law():
    calendar = Calendar({date(2027, 10, 1): True, date(2027, 10, 8): False}, frozenset())
    assert calendar.is_working_day(date(2027, 10, 1))
    assert not calendar.is_working_day(date(2027, 10, 8))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T15:59:59+00:00", "2026-11-22"),
        ("2026-11-22T16:00:00+00:00", "2026-11-23"),
        ("2026-12-31T16:00:00+00:00", "2027-01-01"),
        ("2026-11-22T23:59:59-05:00", "2026-11-23"),
    ],
)
def test_the_date_is_that_of_the_offices_wall(moment, day):
    assert shanghai_date(datetime.fromisoformat(moment)).isoformat() == day


@pytest.mark.parametrize("moment", ["2026-11-22T16:00:00+00:00", "2026-11-23T15:59:59+00:00"])
def test_the_day_began_at_midnight_in_shanghai(moment):
    assert shanghai_midnight(datetime.fromisoformat(moment)) == shanghai("2026-11-23T00:00")


def test_a_day_closes_at_half_past_five_and_is_kept_in_utc():
    closed = closing(date(2026, 11, 23))
    assert closed == shanghai("2026-11-23T17:30")
    assert closed.tzinfo is UTC


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-09-23T00:00", 2),
        ("2026-09-24T09:00", 1),
        ("2026-09-27T09:00", 1),
        ("2026-09-28T23:59", 0),
        ("2026-09-29T00:00", -1),
        ("2026-10-08T08:00", -3),
        ("2026-10-10T08:00", -5),
    ],
)
def test_holidays_are_not_counted_on_either_side_of_a_deadline(now, left):
    assert working_days_left(shanghai(now), shanghai("2026-09-28T17:30"), OFFICIAL) == left


def test_days_are_counted_over_more_than_one_new_year():
    start, end = shanghai("2024-12-31T09:00"), shanghai("2026-01-05T17:30")
    counted = sum(OFFICIAL.is_working_day(date(2025, 1, 1) + timedelta(days=n)) for n in range(370))
    assert working_days_left(start, end, OFFICIAL) == counted
    assert working_days_left(end, start, OFFICIAL) == -counted


@pytest.mark.parametrize(
    ("now", "kind", "days"),
    [
        ("2026-11-24T23:59:59", "left", 1),
        ("2026-11-25T00:00", "today", 0),
        ("2026-11-25T17:30", "today", 0),
        ("2026-11-25T17:30:01", "overdue", 0),
        ("2026-11-26T00:00", "overdue", 1),
        ("2026-11-28T12:00", "overdue", 2),
    ],
)
def test_a_countdown_turns_with_the_day_and_at_closing_time(now, kind, days):
    count = countdown(shanghai(now), shanghai("2026-11-25T17:30"), OFFICIAL)
    assert (count.kind, count.days) == (kind, days)


def test_overdue_over_a_weekend_is_not_yet_a_working_day():
    friday = shanghai("2026-11-20T17:30")
    assert countdown(shanghai("2026-11-22T12:00"), friday, OFFICIAL).days == 0
    assert countdown(shanghai("2026-11-23T08:00"), friday, OFFICIAL).days == 1


@pytest.mark.parametrize(("start", "provisional"), [("2026-12-24", False), ("2026-12-25", True)])
def test_the_last_week_of_a_planned_year_decides_whether_a_date_may_move(start, provisional):
    assert due(shanghai(f"{start}T09:00"), 5, OFFICIAL).provisional is provisional


def test_a_start_on_the_last_evening_of_the_planned_years_is_provisional():
    assert due(shanghai("2026-12-31T17:31"), 1, OFFICIAL).provisional


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_has_its_own_name(number):
    assert month(date(2026, number, 1)) == f"{number}月"
