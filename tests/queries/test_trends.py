"""A campaign week by week, and how its visits were reported."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from tests import campaigning
from tests.campaigning import begun
from tests.world import NOW, World
from tracker.queries import trends
from tracker.queries.trends import Trend

TODAY = date(2026, 11, 23)


def trend(world: World, by: str = "clerk") -> Trend:
    with world.reading():
        return trends.of(campaigning.campaign(world), world.actor(by), TODAY)


@pytest.mark.requirement("S2-16")
def test_weeks_are_lined_up_and_late_visits_counted(either: World) -> None:
    begun(either)
    either.visited(visited_on="2026-11-20")
    either.visited(visited_on="2026-11-09")
    either.visited(by="member2", visited_on="2026-11-23")
    either.visited(visited_on="2026-12-30", at=NOW + timedelta(days=60))
    found = trend(either)
    assert (found.visits, found.late, found.catch_up) == (4, 1, 1)
    assert len(found.weeks) == 12
    assert found.weeks[-3:] == ((date(2026, 11, 9), 1), (date(2026, 11, 16), 1), (date(2026, 11, 23), 1))
    own = trend(either, "secretary")
    assert own.visits == 3 and own.weeks[-1][1] == 0


def test_a_campaign_without_visits_has_empty_weeks(huiyin: World) -> None:
    begun(huiyin)
    found = trend(huiyin)
    assert found.visits == 0 and {number for _, number in found.weeks} == {0}


@pytest.mark.requirement("S2-16")
@pytest.mark.parametrize(
    ("visited_on", "reported", "late", "catch_up"),
    [
        # Five working days after Friday the 13th end with Friday the 20th.
        ("2026-11-13", "2026-11-20T23:59", 0, 0),
        ("2026-11-13", "2026-11-21T00:00", 1, 0),
        ("2026-12-31", "2026-12-31T23:59", 0, 0),
        ("2026-12-31", "2027-01-01T00:00", 0, 1),
        ("2026-02-01", "2026-12-31T12:00", 1, 0),
        ("2026-02-01", "2027-01-31T12:00", 0, 1),
    ],
)
def test_a_visit_is_late_after_so_many_working_days_and_caught_up_after_the_end(
    visited_on: str, reported: str, late: int, catch_up: int, huiyin: World
) -> None:
    begun(huiyin)
    huiyin.visited(visited_on=visited_on, at=datetime.fromisoformat(f"{reported}+08:00"))
    found = trend(huiyin)
    assert (found.visits, found.late, found.catch_up) == (1, late, catch_up)


WEEKS = [
    (date(2026, 1, 20), 0, None),
    (date(2026, 2, 1), 1, date(2026, 1, 26)),
    (date(2026, 2, 2), 2, date(2026, 2, 2)),
    (date(2026, 4, 19), 12, date(2026, 4, 13)),
    (date(2026, 4, 20), 12, date(2026, 4, 20)),
    (date(2027, 1, 31), 12, date(2027, 1, 25)),
    (date(2027, 6, 1), 12, date(2027, 1, 25)),
]


def test_the_weeks_begin_with_the_campaign_and_end_with_today_or_the_last_that_may_be_caught_up(
    huiyin: World,
) -> None:
    begun(huiyin)
    with huiyin.reading():
        campaign, clerk = campaigning.campaign(huiyin), huiyin.actor("clerk")
        for today, number, last in WEEKS:
            found = [monday for monday, _ in trends.of(campaign, clerk, today).weeks]
            assert (len(found), found[-1] if found else None) == (number, last), today
            assert all(later - earlier == trends.WEEK for earlier, later in pairwise(found))


def test_each_sees_the_weeks_of_the_own_part_and_another_committees_are_none_of_it(huiyin: World) -> None:
    begun(huiyin)
    dongtai = World(huiyin.app, "dt")
    begun(dongtai)
    huiyin.visited()
    huiyin.visited(by="member2")
    dongtai.visited(visited_on="2026-08-20", circle="living")
    parts = {"clerk": 2, "director": 2, "leader": 2, "auditor": 2, "secretary": 1, "member": 0, "dept": 0}
    assert {who: trend(huiyin, who).visits for who in parts} == parts
