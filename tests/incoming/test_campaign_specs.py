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


@pytest.mark.parametrize("day", ["2-3", "13-01", "02-30", "+2:01-01", ""])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValueError):
        on(day, 2026)
