"""Between the office and one department: what each step changes, and how often it may be taken."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.world import NOW, REPLY, World
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.models import Event, Note, ReturnRequest

CO = (("housing", "lead"), ("transport", "co"))
REASON = "该路段由交通部门管养，我局无权处置，请改派。"


def _look(world: World, public_id: str, *names: str) -> tuple[Any, ...]:
    with world.reading():
        share = world.share(public_id)
        return tuple(getattr(share, name) for name in names)


def _reply(world: World, share: str, **more: Any) -> None:
    world.move_share(
        share, "reply", **{"result_class": "A", "text": REPLY, "contact_record": "on_site"} | more
    )


# --- accept and reply
def test_a_department_accepts_and_answers(either: World) -> None:
    share = either.shares(either.coordinated())[0]
    either.move_share(share, "accept")
    assert _look(either, share, "state", "accepted_at") == ("accepted", NOW)
    _reply(either, share)
    assert _look(either, share, "state", "replied_at") == ("replied", NOW)
    either.move_share(share, "approve_reply", by="clerk")
    with either.reading():
        found = either.share(share)
        assert (found.state, found.completed_at, found.replies[-1].approved_at) == ("completed", NOW, NOW)
        assert found.replies[-1].approved_by_id == either.actor("clerk").id


def test_answering_is_accepting(huiyin: World) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    _reply(huiyin, share)
    assert _look(huiyin, share, "accepted_at") == (NOW,)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"contact_record": None}, "contact_record"),
        ({"contact_record": "by_pigeon"}, "contact_record"),
        ({"contact_record": "not_possible"}, "body"),
        ({"result_class": "E"}, "result_class"),
        ({"text": "好"}, "text"),
        ({"state": "completed"}, "state"),
    ],
)
def test_an_answer_says_what_became_of_it_and_how_the_resident_was_reached(
    huiyin: World, given: dict[str, Any], field: str
) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    with pytest.raises(Invalid) as refused:
        _reply(huiyin, share, **given)
    assert [error.field for error in refused.value.errors] == [field]
    assert _look(huiyin, share, "state", "replied_at") == ("dispatched", None)


def test_a_co_handler_need_not_have_met_the_resident(huiyin: World) -> None:
    _lead, co = huiyin.shares(huiyin.coordinated(units=CO))
    _reply(huiyin, co, contact_record=None)
    assert _look(huiyin, co, "state") == ("replied",)


@pytest.mark.parametrize("who", ["dept2", "clerk", "member", "leader", "admin"])
def test_nobody_but_the_department_itself_accepts_or_answers(huiyin: World, who: str) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    for name, given in (
        ("accept", {}),
        ("reply", {"result_class": "A", "text": REPLY}),
        ("request_return", {"reason": REASON}),
    ):
        with pytest.raises(Forbidden):
            huiyin.move_share(share, name, by=who, **given)


# --- returns
@pytest.mark.parametrize("former", ["dispatched", "accepted"])
def test_a_refused_return_goes_back_to_where_it_was(either: World, former: str) -> None:
    share = either.shares(either.coordinated())[0]
    if former == "accepted":
        either.move_share(share, "accept")
    either.move_share(share, "request_return", reason=REASON, suggested_unit="transport")
    assert _look(either, share, "state", "former_state") == ("return_requested", former)
    either.move_share(share, "decide_return", by="clerk", granted=False, note="属于你局职责")
    assert _look(either, share, "state") == (former,)
    with either.reading():
        request = db.session.scalars(select(ReturnRequest)).one()
        assert (request.granted, request.decision_note, request.decided_at) == (False, "属于你局职责", NOW)
        assert request.suggested_unit is not None and request.suggested_unit.key == "transport"


def test_when_the_last_one_is_returned_the_case_waits_to_be_coordinated_again(either: World) -> None:
    reference = either.coordinated(units=CO)
    lead, co = either.shares(reference)
    _return(either, lead)
    assert either.state(reference) == "coordinated"
    either.move_share(co, "request_return", reason=REASON)
    either.move_share(co, "decide_return", by="director", granted=True)
    with either.reading():
        case = either.case(reference)
        assert (case.state, case.coordinated_at) == ("raised", None)
        event = db.session.scalars(select(Event).where(Event.verb == "recall")).one()
        assert (event.actor_kind, event.before, event.after) == ("system", "coordinated", "raised")


def test_a_case_whose_lead_returned_it_and_whose_co_was_waived_waits_too(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    lead, co = huiyin.shares(reference)
    _return(huiyin, lead)
    huiyin.move_share(co, "waive", by="clerk")
    assert huiyin.state(reference) == "raised"


def test_the_second_return_is_ruled_by_the_director(huiyin: World) -> None:
    reference = huiyin.coordinated()
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "request_return", reason=REASON)
    huiyin.move_share(share, "decide_return", by="clerk", granted=False)
    huiyin.move_share(share, "request_return", reason=REASON)
    for granted in (True, False):
        with pytest.raises(Forbidden):
            huiyin.move_share(share, "decide_return", by="clerk", granted=granted)
    huiyin.move_share(share, "decide_return", by="director", granted=True)
    assert (_look(huiyin, share, "state"), huiyin.state(reference)) == (("returned",), "raised")


def test_the_next_departments_return_of_the_same_case_is_the_second(huiyin: World) -> None:
    reference = huiyin.coordinated()
    _return(huiyin, huiyin.shares(reference)[0])
    huiyin.move(
        reference,
        "coordinate",
        route="assign",
        transfer_text="路灯不亮，请恢复。",
        confirmed=True,
        assignments=[{"unit": "transport", "role": "lead"}],
    )
    second = huiyin.shares(reference)[1]
    huiyin.move_share(second, "request_return", reason=REASON)
    with pytest.raises(Forbidden):
        huiyin.move_share(second, "decide_return", by="clerk", granted=False)
    huiyin.move_share(second, "decide_return", by="director", granted=False)
    assert _look(huiyin, second, "state") == ("dispatched",)


def test_a_return_needs_a_reason_of_some_length(huiyin: World) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    for reason in ("", "不归我们管", "长" * 1001):
        with pytest.raises(Invalid):
            huiyin.move_share(share, "request_return", reason=reason)
    with pytest.raises(Invalid):
        huiyin.move_share(share, "request_return", reason=REASON, suggested_unit="nowhere")


def _return(world: World, share: str) -> None:
    world.move_share(share, "request_return", reason=REASON)
    world.move_share(share, "decide_return", by="clerk", granted=True)


# --- replacements
def test_a_replacement_is_dispatched_while_the_case_is_handled_by_others(either: World) -> None:
    reference = either.coordinated(units=CO)
    _return(either, either.shares(reference)[0])
    replacement = either.drafted(reference, "education")
    either.move_share(replacement, "dispatch", by="clerk")
    assert _look(either, replacement, "state", "dispatched_at") == ("dispatched", NOW)
    with either.reading():
        last = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        assert (last.verb, last.assignment_id) == ("dispatch", either.share(replacement).id)


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        ((("housing", "lead"),), "lead", False),
        ((("housing", "lead"),), "separate", False),
        ((("housing", "lead"),), "co", True),
        ((("housing", "separate"), ("transport", "separate")), "lead", False),
        ((("housing", "separate"), ("transport", "separate")), "co", False),
        ((("housing", "separate"), ("transport", "separate")), "separate", True),
    ],
)
def test_a_case_never_has_two_leads(huiyin: World, first: Any, second: str, fits: bool) -> None:
    draft = huiyin.drafted(huiyin.coordinated(units=first), "education", second)
    if fits:
        huiyin.move_share(draft, "dispatch", by="clerk")
        return
    with pytest.raises(Conflict) as refused:
        huiyin.move_share(draft, "dispatch", by="clerk")
    assert refused.value.missing == ["fits_the_others"]


def test_a_draft_waits_for_coordination(huiyin: World) -> None:
    draft = huiyin.drafted(huiyin.raised(), "housing")
    with pytest.raises(Conflict) as refused:
        huiyin.move_share(draft, "dispatch", by="clerk")
    assert refused.value.missing == ["case_takes_departments"]


@pytest.mark.parametrize("ended", ["withdraw", "decline", "merge"])
def test_a_case_that_ended_takes_no_more_departments(huiyin: World, ended: str) -> None:
    reference = huiyin.raised()
    given = {"into": huiyin.raised()} if ended == "merge" else {"note": "不再办理"}
    huiyin.move(reference, ended, **given)
    with pytest.raises(Conflict):
        huiyin.drafted(reference, "housing")


def test_a_unit_is_on_the_list_once_and_only_a_department(huiyin: World) -> None:
    reference = huiyin.coordinated()
    for unit in ("housing", "office", "group", "nowhere"):
        with pytest.raises(Invalid) as refused:
            huiyin.drafted(reference, unit, "co")
        assert [error.field for error in refused.value.errors] == ["unit"]


# --- review
def test_the_office_sends_back_twice_and_then_the_director_decides(either: World) -> None:
    share = either.shares(either.coordinated())[0]
    for count in (1, 2):
        _reply(either, share)
        either.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
        assert _look(either, share, "state", "rework_count") == ("reworking", count)
    _reply(either, share)
    with pytest.raises(Forbidden):
        either.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
    either.move_share(share, "rework", by="director", reason="请局长办公会研究")
    assert _look(either, share, "rework_count") == (3,)
    with either.reading():
        reasons = [reply.rework_reason for reply in either.share(share).replies]
    assert reasons == ["没有写明责任单位", "没有写明责任单位", "请局长办公会研究"]


def test_an_approved_answer_may_still_be_sent_back_until_the_case_is_handled(huiyin: World) -> None:
    reference = huiyin.replied()
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "approve_reply", by="clerk")
    huiyin.move_share(share, "rework", by="clerk", reason="没有写明责任单位")
    assert _look(huiyin, share, "state", "completed_at") == ("reworking", None)
    done = huiyin.shares(huiyin.handled())[0]
    with pytest.raises(Conflict) as refused:
        huiyin.move_share(done, "rework", by="clerk", reason="没有写明责任单位")
    assert refused.value.missing == ["case_is_coordinated"]


# --- waive and revoke
def test_only_a_co_handler_is_waived(huiyin: World) -> None:
    lead, co = huiyin.shares(huiyin.coordinated(units=CO))
    with pytest.raises(Conflict) as refused:
        huiyin.move_share(lead, "waive", by="clerk")
    assert refused.value.missing == ["is_co"]
    huiyin.move_share(co, "waive", by="clerk")
    assert _look(huiyin, co, "state") == ("waived",)


def test_only_the_director_revokes_and_says_why(huiyin: World) -> None:
    reference = huiyin.coordinated()
    share = huiyin.shares(reference)[0]
    with pytest.raises(Forbidden):
        huiyin.move_share(share, "revoke", by="clerk", reason="主管单位有误")
    with pytest.raises(Invalid):
        huiyin.move_share(share, "revoke", by="director")
    huiyin.move_share(share, "revoke", by="director", reason="主管单位有误")
    assert (_look(huiyin, share, "state"), huiyin.state(reference)) == (("revoked",), "raised")


# --- words
def test_words_to_a_department_are_for_its_eyes_and_the_offices_are_not(huiyin: World) -> None:
    reference = huiyin.coordinated()
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "request_return", reason=REASON)
    huiyin.move_share(share, "decide_return", by="clerk", granted=False, note="属于你局职责")
    huiyin.move(reference, "withdraw", note="当事人撤回")
    with huiyin.reading():
        notes = db.session.scalars(select(Note).order_by(Note.id)).all()
        told = [(note.text, note.audience, note.assignment_id is not None) for note in notes]
    assert told == [(REASON, "unit", True), ("属于你局职责", "unit", True), ("当事人撤回", "office", False)]


def test_every_step_writes_one_event(huiyin: World) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    for name, given in (("accept", {}), ("request_return", {"reason": REASON})):
        before = _events(huiyin)
        huiyin.move_share(share, name, **given)
        assert _events(huiyin) == before + 1


def _events(world: World) -> int:
    with world.reading():
        return len(db.session.scalars(select(Event.id)).all())
