"""Whom a member keeps in touch with, as the reader may know it."""

from datetime import date, datetime

from tracker.api.answers.base import Answer
from tracker.queries.contact_links import Kept
from tracker.queries.residents import identity_for
from tracker.rules.actors import Actor


class ContactLinkAnswer(Answer):
    """``called``: an institution, or a person: in clear for who keeps in touch, masked or null for others.

    ``visits`` and ``last_visit`` count this year.
    """

    id: str
    kind: str
    called: str | None
    masked: bool
    member: str
    member_name: str
    group: str | None
    group_name: str | None
    since: date
    ended_on: date | None
    visits: int
    last_visit: date | None
    created_at: datetime
    version: int


class ContactLinkList(Answer):
    items: list[ContactLinkAnswer]
    next: str | None


def contact_link_answer(kept: Kept, actor: Actor) -> ContactLinkAnswer:
    link = kept.link
    seen = None if link.institution else identity_for(link, actor)
    names = ("kind", "since", "ended_on", "created_at", "version")
    return ContactLinkAnswer(
        **{name: getattr(link, name) for name in names},
        id=link.public_id,
        called=kept.called or None,
        masked=not link.institution and (seen is None or seen.masked),
        member=link.person.public_id,
        member_name=link.person.name,
        group=link.group.public_id if link.group else None,
        group_name=link.group.name if link.group else None,
        visits=kept.visits,
        last_visit=kept.last,
    )
