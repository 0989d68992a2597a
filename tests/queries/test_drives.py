"""Visits within another drive: they count like any other, and each drive says how many were its own."""

from datetime import date

import pytest

from tests import campaigning
from tests.world import World
from tracker.actions import campaigns as acts
from tracker.incoming.campaigns import DrivesIn
from tracker.queries import drives, quotas, summaries, visits

OTHER = "三解三促"
TODAY = date(2026, 11, 20)


@pytest.fixture
def running(either: World) -> World:
    campaigning.begun(either)
    return either


def _counted(world: World, name: str = "吴海燕") -> list[int]:
    with world.reading():
        lines = quotas.of_members(campaigning.campaign(world), world.actor("clerk"), TODAY)
        (line,) = [row for row in lines if row.bearer.name == name]
        return [found.counted for found in line.standings if found]


def _within(world: World, who: str = "clerk") -> list[tuple[str, int]]:
    with world.reading():
        return drives.within(campaigning.campaign(world, who), world.actor(who))


@pytest.mark.requirement("S1-09")
def test_a_visit_within_another_drive_counts_for_every_quota_like_one_without(running: World) -> None:
    for kind in ("enterprise", "sector_person", "public_person"):
        running.visited(contact={"kind": kind}, drive=OTHER)
    within = _counted(running)
    running.visited(contact={"kind": "public_person"})
    assert (within, _counted(running)) == ([1, 1, 1], [1, 1, 2])
    with running.reading():
        rows = summaries.of(campaigning.campaign(running), running.actor("clerk")).rows
        assert [row.figures.participants for row in rows] == [1, 0]


@pytest.mark.requirement("S1-09")
def test_each_drive_says_how_many_of_the_visits_were_its_own(running: World) -> None:
    assert _within(running) == [(OTHER, 0)]
    running.visited(drive=OTHER)
    running.visited(by="member2", drive=OTHER)
    running.visited()
    assert _within(running) == [(OTHER, 2)]
    assert _within(running, "secretary") == [(OTHER, 1)]


def test_a_drive_that_is_named_no_more_keeps_its_visits(running: World) -> None:
    running.visited(drive=OTHER)
    with running.writing():
        campaign = campaigning.campaign(running)
        acts.name_drives(campaign, DrivesIn(drives=["大走访"]), by=running.actor("clerk"))
    assert _within(running) == [("大走访", 0), (OTHER, 1)]


def test_what_a_visit_may_be_made_within_is_the_campaigns_of_its_day(running: World) -> None:
    with running.reading():
        clerk = running.actor("clerk")
        assert drives.on(TODAY, clerk) == [OTHER] == drives.named(clerk)
        assert drives.on(date(2025, 11, 20), clerk) == []
        assert drives.named(running.actor("dt-clerk")) == drives.on(TODAY, running.actor("dt-clerk")) == []


@pytest.mark.requirement("S1-09")
def test_the_list_keeps_to_the_visits_of_one_drive(running: World) -> None:
    within = running.visited(drive=OTHER)
    running.visited()
    with running.reading():
        clerk = running.actor("clerk")
        assert [row.public_id for row in visits.page(clerk, drive=OTHER).items] == [within]
        assert [row.drive for row in visits.page(clerk).items] == ["", OTHER]
        assert not visits.page(running.actor("member2"), drive=OTHER).items
