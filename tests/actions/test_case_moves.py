"""What each move of a case changes, needs and leaves behind."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.world import NOW, REPLY, TRANSFER, World
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.models import Event, Letter, Note

CO = (("housing", "lead"), ("transport", "co"))
SEPARATE = (("housing", "separate"), ("transport", "separate"))
ASSIGN = {"route": "assign", "transfer_text": TRANSFER, "confirmed": True}


def look(world: World, reference: str, *names: str) -> tuple[Any, ...]:
    with world.reading():
        case = world.case(reference)
        return tuple(getattr(case, name) for name in names)


def states(world: World, reference: str) -> list[str]:
    with world.reading():
        return [share.state for share in world.case(reference).assignments]


def verbs(world: World, reference: str) -> list[str]:
    with world.reading():
        case = world.case(reference)
        return list(
            db.session.scalars(select(Event.verb).where(Event.case_id == case.id).order_by(Event.seq))
        )


def answer(world: World, public_id: str, result: str = "A", *, approve: bool = True) -> None:
    world.move_share(public_id, "reply", result_class=result, text=REPLY, contact_record="on_site")
    if approve:
        world.move_share(public_id, "approve_reply", by="clerk")


# --- coordinate
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"category": None}, ["has_category"]),
        ({"subject_unit": None}, ["subject_is_decided"]),
        ({"category": None, "subject_unit": None}, ["has_category", "subject_is_decided"]),
    ],
)
def test_coordination_waits_for_category_and_subject(
    huiyin: World, given: dict[str, Any], missing: list[str]
) -> None:
    reference = huiyin.raised(**given)
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "coordinate", route="quick", result="已告知")
    assert refused.value.missing == missing
    huiyin.move(reference, "coordinate", route="quick", category="B01", subject_unit="none", result="已告知")
    assert huiyin.state(reference) == "coordinated"


@pytest.mark.parametrize(
    "units",
    [
        (),
        (("housing", "co"),),
        (("housing", "separate"),),
        (("housing", "lead"), ("transport", "lead")),
        (("housing", "lead"), ("transport", "separate")),
        (("housing", "separate"), ("transport", "separate"), ("education", "co")),
    ],
)
def test_coordination_needs_one_lead_or_two_separate_handlers(huiyin: World, units: Any) -> None:
    wanted = [{"unit": unit, "role": role} for unit, role in units]
    with pytest.raises(Conflict) as refused:
        huiyin.move(huiyin.raised(), "coordinate", **ASSIGN, assignments=wanted)
    assert refused.value.missing == ["has_lead"]


@pytest.mark.parametrize("units", [CO, SEPARATE, (("housing", "lead"),)])
def test_coordination_sends_every_draft_at_once(either: World, units: Any) -> None:
    reference = either.coordinated(units=units)
    assert states(either, reference) == ["dispatched"] * len(units)
    assert verbs(either, reference) == ["raise", "coordinate"] + ["dispatch"] * len(units)


def test_a_draft_made_before_is_sent_with_the_others(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.drafted(reference, "housing")
    huiyin.move(reference, "coordinate", **ASSIGN, assignments=[{"unit": "transport", "role": "co"}])
    assert states(huiyin, reference) == ["dispatched", "dispatched"]


@pytest.mark.requirement("S2-17")
def test_another_route_calls_earlier_drafts_off(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.drafted(reference, "housing")
    huiyin.move(reference, "coordinate", route="quick", result="已电话告知")
    assert states(huiyin, reference) == ["revoked"]


@pytest.mark.parametrize("route", ["quick", "refer", "brief"])
def test_only_the_assign_route_takes_departments(huiyin: World, route: str) -> None:
    wanted = [{"unit": "housing", "role": "lead"}]
    with pytest.raises(Invalid):
        huiyin.move(huiyin.raised(), "coordinate", route=route, assignments=wanted)
    reference = huiyin.quick(route)
    with pytest.raises(Conflict) as refused:
        huiyin.drafted(reference, "housing")
    assert refused.value.missing == ["case_takes_departments"]


# --- handle
@pytest.mark.parametrize(
    ("route", "by_itself", "disposition"),
    [("quick", "A", None), ("refer", "D", "referred_out"), ("brief", "D", None)],
)
def test_a_route_without_departments_is_handled_by_its_result(
    huiyin: World, route: str, by_itself: str, disposition: str | None
) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "coordinate", route=route)
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "handle")
    assert refused.value.missing == ["has_outcome"]
    huiyin.move(reference, "handle", result="已电话告知办理渠道。")
    found = look(huiyin, reference, "state", "outcome_class", "disposition", "handled_at")
    assert found == ("handled", by_itself, disposition, NOW)
    huiyin.move(reference, "feed_back", told="oral")
    assert huiyin.state(reference) == "fed_back"


def test_handling_waits_for_every_co_opinion_unless_it_is_waived(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    lead, co = huiyin.shares(reference)
    answer(huiyin, lead, "B")
    for step in ("nothing", "reply"):
        if step == "reply":
            answer(huiyin, co, approve=False)
        with pytest.raises(Conflict) as refused:
            huiyin.move(reference, "handle")
        assert refused.value.missing == ["has_outcome"]
    huiyin.move_share(co, "waive", by="clerk")
    huiyin.move(reference, "handle")
    assert look(huiyin, reference, "state", "outcome_class") == ("handled", "B")


def test_every_separate_handler_must_answer(huiyin: World) -> None:
    reference = huiyin.coordinated(units=SEPARATE)
    first, second = huiyin.shares(reference)
    answer(huiyin, first)
    with pytest.raises(Conflict):
        huiyin.move(reference, "handle")
    answer(huiyin, second, "C")
    huiyin.move(reference, "handle")
    assert huiyin.state(reference) == "handled"


def test_the_outcome_is_that_of_the_lead_who_answered_last(huiyin: World) -> None:
    """A lead taken off after answering once does not decide the class."""
    reference = huiyin.coordinated()
    first = huiyin.shares(reference)[0]
    second = huiyin.drafted(reference, "transport")
    answer(huiyin, first, "A", approve=False)
    huiyin.move_share(first, "rework", by="clerk", reason="答复不实")
    huiyin.move_share(first, "revoke", by="director", reason="改由交通局主办")
    assert huiyin.state(reference) == "raised"
    huiyin.move(reference, "coordinate", **ASSIGN)
    answer(huiyin, second, "C")
    huiyin.move(reference, "handle")
    assert look(huiyin, reference, "outcome_class") == ("C",)


# --- feed back
def test_feedback_waits_until_somebody_was_told(huiyin: World) -> None:
    reference = huiyin.handled()
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "feed_back")
    assert refused.value.missing == ["is_told"]
    huiyin.move(reference, "feed_back", told="oral", note="电话告知本人，表示感谢")
    assert look(huiyin, reference, "state", "told_kind", "told_at") == ("fed_back", "oral", NOW)


def test_a_delivered_letter_feeds_back_by_itself(either: World) -> None:
    reference = either.handled()
    either.delivered(reference)
    assert (either.state(reference), verbs(either, reference)[-2:]) == ("fed_back", ["deliver", "feed_back"])


@pytest.mark.parametrize(
    ("resident", "refused"),
    [
        ({}, False),
        ({"name": "欧阳桂兰", "consent_process": True}, True),
        ({"phone": "13912342186", "consent_process": True}, True),
        ({"address": "云林苑12号楼", "consent_process": True}, False),
    ],
)
def test_the_code_page_answers_only_those_who_left_no_name_and_no_phone(
    huiyin: World, resident: dict[str, Any], refused: bool
) -> None:
    reference = huiyin.handled(resident=resident)
    if not refused:
        huiyin.move(reference, "feed_back", told="code_page")
        assert huiyin.state(reference) == "fed_back"
        return
    with pytest.raises(Invalid):
        huiyin.move(reference, "feed_back", told="code_page")


# --- rework of a case
def test_a_case_sent_back_goes_to_its_departments_and_its_draft_letter_is_void(either: World) -> None:
    reference = either.handled(units=CO)
    letter = either.letter(reference)
    either.move(reference, "rework", note="答复没有回应第二个问题")
    assert states(either, reference) == ["reworking", "completed"]
    assert look(either, reference, "state", "handled_at", "outcome_class") == ("coordinated", None, None)
    with either.reading():
        assert db.session.scalars(select(Letter.state).where(Letter.public_id == letter)).one() == "voided"
    later = NOW + timedelta(days=1)
    share = either.shares(reference)[0]
    either.move_share(share, "reply", at=later, result_class="B", text=REPLY, contact_record="on_site")
    either.move_share(share, "approve_reply", by="clerk", at=later)
    either.move(reference, "handle", at=later)
    either.delivered(reference, at=later)
    assert look(either, reference, "state", "outcome_class") == ("fed_back", "B")


def test_a_signed_and_numbered_letter_bars_the_way_back(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, "issued")
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "rework", note="再核实一次")
    assert refused.value.missing == ["has_no_issued_letter"]


def test_a_result_without_departments_is_struck_when_it_is_sent_back(huiyin: World) -> None:
    reference = huiyin.quick("refer")
    huiyin.move(reference, "handle")
    huiyin.move(reference, "rework", note="转送单位有误")
    assert look(huiyin, reference, "outcome_text", "outcome_class", "disposition") == ("", None, None)
    with pytest.raises(Conflict):
        huiyin.move(reference, "handle")


# --- decline, withdraw, close
def test_a_declined_case_is_called_off_and_its_raiser_is_told_why(huiyin: World) -> None:
    reference = huiyin.coordinated(units=CO)
    huiyin.move(reference, "decline", note="属于诉讼事项，请向法院反映")
    assert states(huiyin, reference) == ["revoked", "revoked"]
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "feed_back")
    assert refused.value.missing == ["is_told"]
    huiyin.move(reference, "feed_back", told="oral")
    found = look(huiyin, reference, "state", "disposition", "outcome_text", "handled_at")
    assert found == ("fed_back", "not_accepted", "属于诉讼事项，请向法院反映", None)


def test_a_declined_case_may_be_told_by_letter(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", note="属于诉讼事项，请向法院反映")
    huiyin.delivered(reference)
    assert huiyin.state(reference) == "fed_back"


@pytest.mark.parametrize("name", ["decline", "merge"])
def test_what_a_department_answered_can_no_longer_be_declined_or_merged(huiyin: World, name: str) -> None:
    given = {"into": huiyin.raised()} if name == "merge" else {"note": "不属于受理范围"}
    with pytest.raises(Conflict) as refused:
        huiyin.move(huiyin.replied(), name, **given)
    assert refused.value.missing == ["has_no_reply"]


@pytest.mark.parametrize("far", ["raised", "coordinated", "replied"])
def test_a_withdrawn_case_is_closed_and_nothing_stays_open_anywhere(huiyin: World, far: str) -> None:
    reference = getattr(huiyin, far)()
    huiyin.move(reference, "withdraw", by="member", note="邻里已经自行解决")
    assert look(huiyin, reference, "disposition", "closed_at", "due_at") == ("withdrawn", NOW, None)
    assert set(states(huiyin, reference)) <= {"revoked"}


def test_another_member_cannot_withdraw_it(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        huiyin.move(huiyin.raised(), "withdraw", by="member2", note="邻里已经自行解决")


def test_the_director_closes_once_what_was_fed_back(huiyin: World) -> None:
    reference = huiyin.fed_back()
    with pytest.raises(Forbidden):
        huiyin.move(reference, "close")
    huiyin.move(reference, "close", by="director")
    assert look(huiyin, reference, "state", "closed_at") == ("fed_back", NOW)
    with pytest.raises(Conflict) as refused:
        huiyin.move(reference, "close", by="director")
    assert refused.value.missing == ["is_not_closed"]


@pytest.mark.parametrize("name", ["decline", "withdraw", "rework"])
def test_a_reason_is_asked_for(huiyin: World, name: str) -> None:
    for note in ({}, {"note": ""}, {"note": "无"}):
        with pytest.raises(Invalid) as refused:
            huiyin.move(huiyin.raised(), name, **note)
        assert [error.field for error in refused.value.errors] == ["note"]


# --- moves of the system
@pytest.mark.parametrize("name", ["recall", "reopen"])
def test_nobody_makes_a_move_of_the_system_by_hand(huiyin: World, name: str) -> None:
    for who in ("clerk", "director"):
        with pytest.raises(Forbidden):
            huiyin.move(huiyin.fed_back() if name == "reopen" else huiyin.coordinated(), name, by=who)


def test_a_merged_case_is_not_handled_by_hand(huiyin: World) -> None:
    child = huiyin.raised()
    huiyin.move(child, "merge", into=huiyin.raised())
    for who in ("clerk", "director"):
        with pytest.raises(Conflict):
            huiyin.move(child, "handle", by=who)


@pytest.mark.parametrize("name", ["", "burn", "COORDINATE", "coordinate:quick"])
def test_a_move_nobody_knows_is_invalid_input(huiyin: World, name: str) -> None:
    with pytest.raises(Invalid):
        huiyin.move(huiyin.raised(), name)


@pytest.mark.requirement("T15")
@pytest.mark.parametrize(
    "field", ["state", "closed_at", "version", "master_id", "outcome_class", "committee_id"]
)
def test_a_move_takes_no_field_it_does_not_know(huiyin: World, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        huiyin.move(huiyin.raised(), "feed_back", told="oral", **{field: "x"})
    assert [error.field for error in refused.value.errors] == [field]


# --- the diary
def test_each_move_writes_one_event_and_its_words_beside_it(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", note="属于诉讼事项，请向法院反映")
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "decline")).one()
        note = db.session.scalars(select(Note)).one()
        assert (event.before, event.after, event.actor_kind, event.data) == ("raised", "raised", "person", {})
        assert (note.event_id, note.audience, note.text) == (event.id, "office", "属于诉讼事项，请向法院反映")


def test_an_edit_names_the_fields_and_not_their_words(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.edited(reference, summary="另一段话", urgency="urgent")
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "edit")).one()
        assert event.data == {"fields": ["summary", "urgency"]}


def test_the_raiser_may_edit_until_triage_and_the_office_after(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.edited(reference, by="member", narrative="又坏了两盏，一共五盏路灯不亮。")
    huiyin.move(reference, "coordinate", route="quick", result="已告知")
    with pytest.raises(Invalid):
        huiyin.edited(reference, by="member", narrative="改一改说法。")
    huiyin.edited(reference, by="clerk", narrative="又坏了两盏，一共五盏路灯不亮。")
    with pytest.raises(Forbidden):
        huiyin.edited(reference, by="member2", narrative="改一改说法。")
