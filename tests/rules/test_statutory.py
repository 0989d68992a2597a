"""Statutory holidays of years whose official plan is not published: 13 days since November 2024."""

from datetime import date, timedelta

import pytest

from tracker.rules import statutory


def days_of(year: int) -> set[str]:
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {f"{day:%m-%d}" for day in every if day.year == year and statutory.is_holiday(day)}


@pytest.mark.parametrize("year", sorted(statutory.LUNAR))
def test_a_year_has_thirteen_holidays_less_those_that_meet(year: int) -> None:
    # In 2028 and 2031 the Mid-Autumn Festival lies on one of the National Days.
    assert len(days_of(year)) == 13 - (year in (2028, 2031))


def test_2027_by_name() -> None:
    spring = {"02-05", "02-06", "02-07", "02-08"}
    labour, national = {"05-01", "05-02"}, {"10-01", "10-02", "10-03"}
    assert days_of(2027) == {"01-01", *spring, "04-05", *labour, "06-09", "09-15", *national}


def test_spring_festival_begins_on_the_evening_before() -> None:
    assert [statutory.is_holiday(date(2029, 2, day)) for day in range(11, 18)] == [
        False,
        True,
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_year_beyond_the_table_keeps_the_fixed_ones() -> None:
    assert days_of(2040) == {"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}


@pytest.mark.parametrize("day", ["2027-05-03", "2027-10-04", "2027-12-25", "2028-01-02"])
def test_a_day_that_only_a_plan_would_free_is_no_holiday(day: str) -> None:
    assert not statutory.is_holiday(date.fromisoformat(day))


def test_lunar_days_lie_in_their_season() -> None:
    for year, (spring, qingming, dragon_boat, moon) in statutory.LUNAR.items():
        assert (1, 21) <= spring <= (2, 20), year
        assert qingming in ((4, 4), (4, 5)), year
        assert (5, 25) <= dragon_boat <= (6, 25), year
        assert (9, 7) <= moon <= (10, 8), year


def test_the_moon_is_full_eight_months_after_the_new_year() -> None:
    """15th of the 8th month: 221 days after the 1st of the 1st, or a leap month later."""
    for year, (spring, _, _, moon) in statutory.LUNAR.items():
        apart = (date(year, *moon) - date(year, *spring)).days
        assert apart in range(219, 224) or apart in range(248, 254), year
