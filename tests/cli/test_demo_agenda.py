"""The demonstration's meetings: one that decided, one to come, in both committees."""

from datetime import timedelta

import pytest

from tests.world import NOW, World
from tracker.cli.demo_agenda import AHEAD, DECISIONS, EACH, HELD, take_up
from tracker.queries import agenda
from tracker.rules.clock import shanghai_date

pytestmark = pytest.mark.requirement("S1-42")


def test_both_committees_have_a_meeting_behind_them_and_one_ahead(huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in ("xs", "dt")}
    for world in worlds.values():
        for _ in range(2 * EACH):
            world.coordinated(at=NOW - timedelta(days=30))
    with huiyin.writing():
        take_up(NOW, lambda login: worlds[login[:2]].actor(login[3:]))
    today = shanghai_date(NOW)
    for world in worlds.values():
        with world.reading():
            leader = world.actor("leader")
            (held,), (ahead,) = agenda.past(leader, today), agenda.upcoming(leader, today)
            assert (held.held_on, ahead.held_on) == (shanghai_date(NOW - HELD), shanghai_date(NOW + AHEAD))
            counted = agenda.counts([held, ahead])
            assert counted == {held.id: (EACH, len(DECISIONS)), ahead.id: (EACH, 0)}
            told = [one.told for item in agenda.items(held) for one in agenda.told(item.case.assignments[0])]
            assert told == [told for _, told in DECISIONS]


def test_where_nothing_is_open_the_meetings_are_empty(huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in ("xs", "dt")}
    with huiyin.writing():
        take_up(NOW, lambda login: worlds[login[:2]].actor(login[3:]))
    with huiyin.reading():
        held = agenda.past(huiyin.actor("clerk"), shanghai_date(NOW))
        assert len(held) == 1 and agenda.counts(held) == {}
