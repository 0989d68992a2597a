"""Whom people keep in touch with, and when they last went there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import ContactLink, OrgUnit, Person, Visit
from tracker.queries import paging, residents, scope
from tracker.rules.actors import Actor
from tracker.rules.words import N_


@dataclass(frozen=True)
class Kept:
    """A link, whom it is with as the actor may read it, and its visits since a day."""

    link: ContactLink
    called: str
    person: str
    group: str
    visits: int
    last: date | None


def get(public_id: str, actor: Actor) -> ContactLink:
    found = db.session.scalar(
        select(ContactLink).where(ContactLink.public_id == public_id, scope.contact_links(actor))
    )
    if found is None:
        raise NotFound(N_("没有这个联系对象，或者您不能查看"))
    return found


@dataclass(frozen=True)
class LinkFilter:
    """The filters of a list, as the interface names them. ``ended``: also those that no longer stand."""

    kind: str | None = None
    group: str | None = None
    member: str | None = None
    ended: bool = False


def page(
    actor: Actor, *, since: date, limit: int = 50, after: str | None = None, **wanted: Any
) -> tuple[list[Kept], str | None]:
    """The newest links that match, each as the actor may read it, and the cursor of the next page."""
    asked = LinkFilter(**wanted)
    query = select(ContactLink).where(scope.contact_links(actor))
    query = query.options(joinedload(ContactLink.person), joinedload(ContactLink.group))
    if asked.kind:
        query = query.where(ContactLink.kind == asked.kind)
    if asked.group:
        named = or_(OrgUnit.public_id == asked.group, OrgUnit.key == asked.group)
        query = query.where(ContactLink.group.has(named))
    if asked.member:
        query = query.where(ContactLink.person.has(Person.public_id == asked.member))
    if not asked.ended:
        query = query.where(ContactLink.ended_on.is_(None))
    found = paging.newest(query, ContactLink, limit=limit, after=after)
    return kept(found.items, actor, since=since), found.next


def kept(links: Sequence[ContactLink], actor: Actor, *, since: date) -> list[Kept]:
    """These links with their visits since that day."""
    query = select(Visit.link_id, func.count(Visit.id), func.max(Visit.visited_on))
    query = query.where(Visit.link_id.in_([link.id for link in links]), Visit.visited_on >= since)
    counted = {row[0]: (row[1], row[2]) for row in db.session.execute(query.group_by(Visit.link_id))}
    return [
        Kept(
            link,
            called(link, actor),
            link.person.name,
            link.group.name if link.group else "",
            *counted.get(link.id, (0, None)),
        )
        for link in links
    ]


def own(public_id: str, actor: Actor) -> ContactLink | None:
    """Only one's own: nobody else's visits go there."""
    return db.session.scalar(
        select(ContactLink).where(
            ContactLink.public_id == public_id,
            ContactLink.person_id == actor.id,
            ContactLink.ended_on.is_(None),
        )
    )


def listing(actor: Actor, *, since: date, limit: int = 500) -> list[Kept]:
    """Links that still stand, those nobody visited since that day first."""
    visits, last = func.count(Visit.id), func.max(Visit.visited_on)
    query = (
        select(ContactLink, Person.name, OrgUnit.name, visits, last)
        .join(Person, Person.id == ContactLink.person_id)
        .outerjoin(OrgUnit, OrgUnit.id == ContactLink.group_id)
        .outerjoin(Visit, (Visit.link_id == ContactLink.id) & (Visit.visited_on >= since))
        .where(scope.contact_links(actor), ContactLink.ended_on.is_(None))
        .group_by(ContactLink.id, Person.name, OrgUnit.name, OrgUnit.path)
        .order_by(visits > 0, OrgUnit.path, Person.name, ContactLink.kind, ContactLink.id)
        .limit(limit)
    )
    return [
        Kept(link, called(link, actor), person, group or "", count, latest)
        for link, person, group, count, latest in db.session.execute(query)
    ]


def called(link: ContactLink, actor: Actor) -> str:
    """The institution's name; the person's in clear for who keeps in touch, masked for the office."""
    if link.institution:
        return link.institution
    seen = residents.identity_for(link, actor)
    return seen.name if seen else ""
