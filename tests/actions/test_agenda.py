"""Cases on the agenda of meetings: once each, in an order, with what was decided (S1-42)."""

from datetime import timedelta

import pytest

from tests import agendas
from tests.agendas import DECISION, LATER, TODAY, TOLD, TOMORROW
from tests.world import NOW, RESIDENT, World
from tracker.actions import agenda as acts
from tracker.errors import Conflict, Forbidden
from tracker.extensions import db
from tracker.incoming.agenda import MeetingIn, PutOnIn
from tracker.models import Event, Note
from tracker.queries import agenda

pytestmark = pytest.mark.requirement("S1-42")


def listed(world: World, meeting: str) -> list[str]:
    with world.reading():
        return [item.case.reference for item in agenda.items(agendas.row(meeting))]


def verbs(world: World, kind: str) -> list[str]:
    with world.reading():
        rows = db.session.query(Event).filter_by(object_kind=kind).order_by(Event.id)
        return [event.verb for event in rows]


def test_several_cases_stand_on_one_agenda_in_the_order_they_came(either: World) -> None:
    meeting = agendas.arranged(either)
    cases = [either.raised(), either.coordinated(), either.handled()]
    for reference in cases:
        agendas.put_on(either, meeting, reference)
    assert listed(either, meeting) == cases
    assert verbs(either, "agenda_item") == ["put_on"] * 3


def test_an_item_changes_places_with_its_neighbour_and_stops_at_the_ends(huiyin: World) -> None:
    meeting = agendas.arranged(huiyin)
    first, second, third = (huiyin.raised() for _ in range(3))
    items = [agendas.put_on(huiyin, meeting, reference) for reference in (first, second, third)]
    agendas.reordered(huiyin, meeting, items[2], "up")
    assert listed(huiyin, meeting) == [first, third, second]
    agendas.reordered(huiyin, meeting, items[0], "up")
    agendas.reordered(huiyin, meeting, items[1], "down")
    assert listed(huiyin, meeting) == [first, third, second]
    agendas.reordered(huiyin, meeting, items[0], "down")
    assert listed(huiyin, meeting) == [third, first, second]


def test_a_case_stands_on_one_upcoming_meeting_at_a_time(either: World) -> None:
    meeting, reference, item = agendas.standing(either)
    other = agendas.arranged(either, kind="standing")
    for again in (meeting, other):
        with pytest.raises(Conflict, match="已经在一次会议的议题里"):
            agendas.put_on(either, again, reference)
    agendas.taken_off(either, item)
    agendas.put_on(either, other, reference)
    assert (listed(either, meeting), listed(either, other)) == ([], [reference])


def test_a_case_taken_off_may_come_back_to_the_same_meeting(either: World) -> None:
    meeting, reference, item = agendas.standing(either)
    agendas.taken_off(either, item)
    agendas.put_on(either, meeting, reference)
    assert listed(either, meeting) == [reference]


def test_after_a_meeting_the_case_may_go_to_the_next(huiyin: World) -> None:
    _, reference, _ = agendas.standing(huiyin)
    following = agendas.arranged(huiyin, held_on=(TODAY + timedelta(days=30)).isoformat())
    agendas.put_on(huiyin, following, reference, at=LATER)
    assert listed(huiyin, following) == [reference]


def test_what_is_done_with_is_not_taken_to_a_meeting(huiyin: World) -> None:
    meeting = agendas.arranged(huiyin)
    declined = huiyin.raised()
    huiyin.move(declined, "decline", note="不属于受理范围的事项")
    for reference in (huiyin.fed_back(), declined):
        with pytest.raises(Conflict, match="不用提交会议"):
            agendas.put_on(huiyin, meeting, reference)


@pytest.mark.parametrize("who", ["director", "clerk"])
def test_an_accusation_never_comes_onto_an_agenda(huiyin: World, who: str) -> None:
    meeting, accused = agendas.arranged(huiyin), huiyin.raised(is_accusation=True)
    with pytest.raises(Conflict if who == "director" else Forbidden):
        agendas.put_on(huiyin, meeting, accused, by=who)
    assert listed(huiyin, meeting) == []


