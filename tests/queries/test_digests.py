"""The figures of a digest, on both databases."""

from datetime import date

import pytest

from tests import accusing
from tests.world import NOW, World
from tracker.actions import campaigns, exemplars
from tracker.incoming import presets
from tracker.queries import digests
from tracker.rules.spans import span
from tracker.web.exemplars import panel

pytestmark = pytest.mark.requirement("S1-47")
WEEK = span("week", date(2026, 11, 23))


def test_a_week_is_counted_and_the_one_before_stands_beside(either: World) -> None:
    either.visited(visited_on="2026-11-23", persons_count=3, at=NOW)
    either.visited(visited_on="2026-11-22", persons_count=5)
    reference = either.fed_back()
    either.rated(reference, "satisfied")
    either.raised(by="member2")
    World(either.app, "dt").visited(visited_on="2026-11-23", circle="sector")
    with either.reading():
        found = digests.of(WEEK, either.actor("leader"), date(2026, 11, 23))
    now = found.now
    assert (now.visits, now.visitors, now.met, found.before.met) == (1, 1, 3, 5)
    assert (now.raised, now.handled, now.fed_back) == (2, 1, 1)
    assert (now.replied, now.on_time, now.rated, now.satisfied) == (1, 1, 1, 1)
    assert {line.name: line.visits for line in found.groups} == {"东亭街道工委会": 1, "教育界别组": 0}
    assert [line.name for line in found.behind] == ["教育界别组"]


def test_while_a_campaign_runs_those_who_owe_are_told_the_worst_first(either: World) -> None:
    either.visited(visited_on="2026-11-23")
    with either.writing():
        _open_campaign(either)
    with either.reading():
        found = digests.of(WEEK, either.actor("director"), date(2026, 11, 23))
    assert all(line.owing is not None for line in found.groups) and found.behind


def _open_campaign(world: World) -> None:
    spec = presets.load("xishan").campaigns[0]
    campaigns.open_from(spec, 2026, by=world.actor("clerk"))


@pytest.mark.parametrize(("who", "told"), [("leader", True), ("clerk", True), ("auditor", False)])
def test_what_an_exemplary_case_was_about_is_told_to_who_reads_stories(
    huiyin: World, who: str, told: bool
) -> None:
    reference = huiyin.fed_back()
    with huiyin.writing():
        exemplars.mark(huiyin.case(reference), "老人晚上敢出门了", by=huiyin.actor("clerk"))
    with huiyin.reading():
        found = digests.of(WEEK, huiyin.actor(who), date(2026, 11, 23))
        assert bool(found.exemplary) is told and found.now.exemplars == 1
        page = panel(huiyin.case(reference), huiyin.actor(who))
        assert bool(page.mark) is told


def test_an_accusation_is_in_no_figure(either: World) -> None:
    reference = either.fed_back()
    either.rated(reference, "satisfied")
    with either.writing():
        exemplars.mark(either.case(reference), "路灯亮了", by=either.actor("clerk"))
    either.raised()
    with either.writing():
        either.case(reference).is_accusation = True
    either.raised(is_accusation=True)
    accusing.carried_on(either, either.submitted(submitted_on="2026-11-23"))
    with either.reading():
        found = digests.of(WEEK, either.actor("leader"), date(2026, 11, 23))
    now = found.now
    assert now.raised == 1
    assert not any((now.handled, now.fed_back, now.replied, now.rated, now.exemplars, now.submissions))
    assert sum(line.raised for line in found.groups) == 1
