"""People and units as the administrator keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.models import Assignment, Membership, OrgUnit, Person
from tracker.models.committee import GROUP_KINDS
from tracker.queries import members, waiting
from tracker.queries.cases import read_cursor, write_cursor
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.outcome import ACTIVE
from tracker.rules.words import N_


@dataclass(frozen=True)
class PeoplePage:
    """Accounts and the cursor of the next page (None = the last)."""

    items: Sequence[Person]
    next: str | None


@dataclass(frozen=True)
class UnitRow:
    """A unit in its place in the tree, with what hangs on it."""

    unit: OrgUnit
    depth: int
    people: int
    open: int


def people(
    actor: Actor,
    *,
    now: datetime,
    waits: str | None = None,
    role: str | None = None,
    bridge: str | None = None,
    q: str | None = None,
    limit: int = 50,
    after: str | None = None,
) -> PeoplePage:
    """The newest accounts; ``waits`` names a queue of queries.waiting."""
    permissions.require_any(actor, "person.read")
    query = select(Person).where(Person.committee_id == actor.committee_id)
    if waits:
        query = query.where(waiting.condition(waiting.PEOPLE, waits, actor, now))
    if role:
        query = query.where(Person.posts.any(Membership.role == role))
    if bridge:
        query = query.where(members.is_bridge(bridge))
    if q:
        query = query.where(
            or_(Person.name.contains(q, autoescape=True), Person.login.contains(q, autoescape=True))
        )
    if after:
        query = query.where(Person.id < read_cursor(after))
    query = query.options(
        selectinload(Person.posts).joinedload(Membership.unit), selectinload(Person.bridge_rows)
    )
    rows = db.session.scalars(query.order_by(Person.id.desc()).limit(limit + 1)).all()
    return PeoplePage(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def units(actor: Actor) -> list[UnitRow]:
    """The whole tree, depth first as the paths lead."""
    found = db.session.scalars(
        select(OrgUnit).where(OrgUnit.committee_id == actor.committee_id).order_by(OrgUnit.id)
    ).all()
    people_in, open_in = _people_in(actor), _open_in(actor)
    ordered = sorted(found, key=lambda unit: unit.lineage)
    return [
        UnitRow(unit, len(unit.lineage) - 1, people_in.get(unit.id, 0), open_in.get(unit.id, 0))
        for unit in ordered
    ]


def unit(public_id: str, actor: Actor) -> OrgUnit:
    """Also one out of use; NotFound when it is not my committee's."""
    found = db.session.scalar(
        select(OrgUnit).where(OrgUnit.public_id == public_id, OrgUnit.committee_id == actor.committee_id)
    )
    if found is None:
        raise NotFound(N_("没有这个单位"))
    return found


def unit_named(name: str, actor: Actor) -> OrgUnit | None:
    """One of my committee's units of this name, in use or not; one in use first."""
    query = select(OrgUnit).where(OrgUnit.committee_id == actor.committee_id, OrgUnit.name == name)
    return db.session.scalars(query.order_by(OrgUnit.is_active.desc(), OrgUnit.id).limit(1)).first()


def member_or_unit(public_id: str, actor: Actor) -> tuple[Person | None, OrgUnit | None]:
    """Whichever of my committee's members and groups has this id; Invalid when neither has."""
    person = db.session.scalar(
        select(Person).where(
            Person.public_id == public_id,
            Person.committee_id == actor.committee_id,
            Person.posts.any(Membership.role == "member"),
        )
    )
    if person is not None:
        return person, None
    unit = db.session.scalar(
        select(OrgUnit).where(
            OrgUnit.public_id == public_id,
            OrgUnit.committee_id == actor.committee_id,
            OrgUnit.kind.in_(GROUP_KINDS),
        )
    )
    if unit is None:
        raise Invalid.one("who", N_("没有这位委员或这个组，请从列表中选"))
    return None, unit


def _people_in(actor: Actor) -> dict[int, int]:
    query = (
        select(Membership.unit_id, func.count(func.distinct(Membership.person_id)))
        .join(Person, Person.id == Membership.person_id)
        .where(Person.committee_id == actor.committee_id, Person.is_active)
        .group_by(Membership.unit_id)
    )
    return {key: value for key, value in db.session.execute(query)}


def _open_in(actor: Actor) -> dict[int, int]:
    query = (
        select(Assignment.unit_id, func.count())
        .where(Assignment.committee_id == actor.committee_id, Assignment.state.in_(ACTIVE))
        .group_by(Assignment.unit_id)
    )
    return {key: value for key, value in db.session.execute(query)}
