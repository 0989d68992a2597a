"""The demonstration shows who may get an award: whoever has the most points in each campaign."""

import pytest

from tests import campaigning
from tests.world import NOW, World
from tracker.cli.demo_campaigns import carry_on
from tracker.queries import scores


@pytest.mark.requirement("S1-48")
def test_whoever_has_the_most_points_is_a_candidate(huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in ("xs", "dt")}
    for world in worlds.values():
        campaigning.begun(world)
    huiyin.visited(by="member2", contact={"kind": "enterprise"})
    with huiyin.writing():
        carry_on(NOW, lambda login: worlds[login[:2]].actor(login[3:]))
    with huiyin.reading():
        campaign, clerk = campaigning.campaign(huiyin), huiyin.actor("clerk")
        (found,) = scores.candidates(campaign).values()
        best = max(scores.of(campaign, clerk, "member").lines, key=lambda line: line.total or 0)
        assert (best.bearer.name, best.total) == ("陈丽华", 5)
        assert (found.person_id, found.points) == (best.bearer.id, 5) and found.reason
        other = World(huiyin.app, "dt")
        assert scores.candidates(campaigning.campaign(other)) == {}
