"""Whom people keep in touch with, and when they last went there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import ContactLink, OrgUnit, Person, Visit
from tracker.queries import residents, scope
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
