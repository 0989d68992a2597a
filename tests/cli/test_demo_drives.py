"""The demonstration shows visits of another drive, and members who are a bridge."""

from collections import Counter
from datetime import UTC, datetime
from typing import get_args

import pytest

from tests import campaigning
from tests.world import World
from tracker.cli import demo_acts, demo_content
from tracker.models.person import Bridging

END = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.requirement("S1-21")
def test_some_members_of_both_committees_are_a_bridge_in_every_way() -> None:
    tagged = [person for person in demo_content.people() if person.bridges]
    assert {person.role for person in tagged} == {"member"}
    assert {person.committee for person in tagged} == {"xs", "dt"}
    assert {kind for person in tagged for kind in person.bridges} == set(get_args(Bridging))


@pytest.mark.requirement("S1-09")
def test_some_visits_were_made_within_the_drive_that_the_campaign_names(huiyin: World) -> None:
    campaigning.begun(huiyin)
    visits = list(demo_content.visits(end=END))
    with huiyin.reading():
        for committee, drives in (("xs", {"", "三解三促"}), ("dt", {""})):
            by = huiyin.actor(f"{committee}-member")
            own = [visit for visit in visits if visit.committee == committee]
            found = Counter(demo_acts._drive(visit, END, by) for visit in own)
            assert set(found) == drives and found[""] > len(own) / 2
