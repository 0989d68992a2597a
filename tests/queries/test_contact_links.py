"""Visits to whom one keeps in touch with: each link counts once, unvisited ones stand first."""

from datetime import date

import pytest

from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.errors import Invalid, NotFound
from tracker.incoming import presets
from tracker.queries import campaigns, contact_links, quotas

JANUARY = date(2026, 1, 1)


@pytest.fixture
def running(huiyin: World) -> World:
    """With a campaign that asks for one enterprise, two of the sector and three of the public."""
    (spec,) = presets.load("xishan").campaigns
    with huiyin.writing():
        acts.open_from(spec, 2026, by=huiyin.actor("clerk"))
    return huiyin


def _counted(world: World) -> dict[str, int]:
    with world.reading():
        actor = world.actor("member")
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        line = quotas.of_one(campaign, actor, NOW.date())
        assert line is not None
        asked = [quota.counts for quota in campaign.quotas if quota.bearer == "member"]
        return {name: found.counted for name, found in zip(asked, line.standings, strict=True) if found}


@pytest.mark.requirement("S1-17")
@pytest.mark.requirement("S1-20")
def test_the_same_contact_counts_once_however_often_visited(running: World) -> None:
    firm = running.linked(kind="enterprise", called="锡山精密机械厂")
    neighbour = running.linked()
    for day in ("2026-05-10", "2026-06-10", "2026-07-10"):
        running.visited(link=firm, visited_on=day)
        running.visited(link=neighbour, visited_on=day, persons_count=3)
    assert _counted(running) == {"enterprise": 1, "sector_person": 0, "public_person": 1}
    running.visited(contact={"kind": "public_person"}, persons_count=2)
    running.visited(contact={"kind": "enterprise"})
    assert _counted(running) == {"enterprise": 2, "sector_person": 0, "public_person": 3}


@pytest.mark.requirement("S1-06")
@pytest.mark.requirement("S1-08")
def test_who_was_not_visited_stands_first(huiyin: World) -> None:
    seen = huiyin.linked(kind="village", called="宛山村")
    huiyin.linked(kind="working_committee", called="鹅湖镇工委")
    huiyin.visited(link=seen, visited_on="2026-05-10")
    huiyin.visited(link=seen, visited_on="2025-05-10")
    with huiyin.reading():
        found = contact_links.listing(huiyin.actor("leader"), since=JANUARY)
    assert [(kept.called, kept.visits, kept.last) for kept in found] == [
        ("鹅湖镇工委", 0, None),
        ("宛山村", 1, date(2026, 5, 10)),
    ]


def test_a_link_is_visited_by_its_own_member_only(huiyin: World) -> None:
    public_id = huiyin.linked()
    with pytest.raises(Invalid) as fault:
        huiyin.visited(by="member2", link=public_id)
    assert [error.field for error in fault.value.errors] == ["link"]


def test_another_committee_knows_of_no_link(huiyin: World) -> None:
    public_id = huiyin.linked()
    other = World(huiyin.app, "dt")
    with huiyin.reading(), pytest.raises(NotFound):
        contact_links.get(public_id, other.actor("clerk"))
