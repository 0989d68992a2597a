"""A digest on its way: a line behind the bell of each leader and director, and its figures by mail."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app

from tracker.actions import notices as bell
from tracker.extensions import transaction
from tracker.models import Digest, Event, Person
from tracker.outgoing import digest as paper
from tracker.outgoing import mail, notices
from tracker.queries import digests, people, recipients, reference
from tracker.rules.clock import shanghai_date
from tracker.rules.spans import span


class _Mail(NamedTuple):
    key: str
    message: EmailMessage


def send_digest(payload: dict[str, Any]) -> Callable[[], None]:
    """Counted for each reader anew, so that nobody is told more than their page would show."""
    with transaction("read"):
        what = recipients.about(payload["event"])
        digest = digests.get(payload["digest"])
        name = notices.name_of(what.event.object_kind, what.event.verb)
        template = notices.template(name)
        readers = recipients.of(what, template.audience) if template else []
        mails = [found for person in readers if (found := _compose(what.event, digest, person))]
        told = [person.id for person in readers]
        event_id = what.event.id
    config = current_app.config
    for one in mails:
        folder = Path(config["HUIYIN_INSTANCE"]) / "mail"
        mail.deliver(one.message, one.key, folder=folder, server=config["HUIYIN_MAIL_SERVER"])
    return lambda: bell.tell(event_id, told, name)


def _compose(event: Event, digest: Digest, person: Person) -> _Mail | None:
    if not person.email:
        return None
    actor = people.as_actor(person)
    wanted = span(digest.period, digest.starts_on)  # type: ignore[arg-type]
    page = paper.sheet(
        digests.of(wanted, actor, shanghai_date(event.at)), reference.committee(actor).full_name
    )
    base = current_app.config["HUIYIN_BASE_URL"].rstrip("/")
    link = f"{base}/digests?period={digest.period}&on={digest.starts_on.isoformat()}"
    key = f"{event.hash.hex()[:24]}-{person.id}"
    message = mail.compose(
        sender=current_app.config["HUIYIN_MAIL_FROM"],
        recipient=person.email,
        subject=f"{page.title}（{page.period}）",
        body=paper.mail(page, link),
        key=key,
        at=event.at,
    )
    return _Mail(key, message) if message else None
