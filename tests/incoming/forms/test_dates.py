"""The edges of a day: short years, ranges, numbers of a spreadsheet, and a campaign's first and last day."""

from datetime import date

import pytest

from tracker.incoming.forms import dates
from tracker.incoming.forms.dates import Occasion

TODAY = date(2026, 11, 22)
SUMMER = Occasion(TODAY, starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 31))
WINTER = Occasion(date(2027, 1, 20), starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("2026年7月1日", None),
        ("2026年8月31日", None),
        ("2026年6月30日", "日期不在活动的时间里，请核对"),
        ("2026年9月1日", "日期不在活动的时间里，请核对"),
        ("2026年11月22日", "日期不在活动的时间里，请核对"),
        ("2026年11月23日", "日期在今天之后，请核对"),
    ],
)
def test_a_campaign_includes_its_first_and_its_last_day(text: str, doubt: str | None) -> None:
    found = dates.read(text, None, SUMMER)
    assert found.day is not None and (found.doubt and str(found.doubt)) == doubt
    assert (found.sure < 0.6) is (doubt is not None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月1日", date(2026, 12, 1)),
        ("11月30日", date(2026, 11, 30)),
        ("1月20日", date(2027, 1, 20)),
        ("2月28日", date(2026, 2, 28)),
        ("2月29日", None),
    ],
)
def test_a_day_without_a_year_is_one_inside_a_winter_campaign_that_has_been(
    text: str, day: date | None
) -> None:
    assert dates.read(text, None, WINTER).day == day


def test_today_is_not_in_the_future_and_tomorrow_is() -> None:
    whenever = Occasion(TODAY)
    assert dates.read("2026.11.22", None, whenever).sure == 1.0
    tomorrow = dates.read("2026.11.23", None, whenever)
    assert (tomorrow.day, tomorrow.sure) == (date(2026, 11, 23), 0.4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20000", None),
        ("20001", date(1954, 10, 4)),
        ("59999", date(2064, 4, 7)),
        ("60000", None),
        ("43296.75", date(2018, 7, 15)),
        (" 43296 ", date(2018, 7, 15)),
        ("4329", None),
        ("432960", None),
    ],
)
def test_a_bare_number_is_a_day_of_a_spreadsheet_within_living_memory(text: str, day: date | None) -> None:
    assert dates.read(text, None, Occasion(TODAY)).day == day


def test_a_number_in_a_cell_counts_and_not_how_it_is_shown() -> None:
    found = dates.read("7月", 43296.0, Occasion(TODAY))
    assert (found.day, found.sure) == (date(2018, 7, 15), 0.9)
    assert dates.read("2026-07-15", date(2026, 7, 15), SUMMER).sure == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "7月15日—16日", "7月15日～16日", "7月15日至16日", "7月15日到16日", "7.15-7.16", "2026.7.15-16",
        "2026年7月15日、7月20日", "7月15日和7月16日", "2026-7-15 至 2026-7-18", "7.15、7.16",
        "7/15-7/16", "7月15-7月16", "7. 15 - 7. 16", "7月15、16日", "7月15日和16日", "2026年7月15日，16日",
    ],
)  # fmt: skip
def test_of_several_days_the_first_is_taken_and_doubted(text: str) -> None:
    found = dates.read(text, None, SUMMER)
    assert (found.day, found.sure) == (date(2026, 7, 15), 0.5)
    assert found.doubt and "不止一天" in str(found.doubt)


@pytest.mark.parametrize(
    "text",
    [
        "2026年7月15日上午9点-11点",
        "2026年7月15日 14:30",
        "走访时间：2026年7月15日下午",
        "2026年7月15日（周三）",
    ],
)
def test_the_hour_of_a_visit_is_no_second_day(text: str) -> None:
    assert dates.read(text, None, SUMMER).day == date(2026, 7, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二零二六年七月十日", date(2026, 7, 10)),
        ("二○二六年七月二十一日", date(2026, 7, 21)),
        ("二〇二六年八月三十一日", date(2026, 8, 31)),
        ("七月三十日", date(2026, 7, 30)),
        ("七月十九号", date(2026, 7, 19)),
        ("'26.7.15", date(2026, 7, 15)),
        ("’26-7-15", date(2026, 7, 15)),
        ("２０２６．７．１５", date(2026, 7, 15)),
        ("2026\\7\\15", date(2026, 7, 15)),
        ("2026·7·15", date(2026, 7, 15)),
        ("2026。7。15", date(2026, 7, 15)),
        ("2026年07月05日", date(2026, 7, 5)),
        ("20260715", date(2026, 7, 15)),
        ("2026 年 7 月 1 5 日", date(2026, 7, 15)),
        ("8/31/2026", date(2026, 8, 31)),
    ],
)
def test_other_hands_write_the_same_days(text: str, day: date) -> None:
    assert dates.read(text, None, SUMMER).day == day


@pytest.mark.parametrize(
    "text",
    ["", "　", "七月份", "暑假", "2026", "第3次", "13800001234", "7月32日", "13月1日", "2月30日", "0.0"],
)
def test_what_is_no_day_is_none_and_says_so(text: str) -> None:
    found = dates.read(text, None, SUMMER)
    assert (found.day, found.sure) == (None, 0.0)
    assert found.doubt is not None


def test_a_year_in_two_figures_is_of_this_century_and_less_sure() -> None:
    found = dates.read("26.7.15", None, SUMMER)
    assert (found.day, found.sure, found.doubt) == (date(2026, 7, 15), 0.85, None)


@pytest.mark.parametrize("text", ["7.15-7.16", "7月15-7月16日", "7/15-7/16"])
def test_the_day_before_a_range_is_never_taken_for_a_year(text: str) -> None:
    found = dates.read(text, None, Occasion(TODAY))
    assert (found.day, found.sure) == (date(2026, 7, 15), 0.5)


def test_a_year_that_was_guessed_is_told() -> None:
    found = dates.read("12月30日", None, Occasion(TODAY))
    assert found.day == date(2025, 12, 30)
    assert found.doubt is not None and found.doubt.params == {"year": 2025}


def test_a_campaign_known_by_its_beginning_alone_lends_its_year() -> None:
    begun = Occasion(TODAY, starts_on=date(2025, 3, 1))
    assert dates.read("7月15日", None, begun).day == date(2025, 7, 15)
    assert dates.read("1月15日", None, begun).doubt is not None


def test_a_leap_day_without_a_year_is_of_the_last_leap_year_asked_about() -> None:
    assert dates.read("2月29日", None, Occasion(date(2024, 6, 1))).day == date(2024, 2, 29)
    assert dates.read("2月29日", None, Occasion(date(2025, 6, 1))).day == date(2024, 2, 29)
    assert dates.read("2月29日", None, Occasion(date(2026, 6, 1))).day is None
