from datetime import date, timedelta

import holidays
import pytest

from tracker.rules import official_days, statutory
from tracker.rules.official_days import CalendarRow, LibraryMissing, seed_days

YEARS = range(2018, 2027)


def test_the_seeded_exceptions_agree_with_a_second_library():
    kinds = {row.date: row.kind for row in seed_days(YEARS)}
    china = holidays.China(years=YEARS)
    days = [date(2018, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2018, 1, 1)).days)]
    for day in days:
        free = kinds.get(day, "holiday" if day.weekday() >= 5 else "workday") == "holiday"
        assert free != china.is_working_day(day), day


def test_rows_come_in_order_with_chinese_names():
    rows = list(seed_days([2026]))
    assert rows[0] == CalendarRow(date(2026, 1, 1), "holiday", "元旦", "chinese_calendar", "official")
    assert [row.date for row in rows] == sorted(row.date for row in rows)
    assert {row.name for row in rows} <= set(official_days.NAMES.values())


def test_a_year_without_a_plan_yields_no_row():
    assert list(seed_days([1999, 2090])) == []


def test_without_the_library_the_caller_is_told(monkeypatch):
    monkeypatch.setattr(official_days, "TABLES", None)
    with pytest.raises(LibraryMissing):
        list(seed_days([2026]))


def test_calculated_statutory_days_agree_with_a_second_library():
    for year in statutory.LUNAR:
        china = holidays.China(years=year, language="zh_CN")
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
        second = {day for day in days if day in china and set(china[day].split("; ")) & PLAIN_NAMES}
        assert {day for day in days if statutory.is_holiday(day)} == second, year


PLAIN_NAMES = {"元旦", "农历除夕", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
