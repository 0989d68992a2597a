"""The demonstration shows a meeting that was held with what came of it, and a list that waits."""

import pytest

from tests import inviting
from tests.world import NOW, World
from tracker.cli.demo_meetings import ASKED, CAME, meet
from tracker.queries import activities, heard, invitees


@pytest.mark.requirement("S1-26")
@pytest.mark.requirement("S1-36")
def test_a_meeting_of_both_committees_was_held_and_one_is_to_come(huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in CAME}
    with huiyin.writing():
        meet(NOW, lambda login: worlds[login[:2]].actor(login[3:]))
    for code, world in worlds.items():
        with world.reading():
            clerk = world.actor("clerk")
            to_come, held = activities.events(clerk, now=NOW)
            came = invitees.of(held, clerk)
            assert {one.state for one in came} == {"attended", "absent"} and len(came) == len(CAME[code])
            assert any(one.speech for one in came)
            assert {one.state for one in invitees.of(to_come, clerk)} == {"proposed"}
            assert len(invitees.of(to_come, clerk)) == len(ASKED)
            found = heard.at_activity(inviting.event(world, held.public_id), clerk)
            assert (len(found.cases), len(found.briefs)) == (1, 1)
            assert found.cases[0].raised_by.name == "吴海燕"
