"""Which digest is asked for."""

from datetime import date
from typing import get_args

from tests.incoming import faults
from tracker.incoming.digests import DigestIn
from tracker.incoming.schema import read
from tracker.incoming.unit_lists import DigestQuery
from tracker.rules.spans import Period


def test_without_a_word_it_is_the_last_week() -> None:
    asked = read(DigestIn, {})
    assert (asked.period, asked.on) == ("week", None)


def test_a_period_is_one_of_those_there_are() -> None:
    periods = list(get_args(Period))
    assert faults.values(DigestIn, {}, "period", *periods, "decade", "", None) == periods
    assert faults.values(DigestQuery, {}, "period", *periods, None, "decade", "") == [*periods, None]


def test_a_day_of_the_period_is_a_day_that_can_be_reckoned_with() -> None:
    days = ("1900-01-01", "2999-12-31", "1899-12-31", "3000-01-01", "0001-01-01", "本周", "")
    assert faults.values(DigestIn, {}, "on", *days) == ["1900-01-01", "2999-12-31"]
    assert read(DigestIn, {"period": "quarter", "on": "2026-11-22"}).on == date(2026, 11, 22)
