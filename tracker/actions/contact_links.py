"""Somebody to keep in touch with is written down, and let go again."""

from tracker.actions import diary, residents
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.cases import ResidentIn
from tracker.incoming.contact_links import ContactLinkIn
from tracker.models import ContactLink
from tracker.models.base import new_public_id
from tracker.models.contact_link import INSTITUTIONS
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_


@action
def register(given: ContactLinkIn, *, by: Actor) -> ContactLink:
    """A link of one's own; an institution by its name, a person as a sealed resident."""
    permissions.require_any(by, "contact_link.create")
    if given.since > shanghai_date(clock()):
        raise Invalid.one("since", N_("开始日期不能晚于今天"))
    link = ContactLink(
        public_id=new_public_id(),
        committee_id=by.committee_id,
        person_id=by.person_id,
        group_id=min(by.units("member"), default=None),
        kind=given.kind,
        since=given.since,
    )
    if given.kind in INSTITUTIONS:
        link.institution = given.called
    else:
        link.resident = residents.register(
            ResidentIn(
                name=given.called,
                phone=given.phone,
                address=given.address,
                consent_process=given.consent_process,
            ),
            by=by,
        )
    session().add(link)
    diary.write(link, "link", by=by, data={"kind": link.kind}, notify=False)
    return link


@action
def end(link: ContactLink, *, by: Actor, expect: int | None = None) -> None:
    """No longer kept in touch with; what was counted stays counted."""
    permissions.require(by, "end", link)
    lock(link, expect)
    if link.ended_on:
        raise Conflict(N_("已经结束联系了"), version=link.version)
    link.ended_on = shanghai_date(clock())
    diary.write(link, "end_link", by=by, notify=False)
