"""Who is asked to an activity, for those who organise and approve it; for everybody else nobody is."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Activity, ContactLink, Invitee, vault
from tracker.queries import contact_links
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from workflows.invitee import CAPACITIES


def may(actor: Actor, verb: str, event: Activity) -> bool:
    return permissions.may(actor, verb, blank(event))


def blank(event: Activity) -> Invitee:
    """An invitation that nobody has proposed stands for all of them where only the right is asked."""
    return Invitee(committee_id=event.committee_id, activity=event)


def of(event: Activity, actor: Actor) -> Sequence[Invitee]:
    """In the order of capacity, as the list is read out; nothing for whoever may not see it."""
    if not may(actor, "read", event):
        return []
    found = db.session.scalars(
        select(Invitee)
        .where(Invitee.activity_id == event.id)
        .order_by(Invitee.id)
        .options(joinedload(Invitee.resident), joinedload(Invitee.link), joinedload(Invitee.decider))
    ).all()
    places = list(CAPACITIES)
    return sorted(found, key=lambda one: places.index(one.capacity), reverse=True)


def approved(event: Activity) -> Sequence[Invitee]:
    """Those who were let in and are awaited; for whoever changes the event."""
    query = select(Invitee).where(Invitee.activity_id == event.id, Invitee.state == "approved")
    return db.session.scalars(query.order_by(Invitee.id)).all()


def get(public_id: str, actor: Actor) -> Invitee:
    found = db.session.scalar(
        select(Invitee).where(Invitee.public_id == public_id, Invitee.committee_id == actor.committee_id)
    )
    if found is None or not permissions.may(actor, "read", found):
        raise NotFound(N_("没有这项邀请，或者您不能查看"))
    return found


def name(invitee: Invitee) -> str:
    """In clear, for those who may read the invitation: the person agreed to stand on the list."""
    if invitee.resident is None:
        return ""
    return vault.unseal_text("resident", invitee.resident.id, "name", invitee.resident.name_sealed)


def contacts(event: Activity, actor: Actor) -> list[tuple[ContactLink, str]]:
    """The unit's contacts whom this actor may call by a name, be it masked; nobody else can be picked."""
    if not permissions.may_any(actor, "contact_link.read"):
        return []
    links = db.session.scalars(
        select(ContactLink)
        .where(
            ContactLink.committee_id == actor.committee_id,
            ContactLink.group_id == event.unit_id,
            ContactLink.ended_on.is_(None),
        )
        .order_by(ContactLink.kind, ContactLink.id)
        .options(joinedload(ContactLink.person), joinedload(ContactLink.resident))
        .limit(500)
    )
    found = [(link, contact_links.called(link, actor)) for link in links]
    return [(link, called) for link, called in found if called]
