"""Service events and workstations of one's own committee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Activity, OrgUnit, Workstation
from tracker.queries import reference, waiting
from tracker.queries.paging import Rows, newest
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

MOST = 500


def events(actor: Actor, *, now: datetime, waits: str | None = None) -> Sequence[Activity]:
    """The latest first; those taken back stay to be seen. ``waits`` names a queue of queries.waiting."""
    query = select(Activity).where(Activity.committee_id == actor.committee_id)
    if waits:
        query = query.where(waiting.condition(waiting.ACTIVITIES, waits, actor, now))
    query = query.order_by(Activity.held_on.desc(), Activity.id.desc()).limit(MOST)
    return db.session.scalars(query.options(joinedload(Activity.unit))).all()


@dataclass(frozen=True)
class EventFilter:
    """The filters of a list, as the interface names them."""

    kind: str | None = None
    unit: str | None = None
    from_: date | None = None
    to: date | None = None


def page(actor: Actor, *, limit: int = 50, after: str | None = None, **wanted: Any) -> Rows[Activity]:
    """Those written down last first."""
    asked = EventFilter(**wanted)
    query = select(Activity).where(Activity.committee_id == actor.committee_id)
    query = query.options(joinedload(Activity.unit))
    if asked.kind:
        query = query.where(Activity.kind == asked.kind)
    if asked.unit:
        query = query.where(Activity.unit.has(_called(asked.unit)))
    if asked.from_:
        query = query.where(Activity.held_on >= asked.from_)
    if asked.to:
        query = query.where(Activity.held_on <= asked.to)
    return newest(query, Activity, limit=limit, after=after)


def event(public_id: str, actor: Actor) -> Activity:
    found = db.session.scalar(
        select(Activity)
        .where(Activity.public_id == public_id, Activity.committee_id == actor.committee_id)
        .options(joinedload(Activity.unit))
    )
    if found is None:
        raise NotFound(N_("没有这次活动"))
    return found


def workstations(actor: Actor) -> Sequence[Workstation]:
    """Those in use first, unit by unit."""
    return db.session.scalars(
        select(Workstation)
        .join(OrgUnit, OrgUnit.id == Workstation.unit_id)
        .where(Workstation.committee_id == actor.committee_id)
        .order_by(Workstation.closed_on.is_not(None), OrgUnit.path, Workstation.id)
        .options(joinedload(Workstation.unit), selectinload(Workstation.days))
        .limit(MOST)
    ).all()


def stations_page(
    actor: Actor,
    *,
    kind: str | None = None,
    unit: str | None = None,
    closed: bool = False,
    limit: int = 50,
    after: str | None = None,
) -> Rows[Workstation]:
    """Those set up last first; ``closed``: also those that are closed."""
    query = select(Workstation).where(Workstation.committee_id == actor.committee_id)
    query = query.options(joinedload(Workstation.unit), selectinload(Workstation.days))
    if kind:
        query = query.where(Workstation.kind == kind)
    if unit:
        query = query.where(Workstation.unit.has(_called(unit)))
    if not closed:
        query = query.where(Workstation.closed_on.is_(None))
    return newest(query, Workstation, limit=limit, after=after)


def _called(token: str) -> ColumnElement[bool]:
    return or_(OrgUnit.public_id == token, OrgUnit.key == token)


def workstation(public_id: str, actor: Actor) -> Workstation:
    found = db.session.scalar(
        select(Workstation)
        .where(Workstation.public_id == public_id, Workstation.committee_id == actor.committee_id)
        .options(joinedload(Workstation.unit), selectinload(Workstation.days))
    )
    if found is None:
        raise NotFound(N_("没有这个工作室"))
    return found


def units(actor: Actor, kind: type[Activity] | type[Workstation]) -> list[OrgUnit]:
    """The groups and committees this actor may write such a thing down for."""
    return [
        unit
        for unit in reference.units(actor, "group")
        if permissions.may(actor, "edit", kind(committee_id=unit.committee_id, unit_id=unit.id))
    ]
