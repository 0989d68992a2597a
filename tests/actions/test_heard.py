"""What was heard at an activity or on a reception day becomes a case or a brief."""

from datetime import timedelta
from typing import Any

import pytest

from tests import inviting
from tests.inviting import TODAY
from tests.world import MATTER, NARRATIVE, World
from tracker.actions import activities as acts
from tracker.actions import heard as hearing
from tracker.errors import Forbidden, Invalid
from tracker.incoming.cases import HeardCaseIn
from tracker.incoming.schema import read
from tracker.models import Case
from tracker.queries import submissions

pytestmark = pytest.mark.requirement("S1-26")
CASE = {"summary": "北门路灯不亮", "narrative": NARRATIVE, "area": "0101", "source": "symposium"}


def registered(world: World, *, by: str, **given: Any) -> str:
    with world.writing():
        return hearing.register(read(HeardCaseIn, CASE | given), by=world.actor(by)).reference


def writer(world: World, by: str = "secretary") -> str:
    with world.reading():
        return submissions.writers(world.actor(by))[0][0].public_id


@pytest.mark.parametrize("by", ["member", "clerk", "director"])
def test_a_case_keeps_where_it_was_heard(by: str, either: World) -> None:
    meeting = inviting.meeting(either)
    reference = registered(either, by=by, activity=meeting)
    with either.reading():
        case: Case = either.case(reference)
        assert (case.state, case.source) == ("raised", "symposium")
        assert case.activity is not None and case.activity.public_id == meeting


@pytest.mark.requirement("S1-31")
def test_a_case_of_a_reception_day_keeps_the_day(either: World) -> None:
    station, day = inviting.reception(either)
    reference = registered(either, by="clerk", reception_day=day, source="reception")
    with either.reading():
        found = either.case(reference).reception_day
        assert found is not None and found.workstation.public_id == station


def test_a_secretary_writes_down_for_a_member_of_the_own_group(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    reference = registered(huiyin, by="secretary", activity=meeting, member=writer(huiyin))
    with huiyin.reading():
        case = huiyin.case(reference)
        assert case.raised_by.name == "吴海燕" and case.group is not None
        assert case.group.name == "东亭街道工委会"


def test_a_secretary_must_say_who_heard_it(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with pytest.raises(Invalid) as refused:
        registered(huiyin, by="secretary", activity=meeting)
    assert refused.value.errors[0].field == "member"


def test_a_secretary_writes_for_nobody_elsewhere(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with huiyin.reading():
        others = {one.public_id for one, _ in submissions.writers(huiyin.actor("clerk"))}
    stranger = next(iter(others - {writer(huiyin)}))
    with pytest.raises(Invalid):
        registered(huiyin, by="secretary", activity=meeting, member=stranger)
    with pytest.raises(Forbidden):
        registered(huiyin, by="secretary", member=writer(huiyin))


@pytest.mark.parametrize("who", ["member2", "leader", "auditor", "dept"])
def test_nobody_else_writes_down_from_there(who: str, huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with pytest.raises((Forbidden, Invalid)):
        registered(huiyin, by=who, activity=meeting)


def test_nothing_is_heard_before_the_day_or_at_what_was_taken_back(huiyin: World) -> None:
    ahead = inviting.meeting(huiyin, held_on=(TODAY + timedelta(days=3)).isoformat())
    gone = inviting.meeting(huiyin)
    with huiyin.writing():
        acts.cancel_event(inviting.event(huiyin, gone), by=huiyin.actor("secretary"))
    for meeting in (ahead, gone, "nowhere"):
        with pytest.raises(Invalid):
            registered(huiyin, by="clerk", activity=meeting)


def test_another_committees_meeting_does_not_exist(either: World) -> None:
    meeting = inviting.meeting(World(either.app, "dt"))
    with pytest.raises(Invalid):
        registered(either, by="clerk", activity=meeting)


def test_a_brief_keeps_where_it_was_heard(either: World) -> None:
    meeting, (_, day) = inviting.meeting(either), inviting.reception(either)
    one, other = either.submitted(activity=meeting), either.submitted(reception_day=day, text=MATTER)
    with either.reading():
        assert either.submission(one).activity.public_id == meeting  # type: ignore[union-attr]
        assert either.submission(other).reception_day.public_id == day  # type: ignore[union-attr]


def test_a_brief_is_written_from_ones_own_units_meeting(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with pytest.raises(Forbidden):
        huiyin.submitted(by="member2", activity=meeting)
