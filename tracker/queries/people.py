"""People, and the actor a person becomes at the door."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Assignment, Committee, Membership, OrgUnit, Person
from tracker.rules import permissions
from tracker.rules.actors import Actor, Post
from tracker.rules.outcome import ACTIVE
from tracker.rules.words import N_


def as_actor(person: Person, session_id: int | None = None) -> Actor:
    """The plain facts about a person that decisions ask for."""
    committee = db.session.get_one(Committee, person.committee_id)
    return Actor(
        "person",
        person.id,
        person.name,
        person.committee_id,
        tuple(Post(post.role, post.unit_id) for post in person.posts),
        session_id,
        person.login,
        person.locale,
        person.id in committee.accusation_officers,
    )


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
