"""What the kinds of the outbox do: each works outside a transaction and gives back what is still to store.

Every one may run twice: notices are unique by person and event, a mail's file name comes from the event, and
a letter that has its PDF keeps it.
"""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app, render_template
from flask_babel import force_locale

from tracker.actions import letter_words, letters
from tracker.actions import notices as bell
from tracker.door.language import gettext
from tracker.extensions import transaction
from tracker.jobs import form_jobs
from tracker.jobs.booklets import make_booklet
from tracker.jobs.digests import send_digest
from tracker.models import Person
from tracker.outgoing import mail, notices, pdf
from tracker.queries import letters as stored_letters
from tracker.queries import recipients
from tracker.queries.recipients import About

Payload = dict[str, Any]
Store = Callable[[], None]


class Mail(NamedTuple):
    """One composed mail under the name that makes a repeat the same."""

    key: str
    message: EmailMessage


class Telling(NamedTuple):
    """An event's notices, ready to go out."""

    event: int
    template: str
    people: list[int]
    mails: list[Mail]


def notify(payload: Payload) -> Store:
    """Tell the people an event is for: a line behind the bell, and a mail where there is an address."""
    with transaction("read"):
        what = recipients.about(payload["event"])
        name = notices.name_of(what.event.object_kind, what.event.verb)
        template = notices.template(name)
        people = recipients.of(what, template.audience) if template else []
        telling = _prepare(what, people, name, "mail/notice.txt")
    return _send(telling)


def receipt(payload: Payload) -> Store:
    """Tell whoever raised a case that it arrived, with its number and never its code."""
    with transaction("read"):
        what = recipients.about(payload["event"])
        telling = _prepare(what, recipients.of_receipt(what), notices.RECEIPT, "mail/receipt.txt")
    return _send(telling)


def render_letter(payload: Payload) -> Store:
    """Make the issued page, outside any transaction, to be frozen in a short one."""
    with transaction("read"):
        letter = stored_letters.to_render(payload["letter"])
        html = letter_words.page(letter, letter_words.content(letter)) if not letter.has_pdf else None
    rendered = pdf.render(html) if html else None

    def store() -> None:
        if rendered:
            letters.freeze(stored_letters.to_render(payload["letter"]), rendered)

    return store


def _prepare(what: About, people: list[Person], name: str, page: str) -> Telling:
    mails = [found for person in people if (found := _compose(what, person, name, page))]
    return Telling(what.event.id, name, [person.id for person in people], mails)


def _send(telling: Telling) -> Store:
    config = current_app.config
    for one in telling.mails:
        folder = Path(config["HUIYIN_INSTANCE"]) / "mail"
        mail.deliver(one.message, one.key, folder=folder, server=config["HUIYIN_MAIL_SERVER"])
    return lambda: bell.tell(telling.event, telling.people, telling.template)


def _compose(what: About, person: Person, name: str, page: str) -> Mail | None:
    template = notices.template(name)
    if template is None or not person.email:
        return None
    reference = what.case.reference if what.case else ""
    with force_locale(person.locale):
        text = gettext(template.text)
        body = render_template(page, text=text, reference=reference, link=_link(what))
    key = f"{what.event.hash.hex()[:24]}-{person.id}"
    message = mail.compose(
        sender=current_app.config["HUIYIN_MAIL_FROM"],
        recipient=person.email,
        subject=f"{reference} {text}".strip(),
        body=body,
        key=key,
        at=what.event.at,
    )
    return Mail(key, message) if message else None


def _link(what: About) -> str:
    return notices.link(
        current_app.config["HUIYIN_BASE_URL"],
        assignment=what.assignment.public_id if what.assignment else None,
        letter=what.letter.public_id if what.letter else None,
        submission=what.submission.public_id if what.submission else None,
        campaign=what.campaign.public_id if what.campaign else None,
        booklet=what.booklet.public_id if what.booklet else None,
        activity=what.invitee.activity.public_id if what.invitee else None,
        workstation=what.workstation.public_id if what.workstation else None,
        case=what.case.reference if what.case else None,
    )


HANDLERS: dict[str, Callable[[Payload], Store]] = {
    "notify": notify,
    "receipt": receipt,
    "render_letter": render_letter,
    "make_booklet": make_booklet,
    "send_digest": send_digest,
    "read_forms": form_jobs.read_forms,
    "store_forms": form_jobs.store_forms,
}
