"""Campaigns and their annex 3 as programs read them."""

import pytest

from tests.api.caller import Calls
from tests.world import NOW, World
from tracker.actions import campaigns
from tracker.incoming import presets


@pytest.fixture
def running(huiyin: World) -> World:
    with huiyin.writing(NOW):
        spec = presets.load("xishan").campaigns[0]
        campaigns.open_from(spec, 2026, by=huiyin.actor("clerk"))
    huiyin.visited(circle="living", persons_count=3)
    return huiyin


@pytest.mark.requirement("S2-45")
def test_the_annex_is_its_groups_and_their_sum(running: World, api: Calls) -> None:
    (found,) = api.by("clerk").get("/campaigns")["items"]
    assert (found["key"], found["ends_on"]) == ("two_way_2026", "2026-12-31")
    summary = api.by("clerk").get(f"/campaigns/{found['id']}/summary")
    assert summary["total"]["living"] == 3
    for column, total in summary["total"].items():
        assert total == sum(row[column] for row in summary["rows"])


def test_a_secretary_gets_the_own_group_and_a_member_none(running: World, api: Calls) -> None:
    address = f"/campaigns/{api.by('member').get('/campaigns')['items'][0]['id']}/summary"
    assert [row["group_name"] for row in api.by("secretary").get(address)["rows"]] == ["东亭街道工委会"]
    api.by("member").get(address, 403)
    api.by("dept").get("/campaigns", 403)
