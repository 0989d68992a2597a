"""What can be looked up of meetings, by whom, and who hears of them (S1-42)."""

from datetime import timedelta

import pytest

from tests import agendas
from tests.agendas import LATER, TODAY, TOMORROW
from tests.queries.test_recipients import heard
from tests.world import NOW, RESIDENT, World
from tracker.errors import NotFound
from tracker.queries import agenda, desk

pytestmark = pytest.mark.requirement("S1-42")
READERS = ("clerk", "director", "leader", "auditor")
OTHERS = ("member", "secretary", "dept", "admin")


def test_the_nearest_meeting_stands_first_and_the_latest_of_those_held(either: World) -> None:
    days = [TODAY + timedelta(days=n) for n in (3, 1, 2)]
    made = {str(day): agendas.arranged(either, held_on=str(day)) for day in days}
    ordered = [made[str(TODAY + timedelta(days=n))] for n in (1, 2, 3)]
    with either.reading():
        leader = either.actor("leader")
        assert [one.public_id for one in agenda.upcoming(leader, TODAY)] == ordered
        assert agenda.past(leader, TODAY) == []
        afterwards = TODAY + timedelta(days=9)
        assert [one.public_id for one in agenda.past(leader, afterwards)] == ordered[::-1]


def test_an_agenda_counts_what_stands_and_what_was_decided(either: World) -> None:
    meeting, _, item = agendas.standing(either)
    agendas.put_on(either, meeting, either.raised())
    gone = agendas.put_on(either, meeting, either.raised())
    agendas.taken_off(either, gone)
    agendas.decided(either, item)
    with either.reading():
        row = agendas.row(meeting)
        assert agenda.counts([row]) == {row.id: (2, 1)}
        assert [one.public_id for one in agenda.taken_off(row)] == [gone]


@pytest.mark.parametrize("who", OTHERS)
def test_a_meeting_does_not_exist_for_whoever_may_not_see_it(huiyin: World, who: str) -> None:
    meeting, reference, _ = agendas.standing(huiyin)
    with huiyin.reading():
        actor = huiyin.actor(who)
        assert agenda.upcoming(actor, TODAY) == []
        assert agenda.of_case(huiyin.case(reference), actor) == []
        with pytest.raises(NotFound):
            agenda.meeting(meeting, actor)


@pytest.mark.parametrize("who", READERS)
def test_readers_find_it_and_those_of_another_committee_do_not(huiyin: World, who: str) -> None:
    meeting, reference, _ = agendas.standing(huiyin)
    with huiyin.reading():
        assert agenda.meeting(meeting, huiyin.actor(who)).held_on == TOMORROW
        assert len(agenda.of_case(huiyin.case(reference), huiyin.actor(who))) == 1
        with pytest.raises(NotFound):
            agenda.meeting(meeting, huiyin.actor(f"dt-{who}"))


def test_several_who_answer_stand_side_by_side_and_helpers_do_not(either: World) -> None:
    two = (("housing", "separate"), ("transport", "separate"))
    one = (("housing", "lead"), ("education", "co"))
    first, second = either.coordinated(units=two), either.coordinated(units=one)
    with either.reading():
        ids = [either.case(reference).id for reference in (first, second)]
        found = agenda.departments(ids)
    assert [found[case] for case in ids] == [
        "区住房和城乡建设局、区交通运输局",
        "区住房和城乡建设局",
    ]


def test_a_meeting_waits_from_the_day_after_until_every_decision_is_written_down(either: World) -> None:
    meeting, reference, item = agendas.standing(either)
    second = agendas.put_on(either, meeting, either.raised())
    agendas.arranged(either)

    def waits(who: str = "clerk", days: int = 2) -> list[str]:
        at = NOW + timedelta(days=days)
        with either.reading():
            actor = either.actor(who)
            numbers = {tray.name: number for tray, number in desk.counts(actor, at).items()}
            found = [one.public_id for one in agenda.waits(actor, "meetings_to_record", at)]
            assert numbers.get("meetings_to_record", 0) == len(found)
            return found

    assert waits(days=1) == [] and waits() == waits("director") == [meeting]
    agendas.decided(either, item)
    assert waits() == [meeting]
    agendas.taken_off(either, second)
    assert waits() == [] and reference


def test_an_accusation_makes_no_meeting_wait(huiyin: World) -> None:
    _, reference, _ = agendas.standing(huiyin)
    huiyin.edited(reference, is_accusation=True)
    with huiyin.reading():
        assert agenda.waits(huiyin.actor("clerk"), "meetings_to_record", LATER) == []


@pytest.mark.requirement("T03")
def test_a_summary_hides_name_phone_and_address(huiyin: World) -> None:
    told = f"{RESIDENT['name']} {RESIDENT['phone']} 反映路灯不亮"
    reference = huiyin.raised(summary=told)
    with huiyin.reading():
        found = agenda.summary(huiyin.case(reference))
    assert found == "〔姓名〕 〔电话〕 反映路灯不亮"


def test_a_department_that_gave_it_back_is_told_nothing(huiyin: World) -> None:
    _, reference, item = agendas.standing(huiyin)
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "request_return", reason="这条路属于市政管养，不在本局职责范围之内，请改交。")
    huiyin.move_share(share, "decide_return", by="clerk", granted=True)
    agendas.decided(huiyin, item)
    with huiyin.reading():
        assert agenda.told(huiyin.case(reference).assignments[0]) == []


def test_the_raiser_hears_that_it_goes_to_a_meeting_and_the_department_what_came_of_it(huiyin: World) -> None:
    _, _, item = agendas.standing(huiyin)
    assert heard(huiyin, "put_on") == {"member"}
    agendas.decided(huiyin, item)
    assert heard(huiyin, "tell_decision") == {"dept"}
    assert heard(huiyin, "decide") == {"clerk2", "director", "director2"}
    assert NOW < LATER