def test_what_turns_out_to_be_an_accusation_leaves_every_agenda(either: World) -> None:
    meeting, reference = agendas.arranged(either), either.raised()
    item = agendas.put_on(either, meeting, reference)
    either.edited(reference, is_accusation=True)
    assert listed(either, meeting) == []
    with either.reading():
        found = agendas.row(meeting)
        assert agenda.counts([found]) == {}
        assert agenda.of_case(either.case(reference), either.actor("director")) == []
    with pytest.raises(Conflict, match="不在这次会议的议题里"):
        agendas.decided(either, item, by="director")


def test_a_meeting_that_was_held_takes_no_more_cases(huiyin: World) -> None:
    meeting, reference = agendas.arranged(huiyin), huiyin.raised()
    with agendas.refused("meeting"):
        agendas.put_on(huiyin, meeting, reference, at=LATER)


def test_another_committees_meeting_is_not_known(huiyin: World) -> None:
    elsewhere = agendas.arranged(World(huiyin.app, "dt"))
    with agendas.refused("meeting"):
        agendas.put_on(huiyin, elsewhere, huiyin.raised())


@pytest.mark.parametrize("who", ["member", "secretary", "dept", "leader", "auditor", "admin"])
def test_only_the_office_arranges_and_puts_on(huiyin: World, who: str) -> None:
    meeting, reference = agendas.arranged(huiyin), huiyin.raised()
    with pytest.raises(Forbidden):
        agendas.arranged(huiyin, by=who)
    with pytest.raises(Forbidden):
        agendas.put_on(huiyin, meeting, reference, by=who)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_meeting_is_neither_behind_us_nor_years_ahead(huiyin: World, day: object) -> None:
    with agendas.refused("held_on"):
        agendas.arranged(huiyin, held_on=str(day))


