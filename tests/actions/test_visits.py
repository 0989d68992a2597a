"""A visit: what is kept of it, whose it is, and that it is whole or not at all."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests import campaigning
from tests.actions.conftest import everything
from tests.world import RESIDENT, World
from tracker.actions import campaigns, residents, visits
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.campaigns import DrivesIn
from tracker.incoming.cases import RevealIn
from tracker.incoming.schema import read
from tracker.incoming.visits import VisitEdit, VisitIn
from tracker.models import Event, Outbox, Person, Visit
from tracker.queries.residents import identity

CONCERN = {"summary": "路灯不亮", "narrative": "北门三盏路灯不亮", "area": "0101", "resident": RESIDENT}
CONTACT = {"contact": {"name": "沈桂芳", "phone": "13612345678"}, "address": "云林苑3号楼201室"}


def kept(public_id: str) -> Visit:
    """Inside an open transaction."""
    return db.session.scalars(select(Visit).where(Visit.public_id == public_id)).one()


def refused(world: World, by: str = "member", **changes: Any) -> list[str]:
    before = everything(world)
    with pytest.raises(Invalid) as fault:
        world.visited(by=by, **changes)
    assert everything(world) == before
    return [error.field for error in fault.value.errors]


@pytest.mark.requirement("S2-30")
@pytest.mark.parametrize(("who", "group"), [("member", "group"), ("member2", "group2")])
def test_a_visit_belongs_to_the_member_and_the_group_of_that_day(huiyin: World, who: str, group: str) -> None:
    public_id = huiyin.visited(by=who)
    with huiyin.reading():
        visit = kept(public_id)
        assert visit.group is not None
        assert (visit.member.login, visit.group.key) == (f"xs-{who}", group)


@pytest.mark.requirement("S2-31")
@pytest.mark.requirement("S2-32")
@pytest.mark.requirement("T01")
def test_whom_one_met_is_sealed(either: World) -> None:
    either.visited(**CONTACT)
    stored = repr(everything(either))
    for word in ("沈桂芳", "13612345678", "3号楼"):
        assert word not in stored


def test_the_event_of_a_visit_tells_nobody_and_holds_nothing(huiyin: World) -> None:
    huiyin.visited(**CONTACT)
    with huiyin.reading():
        event = db.session.scalars(select(Event)).one()
        assert (event.verb, event.data, event.case_id) == ("visit", {}, None)
        assert db.session.query(Outbox).count() == 0


def test_concerns_heard_on_it_have_their_own_residents(huiyin: World) -> None:
    public_id = huiyin.visited(cases=[CONCERN, CONCERN | {"resident": {}}], **CONTACT)
    with huiyin.reading():
        one, other = kept(public_id).cases
        assert identity(one).name == RESIDENT["name"]
        assert other.resident is not None and other.resident.is_anonymous
        assert {one.reference, other.reference} == {"XS-2026-000001", "XS-2026-000002"}


@pytest.mark.requirement("S2-33")
@pytest.mark.parametrize(
    ("day", "taken"), [("2026-11-23", True), ("2026-11-24", False), ("1999-01-01", True)]
)
def test_a_visit_was_today_or_before(huiyin: World, day: str, taken: bool) -> None:
    if taken:
        assert huiyin.visited(visited_on=day)
    else:
        assert refused(huiyin, visited_on=day) == ["visited_on"]


def test_today_begins_at_midnight_in_shanghai(huiyin: World) -> None:
    late = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert huiyin.visited(visited_on="2026-11-24", at=late)


def test_an_unknown_place_is_named(huiyin: World) -> None:
    assert refused(huiyin, area="99") == ["area"]


def test_a_fault_in_the_last_concern_undoes_visit_and_numbers(huiyin: World) -> None:
    assert refused(huiyin, cases=[CONCERN, CONCERN | {"area": "99"}]) == ["area"]
    assert huiyin.raised() == "XS-2026-000001"


@pytest.mark.requirement("S2-03")
def test_where_there_are_circles_one_is_named(huiyin: World) -> None:
    other = World(huiyin.app, "dt")
    assert refused(other, circle=None) == ["circle"]
    assert huiyin.visited(circle=None)


@pytest.mark.requirement("T37")
def test_a_client_id_is_ones_own(either: World) -> None:
    ours = either.visited(client_id="phone-7")
    assert either.visited(client_id="phone-7", reported="别的话") == ours
    assert either.visited(client_id="phone-7", by="member2") != ours
    assert either.visited(client_id="phone-8") != ours


@pytest.mark.parametrize("empty", [None, ""])
def test_without_a_client_id_two_visits_are_two(huiyin: World, empty: str | None) -> None:
    assert huiyin.visited(client_id=empty) != huiyin.visited(client_id=empty)


def test_a_repeat_is_answered_although_its_day_or_circle_would_be_refused_now(huiyin: World) -> None:
    first = huiyin.visited(client_id="phone-7")
    with huiyin.writing():
        given = read(VisitIn, {"visited_on": "2030-01-01", "reported": "走访", "client_id": "phone-7"})
        assert visits.register(given, by=huiyin.actor("member"))[0].public_id == first


@pytest.mark.parametrize("who", ["secretary", "clerk", "director", "dept", "leader", "auditor", "admin"])
def test_who_is_no_member_writes_no_visit_and_leaves_no_trace(huiyin: World, who: str) -> None:
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        huiyin.visited(by=who)
    assert everything(huiyin) == before


# --- who went along


def ids(world: World, *logins: str) -> list[str]:
    with world.reading():
        found = {person.login: person.public_id for person in db.session.scalars(select(Person))}
        return [found[f"xs-{login}" if "-" not in login else login] for login in logins]


def went(public_id: str) -> list[tuple[str, str | None]]:
    return [
        (one.person.login, one.group.key if one.group else None)
        for one in sorted(kept(public_id).visitors, key=lambda one: one.person.login)
    ]


@pytest.mark.requirement("S2-29")
@pytest.mark.requirement("S2-30")
def test_everybody_who_went_counts_in_their_own_group(either: World) -> None:
    public_id = either.visited(visitors=ids(either, "member2", "member"))
    with either.reading():
        assert went(public_id) == [("xs-member", "group"), ("xs-member2", "group2")]


@pytest.mark.parametrize("who", ["clerk", "dt-member", "dept"])
def test_only_members_of_the_committee_go_along(huiyin: World, who: str) -> None:
    assert refused(huiyin, visitors=ids(huiyin, who)) == ["visitors"]


# --- written down for somebody, and put right


def for_member(world: World, by: str, owner: str = "xs-member", **changes: Any) -> str:
    given = read(VisitIn, {"visited_on": "2026-11-20", "reported": "走访困难群众"} | changes)
    with world.writing():
        person = db.session.scalars(select(Person).where(Person.login == owner)).one()
        return visits.register(given, by=world.actor(by), owner=person)[0].public_id


@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_the_office_writes_down_what_a_member_brought_on_paper(huiyin: World, who: str) -> None:
    public_id = for_member(huiyin, who, cases=[CONCERN], client_id="row-1")
    assert for_member(huiyin, who, cases=[CONCERN], client_id="row-1") == public_id
    with huiyin.reading():
        visit = kept(public_id)
        (case,) = visit.cases
        assert (visit.member.login, case.raised_by.login) == ("xs-member", "xs-member")
        assert case.group_id == visit.group_id is not None
        events = db.session.scalars(select(Event)).all()
        assert {event.actor_id for event in events} == {huiyin.actor(who).id}


@pytest.mark.parametrize("who", ["member2", "director", "dt-clerk"])
def test_nobody_else_writes_visits_for_a_member(huiyin: World, who: str) -> None:
    with pytest.raises(Forbidden):
        for_member(huiyin, who)


def test_a_secretary_writes_for_the_own_group_only(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        for_member(huiyin, "secretary", owner="xs-member2")


def correct(world: World, public_id: str, *, by: str = "member", **changes: Any) -> None:
    given = {"visited_on": "2026-11-19", "reported": "走访困难群众，补充两点"} | changes
    with world.writing():
        visit = kept(public_id)
        visits.correct(visit, read(VisitEdit, given), by=world.actor(by), expect=visit.version)


@pytest.mark.requirement("S2-28")
def test_a_visit_is_put_right_by_its_writer(either: World) -> None:
    public_id = either.visited(**CONTACT, visitors=ids(either, "member2"))
    correct(either, public_id, contact={"name": "沈桂芬"}, circle="friends", persons_count=3)
    with either.reading():
        visit = kept(public_id)
        assert (visit.reported, visit.circle, visit.persons_count) == ("走访困难群众，补充两点", "friends", 3)
        assert (identity(visit).name, identity(visit).phone) == ("沈桂芬", "")
        assert went(public_id) == [("xs-member", "group")]
        verbs = [event.verb for event in db.session.scalars(select(Event).order_by(Event.id))]
        assert verbs == ["visit", "edit"]


def test_a_name_put_right_is_right_on_its_case_too(either: World) -> None:
    """A case from an imported form shares the visit's resident, and somebody may have looked at it."""
    public_id = either.visited(**CONTACT, cases=[CONCERN])
    with either.writing():
        visit = kept(public_id)
        visit.cases[0].resident = visit.resident
        look = RevealIn(reason="需要当面核实情况")
        residents.reveal(visit.cases[0], look, by=either.actor("clerk"))
    correct(either, public_id, contact={"name": "沈桂芬"})
    with either.reading():
        visit = kept(public_id)
        assert identity(visit).name == identity(visit.cases[0]).name == "沈桂芬"


