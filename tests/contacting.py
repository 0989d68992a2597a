"""A page for residents as tests open it: a workstation, days to come, and the office's decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from tests import campaigning
from tests.first_steps import step
from tests.world import World
from tracker.actions import activities
from tracker.actions import contact_page as acts
from tracker.extensions import db
from tracker.incoming.activities import PlannedDayIn, WorkstationIn
from tracker.incoming.contact_page import PublishIn
from tracker.models import Person, Workstation
from tracker.queries import contact_page, reference
from tracker.queries.activities import workstation

OPENED = date(2026, 11, 2)
# Wednesdays after the Monday of the world.
SOON, LATER = date(2026, 11, 25), date(2026, 12, 2)
PLACE = "东亭街道春江路12号社区服务中心二楼"


@step
def kept(world: World, *, key: str = "group", **given: Any) -> str:
    """A workstation that nobody has decided about; its public id."""
    with world.writing():
        values = {"kind": "studio", "name": "邻里议事工作室", "place": PLACE, "opened_on": OPENED} | given
        made = WorkstationIn(unit=campaigning.group_id(world, key), **values)
        return activities.set_up(made, by=world.actor("clerk")).public_id


def station(world: World, public_id: str, by: str = "clerk") -> Workstation:
    """Inside an open transaction."""
    return workstation(public_id, world.actor(by))


@step
def planned(world: World, public_id: str, day: date = SOON, hours: str = "上午9:00—11:30") -> str:
    with world.writing():
        given = PlannedDayIn(held_on=day, hours=hours)
        return acts.plan_day(station(world, public_id), given, by=world.actor("secretary")).public_id


@step
def decided(
    world: World, stations: Sequence[str] = (), *, by: str = "clerk", seen: str | None = None, **switches: Any
) -> None:
    """As the office decides: the page is open with its members unless something else is asked for."""
    with world.writing():
        actor = world.actor(by)
        given = {
            "open": True,
            "members": True,
            "seen": fingerprint(world) if seen is None else seen,
        } | switches
        acts.decide(PublishIn(stations=list(stations), **given), by=actor)


def fingerprint(world: World) -> str:
    """What a form drawn now would send back. Inside an open transaction."""
    committee = reference.committee(world.actor("clerk"))
    return contact_page.fingerprint(committee, contact_page.in_use(committee))


@step
def opened(world: World, **given: Any) -> str:
    """The page of one published workstation with two days to come; the station's public id."""
    public_id = kept(world, **given)
    planned(world, public_id)
    planned(world, public_id, LATER)
    decided(world, [public_id])
    return public_id


def person(world: World, login: str) -> Person:
    """Inside an open transaction."""
    return db.session.scalars(select(Person).where(Person.login == f"{world.committee}-{login}")).one()
