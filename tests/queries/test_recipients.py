"""Who hears of an event: whoever is next, may read it, and did not make it."""

from sqlalchemy import select

from tests.world import World
from tracker.actions import cases, notices, outbox
from tracker.extensions import db
from tracker.incoming.cases import NoteIn
from tracker.models import Committee, Event, Outbox, Person
from tracker.outgoing.notices import Template, name_of
from tracker.outgoing.notices import template as template_of
from tracker.queries import recipients


def heard(world: World, verb: str) -> set[str]:
    """Logins without the committee, for the newest event of this verb."""
    with world.writing():
        event = db.session.scalars(
            select(Event).where(Event.verb == verb).order_by(Event.id.desc()).limit(1)
        ).one()
        template = template_of(name_of(event.object_kind, event.verb))
        assert isinstance(template, Template)
        found = recipients.of(recipients.about(event.id), template.audience)
        return {person.login.removeprefix("xs-") for person in found}


def test_a_new_concern_is_the_offices(huiyin: World) -> None:
    huiyin.raised()
    assert heard(huiyin, "raise") == {"clerk", "clerk2"}


def test_whoever_made_the_event_is_not_told_of_it(huiyin: World) -> None:
    huiyin.raised(by="clerk")
    assert heard(huiyin, "raise") == {"clerk2"}


def test_an_accusation_goes_to_the_directors_and_named_officers_only(huiyin: World) -> None:
    huiyin.raised(is_accusation=True)
    assert heard(huiyin, "raise") == {"director", "director2"}
    with huiyin.writing():
        officer = db.session.scalars(select(Person).where(Person.login == "xs-clerk2")).one()
        committee = db.session.get_one(Committee, officer.committee_id)
        committee.settings = {"accusation_officers": [officer.id]}
    assert heard(huiyin, "raise") == {"director", "director2", "clerk2"}


def test_only_the_department_in_question_hears_of_an_assignment(huiyin: World) -> None:
    reference = huiyin.coordinated()
    assert heard(huiyin, "dispatch") == {"dept"}
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "request_return", reason="经核实，这条路的照明由市政养护单位负责，不归我局管理")
    assert heard(huiyin, "request_return") == {"clerk", "clerk2", "director", "director2"}


def test_a_department_is_not_told_that_a_draft_was_taken_back(huiyin: World) -> None:
    reference = huiyin.raised()
    share = huiyin.drafted(reference, "housing")
    huiyin.move_share(share, "revoke", by="director", reason="选错了单位")
    assert heard(huiyin, "revoke") == set()


def test_a_letter_waits_for_a_director_who_did_not_draft_it(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, "submitted")
    assert heard(huiyin, "submit") == {"director", "director2"}


def test_an_instruction_reaches_those_who_act_on_it(huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.writing():
        leader = huiyin.actor("leader")
        cases.note(huiyin.case(reference), NoteIn(text="请尽快办理"), by=leader, verb="instruct")
    assert heard(huiyin, "instruct") == {"clerk", "clerk2", "director", "director2"}


def test_who_has_left_hears_nothing(huiyin: World) -> None:
    huiyin.raised()
    with huiyin.writing():
        db.session.scalars(select(Person).where(Person.login == "xs-clerk2")).one().is_active = False
    assert heard(huiyin, "raise") == {"clerk"}


def test_a_parked_job_is_the_administrators(huiyin: World) -> None:
    huiyin.raised()
    with huiyin.writing():
        outbox.put("notify", "odd:1", {}, huiyin.actor("clerk").committee_id)
        db.session.flush()
        notices.alert(db.session.scalars(select(Outbox).where(Outbox.effect_key == "odd:1")).one())
    assert heard(huiyin, "park") == {"admin"}