def test_a_visit_to_somebody_known_leaves_them_as_they_are(huiyin: World) -> None:
    public_id = huiyin.visited(link=huiyin.linked(called="沈桂芳"))
    correct(huiyin, public_id, contact={"kind": "enterprise"})
    with huiyin.reading():
        visit = kept(public_id)
        assert (identity(visit).name, visit.contact_kind) == ("沈桂芳", "public_person")


def test_a_visit_stands_once_somebody_works_on_what_was_heard(huiyin: World) -> None:
    public_id = huiyin.visited(cases=[CONCERN])
    correct(huiyin, public_id)
    with huiyin.reading():
        reference = kept(public_id).cases[0].reference
    done = {"category": "B01", "subject_unit": "none", "result": "已当场修好"}
    huiyin.move(reference, "coordinate", route="quick", **done)
    with pytest.raises(Conflict):
        correct(huiyin, public_id, reported="改写")
    with huiyin.reading():
        assert kept(public_id).reported == "走访困难群众，补充两点"


@pytest.mark.parametrize("who", ["member2", "secretary", "clerk", "dt-member"])
def test_nobody_else_puts_a_visit_right(huiyin: World, who: str) -> None:
    public_id = huiyin.visited()
    with pytest.raises(Forbidden):
        correct(huiyin, public_id, by=who)


