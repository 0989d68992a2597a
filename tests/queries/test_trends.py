"""A campaign week by week, and how its visits were reported."""

from datetime import date, timedelta

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
