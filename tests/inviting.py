"""A meeting to which people are asked, in the small world."""

from datetime import date, datetime
from typing import Any

from tests import campaigning
from tests.first_steps import step
from tests.world import NOW, World
from tracker.actions import activities as acts
from tracker.actions import invitees
from tracker.extensions import db
from tracker.incoming.activities import ActivityEdit, ActivityIn, ReceptionIn, WorkstationIn
from tracker.incoming.invitees import InviteeIn
from tracker.incoming.schema import read
from tracker.models import Activity, Invitee
from tracker.queries import activities

TODAY = date(2026, 11, 23)
MEETING = {"kind": "symposium", "title": "东亭街道居民座谈会", "held_on": TODAY.isoformat()}
GUEST = {"called": "蒋秋萍", "sector": "云林社区居民", "capacity": "speaker", "consent_process": True}
SPEECH = "云林苑北门路灯半个月不亮。蒋秋萍说晚上看不清台阶。"


@step
def meeting(
    world: World, *, by: str = "secretary", key: str = "group", at: datetime = NOW, **given: Any
) -> str:
    """The public id of a meeting of the secretary's unit, today."""
    with world.writing(at):
        values = MEETING | {"unit": campaigning.group_id(world, key)} | given
        return acts.hold(read(ActivityIn, values), by=world.actor(by)).public_id


def event(world: World, public_id: str, by: str = "clerk") -> Activity:
    """Inside an open transaction."""
    return activities.event(public_id, world.actor(by))


@step
def proposed(world: World, meeting: str, *, by: str = "secretary", at: datetime = NOW, **given: Any) -> str:
    with world.writing(at):
        wanted = read(InviteeIn, GUEST | given)
        return invitees.propose(event(world, meeting), wanted, by=world.actor(by)).public_id


def invitee(public_id: str) -> Invitee:
    """Inside an open transaction."""
    return db.session.query(Invitee).filter_by(public_id=public_id).one()


@step
def moved(world: World, public_id: str, name: str, *, by: str, at: datetime = NOW, **given: Any) -> None:
    with world.writing(at):
        invitees.move(invitee(public_id), name, by=world.actor(by), given=given)


@step
def changed(world: World, public_id: str, *, by: str = "clerk", at: datetime = NOW, **given: Any) -> int:
    """How many have to be told; ``cancelled`` calls the meeting off instead."""
    with world.writing(at):
        event = activities.event(public_id, world.actor(by))
        if given.pop("cancelled", False):
            return acts.cancel_event(event, by=world.actor(by))
        return acts.edit_event(event, read(ActivityEdit, MEETING | given), by=world.actor(by))


@step
def spoken(world: World, meeting: str, *, at: datetime = NOW) -> str:
    """Somebody who was let in, came and spoke."""
    public_id = proposed(world, meeting, at=at)
    moved(world, public_id, "approve", by="director", at=at)
    moved(world, public_id, "attend", by="secretary", at=at)
    moved(world, public_id, "speak", by="secretary", at=at, speech=SPEECH)
    return public_id


@step
def reception(world: World) -> tuple[str, str]:
    """A studio of the secretary's unit and one of its days; their public ids."""
    with world.writing():
        by = world.actor("secretary")
        given = {"kind": "studio", "name": "云林社区委员工作室", "opened_on": "2026-11-02"}
        station = acts.set_up(read(WorkstationIn, given | {"unit": campaigning.group_id(world)}), by=by)
        day = acts.receive_residents(
            station, ReceptionIn(held_on=date(2026, 11, 20), members="吴海燕"), by=by
        )
        return station.public_id, day.public_id
