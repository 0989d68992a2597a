"""Who is asked to an activity: proposed by its unit, approved by somebody else, present or not."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import inviting
from tests.inviting import SPEECH, TODAY
from tests.world import NOW, World
from tracker.actions import activities as acts
from tracker.actions import invitees as inviting_acts
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.invitees import ApproveIn
from tracker.models import IdentityView, Invitee, Outbox, Resident
from tracker.queries import invitees

AHEAD = TODAY + timedelta(days=10)


def states(world: World, meeting: str) -> dict[str, str]:
    with world.reading():
        found = invitees.of(inviting.event(world, meeting), world.actor("clerk"))
        return {invitees.name(one): one.state for one in found}


@pytest.mark.requirement("S1-33")
@pytest.mark.requirement("S1-35")
@pytest.mark.requirement("S1-36")
def test_an_invitation_goes_from_the_list_to_what_was_said(either: World) -> None:
    meeting = inviting.meeting(either)
    public_id = inviting.spoken(either, meeting)
    with either.reading():
        found = inviting.invitee(public_id)
        assert (found.state, found.speech, found.capacity) == ("attended", SPEECH, "speaker")
        assert found.decider is not None and found.decider.name == "沈立"
        assert invitees.name(found) == "蒋秋萍"


@pytest.mark.requirement("S1-36")
def test_the_name_lies_sealed_and_no_phone_is_kept(huiyin: World) -> None:
    public_id = inviting.proposed(huiyin, inviting.meeting(huiyin))
    with huiyin.reading():
        resident = inviting.invitee(public_id).resident
        assert resident is not None and resident.phone_sealed is None and resident.phone_index is None
        assert "蒋秋萍".encode() not in (resident.name_sealed or b"")
    with huiyin.writing(), pytest.raises(Invalid):
        inviting.read(inviting.InviteeIn, inviting.GUEST | {"phone": "13912342186"})


@pytest.mark.parametrize("who", ["member", "director", "leader", "auditor", "dept", "admin", "dt-secretary"])
def test_only_the_unit_and_the_clerk_propose(who: str, huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with huiyin.writing(), pytest.raises(Forbidden):
        event = inviting.event(huiyin, meeting)
        given = inviting.read(inviting.InviteeIn, inviting.GUEST)
        inviting_acts.propose(event, given, by=huiyin.actor(who))


def test_a_secretary_proposes_for_the_own_unit_only(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, by="clerk", key="group2")
    with pytest.raises(Forbidden):
        inviting.proposed(huiyin, meeting)


@pytest.mark.requirement("S1-36")
@pytest.mark.parametrize("name", ["approve", "decline"])
def test_only_a_director_decides(name: str, huiyin: World) -> None:
    public_id = inviting.proposed(huiyin, inviting.meeting(huiyin))
    for who in ("secretary", "clerk", "clerk2", "leader"):
        with pytest.raises(Forbidden):
            inviting.moved(huiyin, public_id, name, by=who, reason="名额已满")
    inviting.moved(
        huiyin, public_id, name, by="director2", **({"reason": "满了"} if name == "decline" else {})
    )


@pytest.mark.requirement("S1-36")
def test_whoever_proposed_never_approves(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    public_id = inviting.proposed(huiyin, meeting)
    with huiyin.writing():
        inviting.invitee(public_id).proposer_id = huiyin.actor("director").id  # type: ignore[assignment]
    with pytest.raises(Forbidden):
        inviting.moved(huiyin, public_id, "approve", by="director")
    with huiyin.writing():
        event = inviting.event(huiyin, meeting)
        seen = ApproveIn(seen=[public_id])
        assert inviting_acts.approve_all(event, seen, by=huiyin.actor("director")) == 0
        assert inviting_acts.approve_all(event, seen, by=huiyin.actor("director2")) == 1


def test_a_refusal_says_why(huiyin: World) -> None:
    public_id = inviting.proposed(huiyin, inviting.meeting(huiyin))
    with pytest.raises(Invalid):
        inviting.moved(huiyin, public_id, "decline", by="director")
    inviting.moved(huiyin, public_id, "decline", by="director", reason="名额已满")
    with huiyin.reading():
        assert inviting.invitee(public_id).reason == "名额已满"


@pytest.mark.requirement("S1-36")
def test_the_whole_list_is_approved_at_once(either: World) -> None:
    meeting = inviting.meeting(either)
    seen = [inviting.proposed(either, meeting, called=name) for name in ("蒋秋萍", "华银娣", "浦志良")]
    gone = inviting.proposed(either, meeting, called="顾建平")
    inviting.moved(either, gone, "withdraw", by="secretary")
    with either.writing():
        event, given = inviting.event(either, meeting), ApproveIn(seen=[*seen, gone])
        assert inviting_acts.approve_all(event, given, by=either.actor("director")) == 3
    assert sorted(states(either, meeting).values()) == ["approved"] * 3 + ["withdrawn"]


def test_nobody_came_before_the_day(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, held_on=AHEAD.isoformat())
    public_id = inviting.proposed(huiyin, meeting)
    inviting.moved(huiyin, public_id, "approve", by="director")
    for name in ("attend", "miss"):
        with pytest.raises(Conflict) as refused:
            inviting.moved(huiyin, public_id, name, by="secretary")
        assert "has_begun" in refused.value.missing
    inviting.moved(huiyin, public_id, "attend", by="secretary", at=NOW + timedelta(days=10))


def test_who_spoke_was_there(huiyin: World) -> None:
    public_id = inviting.spoken(huiyin, inviting.meeting(huiyin))
    with pytest.raises(Conflict):
        inviting.moved(huiyin, public_id, "miss", by="secretary")


def test_a_slip_at_the_door_is_put_right(huiyin: World) -> None:
    public_id = inviting.proposed(huiyin, inviting.meeting(huiyin))
    inviting.moved(huiyin, public_id, "approve", by="director")
    for name in ("miss", "attend", "miss"):
        inviting.moved(huiyin, public_id, name, by="clerk")
    with huiyin.reading():
        assert inviting.invitee(public_id).state == "absent"


@pytest.mark.requirement("S1-36")
def test_after_the_day_nobody_is_invited_any_more(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    with pytest.raises(Conflict, match="已经举行"):
        inviting.proposed(huiyin, meeting, at=NOW + timedelta(days=1))


def test_to_what_was_taken_back_nobody_is_invited_nor_let_in(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    public_id = inviting.proposed(huiyin, meeting)
    with huiyin.writing():
        acts.cancel_event(inviting.event(huiyin, meeting), by=huiyin.actor("secretary"))
    with pytest.raises(Conflict):
        inviting.proposed(huiyin, meeting)
    with pytest.raises(Conflict):
        inviting.moved(huiyin, public_id, "approve", by="director")


@pytest.mark.parametrize(
    "given, field",
    [
        ({"called": ""}, "called"),
        ({"sector": ""}, "sector"),
        ({"consent_process": False}, "consent_process"),
        ({"contact": "nobody"}, "contact"),
    ],
)
def test_what_a_list_needs(given: dict[str, Any], field: str, huiyin: World) -> None:
    with pytest.raises(Invalid) as refused:
        inviting.proposed(huiyin, inviting.meeting(huiyin), **given)
    assert refused.value.errors[0].field == field


def linked(world: World, **given: Any) -> str:
    return world.linked(by="member", **given)


@pytest.mark.requirement("S1-33")
def test_an_institution_among_the_contacts_sends_whom_it_likes(huiyin: World) -> None:
    link = linked(huiyin, kind="enterprise", called="锡山永固锻件有限公司")
    given = {"called": "", "sector": "", "contact": link, "consent_process": False}
    public_id = inviting.proposed(huiyin, inviting.meeting(huiyin), **given)
    with huiyin.reading():
        found = inviting.invitee(public_id)
        assert (found.sector, found.resident) == ("锡山永固锻件有限公司", None)


@pytest.mark.requirement("S1-36")
def test_a_contacts_name_is_passed_on_once_and_the_look_is_recorded(huiyin: World) -> None:
    link, meeting = linked(huiyin, called="华银娣"), inviting.meeting(huiyin)
    given = {"called": "", "contact": link}
    with pytest.raises(Invalid):
        inviting.proposed(huiyin, meeting, by="clerk", **given | {"consent_process": False})
    public_id = inviting.proposed(huiyin, meeting, by="clerk", **given)
    with huiyin.reading():
        found = inviting.invitee(public_id)
        assert invitees.name(found) == "华银娣" and found.resident_id != found.link.resident_id  # type: ignore[union-attr]
        looks = db.session.scalars(select(IdentityView)).all()
        assert [look.person_id for look in looks] == [huiyin.actor("clerk").id]


def test_a_secretary_cannot_pick_a_person_whose_name_is_hidden(huiyin: World) -> None:
    link, meeting = linked(huiyin, called="华银娣"), inviting.meeting(huiyin)
    with pytest.raises(Invalid):
        inviting.proposed(huiyin, meeting, called="", contact=link)
    with huiyin.reading():
        assert invitees.contacts(inviting.event(huiyin, meeting), huiyin.actor("secretary")) == []
        assert db.session.scalar(select(func.count(Invitee.id))) == 0
        assert db.session.scalar(select(func.count(Resident.id))) == 1


def test_meetings_are_planned_and_service_is_written_down_when_done(huiyin: World) -> None:
    inviting.meeting(huiyin, held_on=AHEAD.isoformat())
    with pytest.raises(Invalid):
        inviting.meeting(huiyin, kind="service", held_on=AHEAD.isoformat())
    with pytest.raises(Invalid):
        inviting.meeting(huiyin, held_on=date(2028, 1, 1).isoformat())


@pytest.mark.requirement("S1-36")
def test_nobody_is_approved_who_came_onto_the_list_after_it_was_read(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    seen = [
        inviting.proposed(huiyin, meeting),
        inviting.proposed(huiyin, meeting, by="clerk", called="华银娣"),
    ]
    inviting.proposed(huiyin, meeting, called="浦志良")
    with huiyin.writing():
        event = inviting.event(huiyin, meeting)
        inviting_acts.approve_all(event, ApproveIn(seen=seen), by=huiyin.actor("director"))
    assert states(huiyin, meeting) == {"蒋秋萍": "approved", "华银娣": "approved", "浦志良": "proposed"}
    with huiyin.reading():
        told = db.session.query(Outbox).filter(Outbox.effect_key.startswith("notify:")).count()
        assert told == 2


@pytest.mark.parametrize("most, fits", [(1, False), (2, True)])
def test_a_list_takes_as_many_as_it_may_and_not_one_more(
    huiyin: World, monkeypatch: pytest.MonkeyPatch, most: int, fits: bool
) -> None:
    assert inviting_acts.MOST_INVITED == 500
    monkeypatch.setattr(inviting_acts, "MOST_INVITED", most)
    meeting = inviting.meeting(huiyin)
    inviting.proposed(huiyin, meeting)
    if fits:
        assert inviting.proposed(huiyin, meeting, called="华银娣")
        return
    with pytest.raises(Invalid) as refused:
        inviting.proposed(huiyin, meeting, called="华银娣")
    assert [fault.field for fault in refused.value.errors] == ["called"]