def test_a_meeting_is_put_off_until_something_was_decided(huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    given = MeetingIn(kind="special", held_on=TODAY)
    with huiyin.writing():
        acts.edit(agendas.row(meeting), given, by=huiyin.actor("clerk"))
    agendas.decided(huiyin, item, at=NOW)
    with pytest.raises(Conflict, match="不能再改"), huiyin.writing():
        acts.edit(agendas.row(meeting), given, by=huiyin.actor("clerk"))


def test_the_slower_of_two_who_change_a_meeting_is_told(huiyin: World) -> None:
    meeting = agendas.arranged(huiyin)
    with pytest.raises(Conflict), huiyin.writing():
        given = MeetingIn(kind="chair", held_on=TOMORROW)
        acts.edit(agendas.row(meeting), given, by=huiyin.actor("clerk"), expect=99)


def test_a_meeting_is_cancelled_when_its_agenda_is_empty(huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    with pytest.raises(Conflict, match="先逐件移出"), huiyin.writing():
        acts.cancel(agendas.row(meeting), by=huiyin.actor("clerk"))
    agendas.taken_off(huiyin, item)
    with huiyin.writing():
        acts.cancel(agendas.row(meeting), by=huiyin.actor("clerk"))
    with huiyin.reading():
        assert agenda.upcoming(huiyin.actor("clerk"), TODAY) == []
    with pytest.raises(Conflict, match="已经开过或已撤销"):
        agendas.reordered(huiyin, meeting, item, "up")


def test_a_decision_stands_in_the_cases_diary_for_the_office(either: World) -> None:
    _, reference, item = agendas.standing(either)
    agendas.decided(either, item)
    with either.reading():
        case = either.case(reference)
        note = db.session.query(Note).filter_by(case_id=case.id, text=DECISION).one()
        assert (note.audience, note.event.verb) == ("office", "decide")
        assert agendas.item_row(item).decided_at == LATER


def test_departments_that_still_handle_it_are_told_and_no_others(either: World) -> None:
    _, reference, item = agendas.standing(either, units=(("housing", "lead"), ("transport", "co")))
    lead, co = either.shares(reference)
    either.move_share(co, "waive", by="clerk")
    agendas.decided(either, item)
    with either.reading():
        told = db.session.query(Event).filter_by(verb="tell_decision").all()
        shares = {share.public_id: share for share in either.case(reference).assignments}
        assert [event.assignment_id for event in told] == [shares[lead].id]
        assert [one.told for one in agenda.told(shares[lead])] == [TOLD]
        assert agenda.told(shares[co]) == []


def test_a_decision_put_right_tells_departments_only_new_words(huiyin: World) -> None:
    _, _, item = agendas.standing(huiyin)
    agendas.decided(huiyin, item, told="")
    assert "tell_decision" not in verbs(huiyin, "assignment")
    agendas.decided(huiyin, item)
    agendas.decided(huiyin, item, decision="改由区城管局牵头，一个月内完成。")
    assert verbs(huiyin, "assignment").count("tell_decision") == 1
    assert verbs(huiyin, "agenda_item").count("decide") == 3


@pytest.mark.requirement("T03")
@pytest.mark.parametrize("field", ["decision", "told"])
@pytest.mark.parametrize("word", [RESIDENT["name"], RESIDENT["phone"]])
def test_no_word_of_a_decision_tells_who_the_resident_is(huiyin: World, field: str, word: str) -> None:
    _, _, item = agendas.standing(huiyin)
    with agendas.refused(field):
        agendas.decided(huiyin, item, **{field: f"请与{word}联系后尽快办理。"})


@pytest.mark.requirement("T03")
def test_nor_does_the_reason_why_it_was_taken_off(huiyin: World) -> None:
    _, _, item = agendas.standing(huiyin)
    with agendas.refused("why_off"):
        agendas.taken_off(huiyin, item, why=f"{RESIDENT['name']}本人要求暂缓")


def test_nothing_is_decided_before_the_meeting_has_met(huiyin: World) -> None:
    _, _, item = agendas.standing(huiyin)
    with pytest.raises(Conflict, match="会议还没有开"):
        agendas.decided(huiyin, item, at=NOW)


def test_what_was_decided_is_not_taken_off_and_what_was_taken_off_not_decided(huiyin: World) -> None:
    _, _, item = agendas.standing(huiyin)
    agendas.decided(huiyin, item)
    with pytest.raises(Conflict, match="不能再移出"):
        agendas.taken_off(huiyin, item, at=LATER)
    other = agendas.put_on(huiyin, agendas.arranged(huiyin), huiyin.raised())
    agendas.taken_off(huiyin, other, at=LATER)
    with pytest.raises(Conflict, match="不在这次会议的议题里"):
        agendas.decided(huiyin, other)


def test_the_cases_own_version_does_not_move_when_a_meeting_takes_it_up(huiyin: World) -> None:
    _, reference, item = agendas.standing(huiyin)
    with huiyin.reading():
        before = huiyin.case(reference).version
    agendas.decided(huiyin, item)
    with huiyin.reading():
        assert huiyin.case(reference).version == before


def test_two_clerks_cannot_put_a_case_that_moved_on(huiyin: World) -> None:
    meeting, reference = agendas.arranged(huiyin), huiyin.raised()
    with pytest.raises(Conflict), huiyin.writing():
        given = PutOnIn(meeting=meeting)
        acts.put_on(huiyin.case(reference), given, by=huiyin.actor("clerk"), expect=99)


def test_calling_a_meeting_off_tells_nobody_of_an_accusation(either: World) -> None:
    meeting, reference, _item = agendas.standing(either)
    either.edited(reference, is_accusation=True)
    with either.writing():
        acts.cancel(agendas.row(meeting), by=either.actor("clerk"))
    either.edited(reference, by="director", is_accusation=False)
    agendas.put_on(either, agendas.arranged(either), reference)
