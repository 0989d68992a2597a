"""Reference lists of a committee: categories, areas, units, members; found by the codes people send."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import aliased

from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Area, Category, Committee, Membership, OrgUnit, Person
from tracker.models.committee import GROUP_KINDS
from tracker.rules.actors import Actor
from tracker.rules.words import N_


def answers() -> bool:
    """Whether the database answers at all; its own error is raised when it does not."""
    return db.session.scalar(select(literal(1))) == 1


def committee(actor: Actor) -> Committee:
    return db.session.get_one(Committee, actor.committee_id)


def categories(actor: Actor) -> Sequence[Category]:
    query = select(Category).where(Category.committee_id == actor.committee_id, Category.is_active)
    return db.session.scalars(query.order_by(Category.code)).all()


def areas(actor: Actor) -> Sequence[Area]:
    return db.session.scalars(
        select(Area).where(Area.committee_id == actor.committee_id).order_by(Area.code)
    ).all()


def units(actor: Actor, kind: str | None = None) -> Sequence[OrgUnit]:
    """``kind`` may also be "group": every kind of group members belong to."""
    query = select(OrgUnit).where(OrgUnit.committee_id == actor.committee_id, OrgUnit.is_active)
    if kind == "group":
        query = query.where(OrgUnit.kind.in_(GROUP_KINDS))
    elif kind:
        query = query.where(OrgUnit.kind == kind)
    return db.session.scalars(query.order_by(OrgUnit.path)).all()


def members(actor: Actor) -> Sequence[tuple[Person, OrgUnit]]:
    group = aliased(OrgUnit)
    query = (
        select(Person, group)
        .join(Membership, Membership.person_id == Person.id)
        .join(group, group.id == Membership.unit_id)
        .where(Person.committee_id == actor.committee_id, Membership.role == "member", Person.is_active)
        .order_by(group.path, Person.name)
    )
    return [(person, unit) for person, unit in db.session.execute(query)]


def groups_of_members(actor: Actor, public_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Public id → person and group, as far as my committee has such members."""
    query = (
        select(Person.public_id, Person.id, func.min(Membership.unit_id))
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.committee_id == actor.committee_id,
            Person.public_id.in_(set(public_ids)),
            Person.is_active,
            Membership.role == "member",
        )
        .group_by(Person.public_id, Person.id)
        .order_by(Person.id)
    )
    return {public_id: (person, unit) for public_id, person, unit in db.session.execute(query)}


def category(actor: Actor, code: str, field: str = "category") -> Category:
    """Raises Invalid naming the field when my committee has no such category."""
    found = db.session.scalar(
        select(Category).where(Category.committee_id == actor.committee_id, Category.code == code)
    )
    if found is None or not found.is_active:
        raise Invalid.one(field, N_("没有这个类别，请从类别列表中选"))
    return found


def area(actor: Actor, code: str, field: str = "area") -> Area:
    found = db.session.scalar(select(Area).where(Area.committee_id == actor.committee_id, Area.code == code))
    if found is None:
        raise Invalid.one(field, N_("没有这个地区，请从地区列表中选"))
    return found


def unit(actor: Actor, token: str, field: str = "unit") -> OrgUnit:
    """By public id or by the preset's key."""
    found = db.session.scalar(
        select(OrgUnit).where(
            OrgUnit.committee_id == actor.committee_id, or_(OrgUnit.public_id == token, OrgUnit.key == token)
        )
    )
    if found is None or not found.is_active:
        raise Invalid.one(field, N_("没有这个单位，请从单位列表中选"))
    return found
