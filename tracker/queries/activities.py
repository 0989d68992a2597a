"""Service events and workstations of one's own committee."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Activity, OrgUnit, Workstation
from tracker.queries import reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

MOST = 500


def events(actor: Actor, *conditions: ColumnElement[bool]) -> Sequence[Activity]:
    """The latest first; those taken back stay to be seen."""
    return db.session.scalars(
        select(Activity)
        .where(Activity.committee_id == actor.committee_id, *conditions)
        .order_by(Activity.held_on.desc(), Activity.id.desc())
        .options(joinedload(Activity.unit))
        .limit(MOST)
    ).all()


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
