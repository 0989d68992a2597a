"""Campaigns of the two built-in committees, as their documents have them."""

from datetime import date

import pytest

from tracker.incoming import presets
from tracker.incoming.campaign_specs import CampaignSpec, first_of, on


def _only(preset: str) -> CampaignSpec:
    (found,) = presets.load(preset).campaigns
    return found


@pytest.mark.requirement("S1-17")
@pytest.mark.requirement("S1-19")
@pytest.mark.requirement("S1-20")
def test_a_member_of_xishan_links_one_enterprise_two_of_a_sector_and_three_of_the_public() -> None:
    asked = {quota.counts: quota.minimum for quota in _only("xishan").quotas if quota.bearer == "member"}
    assert asked == {"enterprise": 1, "sector_person": 2, "public_person": 3}


@pytest.mark.requirement("S1-23")
@pytest.mark.requirement("S1-28")
def test_its_units_hold_one_or_two_service_events_and_keep_a_studio() -> None:
    asked = {quota.counts: quota for quota in _only("xishan").quotas if quota.bearer == "unit"}
    assert (asked["service"].minimum, asked["service"].target) == (1, 2)
    assert "sector_group" in asked["service"].unit_kinds
    assert asked["studio"].minimum == 1 and "sector_group" not in asked["studio"].unit_kinds


@pytest.mark.requirement("S1-51")
def test_the_plan_of_xishan_has_its_twenty_rows_and_ends_in_the_next_january() -> None:
    plan = _only("xishan").plan
    assert len(plan) == 20
    assert plan[0].months == (2, 3)
    assert first_of(plan[-1].months[0], 2017) == date(2018, 1, 1)


# Months 13 and later are those of the next year (P20).
ROWS = {
    "P01": (2, 3, "企业家委员", "领导"),
    "P02": (3, 4, "大走访", "领导"),
    "P03": (3, 6, "微信公众号", "办公室"),
    "P04": (4, 4, "乡镇工委主任", "领导"),
    "P05": (4, 5, "走访群众", "全体政协委员"),
    "P06": (4, 10, "委员工作室建设", "工作委员会"),
    "P07": (5, 5, "委员活动日", "各界别组"),
    "P08": (5, 8, "基层调研", "各党派"),
    "P09": (5, 8, "主题协商", "办公室"),
    "P10": (5, 8, "主席视察", "办公室"),
    "P11": (5, 9, "提案承办单位", "立案交办的政协委员"),
    "P12": (7, 7, "列席区政协常委会", "办公室"),
    "P13": (8, 8, "领导联系常委", "办公室"),
    "P14": (9, 9, "界别活动周", "界别组"),
    "P15": (10, 10, "列席区政协常委会", "办公室"),
    "P16": (10, 10, "政情通报会", "办公室"),
    "P17": (11, 11, "建设情况交流", "提案委"),
    "P18": (11, 12, "部门评议", "办公室"),
    "P19": (11, 12, "提案线索征集", "界别组"),
    "P20": (13, 13, "全体会议", "办公室"),
}


@pytest.mark.parametrize(
    ("position", "row"),
    [
        pytest.param(number, row, marks=pytest.mark.requirement(key))
        for number, (key, row) in enumerate(ROWS.items())
    ],
    ids=ROWS,
)
def test_each_row_of_the_plan_stands_in_its_months(position: int, row: tuple[int, int, str, str]) -> None:
    first, last, content, actor = row
    found = _only("xishan").plan[position]
    assert found.months == (first, last)
    assert content in found.content and actor in found.actors


@pytest.mark.requirement("S2-07")
@pytest.mark.requirement("S2-10")
@pytest.mark.requirement("S2-14")
@pytest.mark.requirement("S2-24")
def test_a_member_of_dongtai_owes_a_visit_and_the_three_ones() -> None:
    asked = {quota.counts: quota.minimum for quota in _only("dongtai").quotas}
    assert asked == {"visit": 1, "suggestion": 1, "brief": 1, "lead": 1}


@pytest.mark.requirement("S2-15")
@pytest.mark.requirement("S2-18")
def test_its_two_phases_follow_each_other_without_a_gap() -> None:
    first, second = _only("dongtai").phases
    assert on(first.ends, 2017) == date(2017, 7, 31)
    assert (on(second.starts, 2017), on(second.ends, 2017)) == (date(2017, 8, 1), date(2017, 8, 31))


@pytest.mark.parametrize(
    ("day", "year", "found"),
    [
        ("07-31", 2026, date(2026, 7, 31)),
        ("+1:01-31", 2026, date(2027, 1, 31)),
        ("02-29", 2028, date(2028, 2, 29)),
        ("+1:02-29", 2027, date(2028, 2, 29)),
        ("12-31", 2026, date(2026, 12, 31)),
    ],
)
def test_a_day_without_a_year_is_of_the_campaign_s_year_or_the_next(day: str, year: int, found: date) -> None:
    assert on(day, year) == found


@pytest.mark.parametrize(
    ("month", "first"),
    [(1, date(2026, 1, 1)), (12, date(2026, 12, 1)), (13, date(2027, 1, 1)), (24, date(2027, 12, 1))],
)
def test_months_count_on_into_the_next_year(month: int, first: date) -> None:
    assert first_of(month, 2026) == first


def test_a_leap_day_of_a_common_year_is_none() -> None:
    with pytest.raises(ValueError):
        on("02-29", 2026)


@pytest.mark.parametrize("day", ["2-3", "13-01", "02-30", "+2:01-01", ""])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValueError):
        on(day, 2026)
