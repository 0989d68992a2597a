"""People, and the actor a person becomes at the door."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Assignment, ChainHead, Committee, Membership, OrgUnit, Person
from tracker.rules import permissions
from tracker.rules.actors import Actor, Post
from tracker.rules.outcome import ACTIVE
from tracker.rules.words import N_

# What an actor is made of, as columns: one statement at the door, no mapped rows.
ACTOR_COLUMNS = (
    Person.id,
    Person.name,
    Person.login,
    Person.locale,
    Person.committee_id,
    Committee.settings,
    Membership.role,
    Membership.unit_id,
)
# Whoever comes through the door also learns how far the diary is (queries.kept).
DOOR_COLUMNS = (*ACTOR_COLUMNS, ChainHead.hash.label("diary"))


def with_posts(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Join what ACTOR_COLUMNS needs to a query that starts from Person; one row a post."""
    return (
        query.join(Committee, Committee.id == Person.committee_id)
        .outerjoin(ChainHead, ChainHead.committee_id == Person.committee_id)
        .outerjoin(Membership, Membership.person_id == Person.id)
    )


def actor_of(
    rows: Sequence[Row[*tuple[Any, ...]]], session_id: int | None = None, *, diary: bytes | None = None
) -> Actor:
    """The actor whose ACTOR_COLUMNS these rows hold."""
    first = rows[0]
    officers = (first.settings or {}).get("accusation_officers", [])[:2]
    return Actor(
        "person",
        first.id,
        first.name,
        first.committee_id,
        tuple(Post(row.role, row.unit_id) for row in rows if row.role),
        session_id,
        first.login,
        first.locale,
        first.id in officers,
        diary or b"",
    )


def as_actor(person: Person, session_id: int | None = None) -> Actor:
    """The plain facts about a person that decisions ask for."""
    rows = db.session.execute(
        with_posts(select(*ACTOR_COLUMNS).select_from(Person)).where(Person.id == person.id)
    ).all()
    return actor_of(rows, session_id)


def public_id(actor: Actor) -> str:
    """The actor's own, as addresses and phones know it."""
    return db.session.scalars(select(Person.public_id).where(Person.id == actor.id)).one()


def by_login(login: str) -> Person | None:
    """For signing in and for the shell; nobody is told whether a login exists."""
    return db.session.scalar(select(Person).where(Person.login == login).options(selectinload(Person.posts)))


def get(public_id: str, actor: Actor) -> Person:
    found = db.session.scalar(
        select(Person).where(Person.public_id == public_id, Person.committee_id == actor.committee_id)
    )
    if found is None or not permissions.may(actor, "read", found):
        raise NotFound(N_("没有这个人，或者您不能查看"))
    return found


def listing(actor: Actor) -> Sequence[Person]:
    permissions.require_any(actor, "person.read")
    return db.session.scalars(
        select(Person)
        .where(Person.committee_id == actor.committee_id)
        .options(selectinload(Person.posts).joinedload(Membership.unit))
        .order_by(Person.is_active.desc(), Person.login)
    ).all()


def open_assignments(unit: OrgUnit) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(Assignment.unit_id == unit.id, Assignment.state.in_(ACTIVE))
        )
        or 0
    )