OTHER = "三解三促"


@pytest.mark.requirement("S1-09")
def test_a_visit_says_within_which_drive_it_was_made(either: World) -> None:
    campaigning.begun(either)
    public_id = either.visited(drive=OTHER)
    with either.reading():
        visit = kept(public_id)
        assert (visit.drive, visit.campaign_id is not None) == (OTHER, True)


@pytest.mark.requirement("S1-09")
def test_only_a_drive_that_the_campaign_of_that_day_names_is_taken(huiyin: World) -> None:
    assert refused(huiyin, drive=OTHER) == ["drive"]
    campaigning.begun(huiyin)
    assert refused(huiyin, drive="大走访") == ["drive"]
    assert refused(huiyin, drive=OTHER, visited_on="2025-11-20") == ["drive"]
    with pytest.raises(Invalid) as fault:
        huiyin.visited(drive="大走访")
    assert fault.value.errors[0].params == {"drives": OTHER}


@pytest.mark.requirement("S1-09")
def test_a_correction_changes_the_drive_and_keeps_one_named_no_more(huiyin: World) -> None:
    campaigning.begun(huiyin)
    public_id = huiyin.visited(drive=OTHER)
    with huiyin.writing():
        campaign, clerk = campaigning.campaign(huiyin), huiyin.actor("clerk")
        campaigns.name_drives(campaign, DrivesIn(drives=[]), by=clerk)
    given = {"visited_on": "2026-11-20", "reported": "又说了两点"}
    for drive in (OTHER, ""):
        with huiyin.writing():
            visits.correct(
                kept(public_id), read(VisitEdit, given | {"drive": drive}), by=huiyin.actor("member")
            )
        with huiyin.reading():
            assert kept(public_id).drive == drive
    with pytest.raises(Invalid), huiyin.writing():
        visits.correct(kept(public_id), read(VisitEdit, given | {"drive": OTHER}), by=huiyin.actor("member"))
