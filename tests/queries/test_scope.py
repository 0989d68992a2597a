"""The permission file as SQL and as a question: both answer every pair of a person and a row alike (T14)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, select

from tests import campaigning
from tests.accusing import carried_on
from tests.campaigning import begun
from tests.queries.stages import papers
from tests.visiting import HEARD, together
from tests.world import CAST, NOW, World
from tracker.actions import group_reports
from tracker.extensions import db, transaction
from tracker.incoming.group_reports import DutyIn, StoryIn
from tracker.models import (
    Assignment,
    Case,
    Committee,
    FormImport,
    GroupReport,
    Letter,
    Membership,
    OrgUnit,
    Person,
    Submission,
    Visit,
)
from tracker.queries import people, scope
from tracker.rules import permissions
from tracker.rules.actors import Actor, system
from workflows.case import CASE

pytestmark = pytest.mark.requirement("T14")

CO = (("housing", "lead"), ("transport", "co"))
SEPARATE = (("housing", "separate"), ("transport", "separate"))


@dataclass(frozen=True)
class Room:
    """One kind of row, its condition, and the verbs that are asked of it."""

    model: type[Any]
    where: Callable[[Actor, str], ColumnElement[bool]]
    verbs: tuple[str, ...]


ROOMS = (
    Room(Case, scope.cases, ("read", "read_story", "coordinate", "issue_code", "withdraw", "rate")),
    Room(Assignment, scope.assignments, ("read", "read_text", "reply", "rework", "waive")),
    Room(Letter, scope.letters, ("read", "read_content", "issue", "void")),
    Room(Visit, scope.visits, ("read", "edit", "raise_case", "export")),
    Room(Submission, scope.submissions, ("read", "correct", "select", "follow_up", "export")),
    Room(FormImport, scope.imports, ("read", "confirm")),
    Room(GroupReport, scope.group_reports, ("read", "receive", "supervise")),
)


def _fill(world: World) -> None:
    """Every state and every flag a case can have, raised by people of two groups."""
    for member in ("member", "member2"):
        world.raised(by=member, category=None)
        world.raised(by=member, is_accusation=True, subject_unit="housing")
        world.quick(is_accusation=True, by="director", route="refer")
        world.coordinated(by=member, units=CO)
        world.coordinated(by=member, units=SEPARATE, is_petition=True)
        world.visited(by=member)
        world.submitted(by=member)
    for writer, other in (("member", "member2"), ("member2", "member")):
        together(world, by=writer, along=(other,), cases=[HEARD])
        together(world, by=writer, along=(other,), cases=[HEARD | {"is_accusation": True}])
    carried_on(world, world.submitted())
    world.drafted(world.raised(), "housing")
    world.raised(by="clerk")
    world.raised(by="director", is_accusation=True)
    world.quick("brief")
    world.replied(units=CO)
    world.letter(world.handled(by="member2", units=CO))
    world.rated(world.fed_back(), "dissatisfied")
    world.move(world.fed_back(), "close", by="director")
    _fill_ends(world)
    _fill_conflicts(world)
    papers(world)
    _fill_reports(world)


def _fill_reports(world: World) -> None:
    """Each group looks after the other; of one of them the duty has ended."""
    begun(world)
    for key in ("group", "group2"):
        with world.writing():
            report = campaigning.report(world, key=key)
            group_reports.write_story(report, StoryIn(story="走访了十二户。"), by=world.actor("clerk"))
            other = "group2" if key == "group" else "group"
            duty = DutyIn(unit=campaigning.group_id(world, other))
            made = group_reports.liaise(report, duty, by=world.actor("clerk"))
            made.ended_at = NOW if key == "group" else None


def _fill_ends(world: World) -> None:
    master = world.coordinated()
    world.move(world.raised(by="member2"), "merge", into=master)
    world.move(world.coordinated(units=CO), "withdraw", note="当事人撤回")
    declined = world.raised()
    world.move(declined, "decline", note="不属于受理范围")
    world.letter(declined)
    returned = world.shares(world.coordinated())[0]
    world.move_share(returned, "request_return", reason="该路段由交通部门管养，我局无权处置。" * 2)
    world.move_share(returned, "decide_return", by="clerk", granted=True)


def _fill_conflicts(world: World) -> None:
    """The subject turns out to be a department that already has it; an accusation is recognised late."""
    world.edited(world.coordinated(units=CO), subject_unit="housing")
    world.edited(world.replied(units=CO), subject_unit="transport")
    world.edited(world.coordinated(units=CO), subject_unit="education")
    world.edited(world.coordinated(units=CO), is_accusation=True)
    late = world.handled(units=CO)
    world.letter(late)
    world.edited(late, is_accusation=True)


def _employ(code: str) -> None:
    """A named officer, and accounts with two posts."""
    committee = db.session.scalars(select(Committee).where(Committee.code == code)).one()
    units = {
        u.key: u for u in db.session.scalars(select(OrgUnit).where(OrgUnit.committee_id == committee.id))
    }
    officer = db.session.scalars(select(Person).where(Person.login == f"{code}-clerk2")).one()
    committee.settings = {"accusation_officers": [officer.id]}
    double = {
        "both": [("secretary", "group"), ("member", "group2")],
        "wide": [("handler", "housing"), ("handler", "transport")],
        "busy": [("clerk", "office"), ("member", "group")],
    }
    for name, posts in double.items():
        person = Person(committee_id=committee.id, login=f"{code}-{name}", name=name)
        person.posts = [Membership(unit_id=units[unit].id, role=role) for role, unit in posts]
        db.session.add(person)


def _actors() -> list[Actor]:
    persons = [people.as_actor(person) for person in db.session.scalars(select(Person).order_by(Person.id))]
    residents = [
        Actor("resident", case.id, "", case.committee_id) for case in db.session.scalars(select(Case))
    ]
    committees = db.session.scalars(select(Committee.id)).all()
    return [*persons, *residents, *(system(number) for number in committees)]


def _seen(room: Room, actor: Actor, verb: str) -> set[int]:
    query = select(room.model.id).where(room.where(actor, verb))
    if room.model in (Assignment, Letter):
        query = query.join(Case, Case.id == room.model.case_id)
    return set(db.session.scalars(query))


def _disagreements(room: Room, actor: Actor, rows: Sequence[Any]) -> list[str]:
    found = []
    for verb in room.verbs:
        seen = _seen(room, actor, verb)
        allowed = {row.id for row in rows if permissions.may(actor, verb, row)}
        found += [f"{actor.login or actor.kind} {verb} {room.model.__name__} {n}" for n in seen ^ allowed]
    return found


@pytest.fixture
def filled(either_app: Flask) -> Flask:
    for code in ("xs", "dt"):
        world = World(either_app, code)
        with world.writing():
            _employ(code)
        _fill(world)
    return either_app


def test_sql_and_rule_agree_for_every_person_and_every_row(filled: Flask) -> None:
    pairs, seen, found = 0, 0, []
    with filled.app_context(), transaction("read"):
        actors, cases = _actors(), db.session.scalars(select(Case)).all()
        _cover_every_state_and_flag(cases)
        assert len(actors) >= 2 * (len(CAST) + 3) + len(cases)
        for room in ROOMS:
            rows = db.session.scalars(select(room.model)).all()
            for actor in actors:
                found += _disagreements(room, actor, rows)
                pairs += len(rows) * len(room.verbs)
                seen += len(_seen(room, actor, "read"))
    print(f"{pairs} pairs of actor and row, {seen} readable, {len(found)} disagreements")
    assert found == []
    assert pairs >= 30_000
    assert seen >= 500


def _cover_every_state_and_flag(cases: Sequence[Case]) -> None:
    shares = [share for case in cases for share in case.assignments]
    assert {case.state for case in cases} == set(CASE.states)
    assert {case.disposition for case in cases} >= {"merged", "withdrawn", "not_accepted", None}
    assert {case.state for case in cases if case.is_accusation} >= {"raised", "coordinated", "handled"}
    assert any(share.is_conflicted for share in shares)
    assert any(share.is_accusation and share.state != "draft" for share in shares)
    assert len({case.committee_id for case in cases}) == 2


@pytest.mark.requirement("T06")
def test_a_department_loses_its_assignment_when_it_turns_out_to_be_the_subject(either: World) -> None:
    reference = either.coordinated(units=CO)
    housing, transport = either.shares(reference)
    assert (_reads(either, "dept", housing), _reads(either, "dept2", transport)) == (True, True)
    either.edited(reference, subject_unit="housing")
    assert (_reads(either, "dept", housing), _reads(either, "dept2", transport)) == (False, True)
    either.edited(reference, subject_unit="none")
    assert _reads(either, "dept", housing)


def _reads(world: World, login: str, public_id: str) -> bool:
    with world.app.app_context(), transaction("read"):
        actor = world.actor(login)
        query = (
            select(Assignment.id)
            .join(Case, Case.id == Assignment.case_id)
            .where(Assignment.public_id == public_id, scope.assignments(actor))
        )
        by_sql = db.session.scalar(query) is not None
        assert by_sql == permissions.may(actor, "read", world.share(public_id))
        return by_sql
