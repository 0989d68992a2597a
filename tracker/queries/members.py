"""Members as the office looks them up: by group, by name, by what makes them a bridge (S1-21)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import selectinload

from tracker.extensions import db
from tracker.models import Bridge, Membership, OrgUnit, Person
from tracker.queries.cases import read_cursor, write_cursor
from tracker.rules import permissions
from tracker.rules.actors import Actor


@dataclass(frozen=True)
class Sought:
    """The filters of the list; ``bridge`` is a Bridging, or "any"."""

    group: str | None = None
    bridge: str | None = None
    q: str | None = None


@dataclass(frozen=True)
class MemberPage:
    """Members with their posts, and the cursor of the next page (None = the last)."""

    items: Sequence[Person]
    next: str | None


def page(actor: Actor, sought: Sought, *, limit: int = 50, after: str | None = None) -> MemberPage:
    """Members in use, the newest first."""
    permissions.require_any(actor, "members.list")
    query = _sought(select(Person).where(Person.committee_id == actor.committee_id, Person.is_active), sought)
    if after:
        query = query.where(Person.id < read_cursor(after))
    query = query.options(
        selectinload(Person.posts).joinedload(Membership.unit), selectinload(Person.bridge_rows)
    )
    rows = db.session.scalars(query.order_by(Person.id.desc()).limit(limit + 1)).all()
    return MemberPage(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def bridges(actor: Actor) -> dict[int, list[str]]:
    """Who in the committee is a bridge, by their numbers, and why; for figures, which name nobody."""
    query = (
        select(Bridge.person_id, Bridge.kind)
        .join(Person, Person.id == Bridge.person_id)
        .where(Person.committee_id == actor.committee_id)
        .order_by(Bridge.kind)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person_id, kind in db.session.execute(query):
        found[person_id].append(kind)
    return dict(found)


def _sought(query: Select[Any], sought: Sought) -> Select[Any]:
    post = Membership.role == "member"
    if sought.group:
        post &= Membership.unit.has(or_(OrgUnit.public_id == sought.group, OrgUnit.key == sought.group))
    query = query.where(Person.posts.any(post))
    if sought.bridge:
        query = query.where(is_bridge(sought.bridge))
    if sought.q:
        query = query.where(Person.name.contains(sought.q, autoescape=True))
    return query


def is_bridge(kind: str) -> ColumnElement[bool]:
    """Condition on Person."""
    return Person.bridge_rows.any() if kind == "any" else Person.bridge_rows.any(Bridge.kind == kind)
