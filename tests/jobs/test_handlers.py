"""What each kind of job does, once or twice alike; what it tells, and what it never tells."""

import hashlib
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.jobs.conftest import Drain
from tests.world import NARRATIVE, NOW, REPLY, RESIDENT, TRANSFER, World
from tracker.actions import codes, letter_words
from tracker.extensions import clock, db, transaction
from tracker.jobs.handlers import HANDLERS
from tracker.models import Event, Letter, Notice, Outbox, Person

Mails = Callable[[World], list[EmailMessage]]


def notices(world: World, template: str) -> list[str]:
    """Logins behind whose bell the line stands."""
    with world.reading():
        query = select(Person.login).join(Notice, Notice.person_id == Person.id)
        return list(db.session.scalars(query.where(Notice.template == template).order_by(Person.id)))


def test_a_new_case_is_told_to_the_office_and_received_for_its_raiser(
    either: World, drain: Drain, mails: Mails
) -> None:
    reference = either.raised()
    assert drain(either) == 2
    assert notices(either, "case.raise") == ["xs-clerk", "xs-clerk2"]
    assert notices(either, "case.receipt") == ["xs-member"]
    told = {(str(mail["To"]), str(mail["Subject"])) for mail in mails(either)}
    assert told == {
        ("xs-clerk@example.test", f"{reference} 有新诉求等待协调交办"),
        ("xs-clerk2@example.test", f"{reference} 有新诉求等待协调交办"),
        ("xs-member@example.test", f"{reference} 您登记的诉求已经收到"),
    }
    assert all(f"/cases/{reference}" in mail.get_content() for mail in mails(either))


def test_a_department_gets_the_link_to_its_assignment(huiyin: World, drain: Drain, mails: Mails) -> None:
    reference = huiyin.coordinated()
    drain(huiyin)
    share = huiyin.shares(reference)[0]
    found = [mail for mail in mails(huiyin) if "xs-dept@" in str(mail["To"])]
    assert len(found) == 1
    assert f"http://127.0.0.1:8000/assignments/{share}" in found[0].get_content()


def test_who_has_no_address_still_has_a_bell(huiyin: World, drain: Drain, mails: Mails) -> None:
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-clerk2").one().email = ""
    huiyin.raised()
    drain(huiyin)
    assert notices(huiyin, "case.raise") == ["xs-clerk", "xs-clerk2"]
    assert not any("clerk2" in str(mail["To"]) for mail in mails(huiyin))


def test_an_address_that_is_none_gets_no_mail_and_stops_nothing(
    huiyin: World, drain: Drain, mails: Mails
) -> None:
    with huiyin.writing():
        clerk = db.session.query(Person).filter_by(login="xs-clerk").one()
        clerk.email = "clerk@example.test\r\nBcc: spy@evil.test"
    huiyin.raised()
    drain(huiyin)
    assert notices(huiyin, "case.raise") == ["xs-clerk", "xs-clerk2"]
    assert {str(mail["To"]) for mail in mails(huiyin)} == {"xs-clerk2@example.test", "xs-member@example.test"}


def test_an_issued_letter_is_frozen_as_it_was_approved(either: World, drain: Drain) -> None:
    letter_id = either.letter(either.handled(), "issued")
    drain(either)
    with either.reading():
        letter = db.session.query(Letter).filter_by(public_id=letter_id).one()
        frozen = letter_words.frozen_pdf(letter)
        assert frozen is not None and frozen.startswith(b"%PDF-")
        assert letter.pdf_sha256 == hashlib.sha256(frozen).hexdigest()
    assert notices(either, "letter.freeze") == ["xs-clerk", "xs-clerk2"]


@pytest.mark.requirement("R5")
@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_every_handler_may_run_twice(huiyin: World, drain: Drain, mails: Mails, kind: str) -> None:
    huiyin.letter(huiyin.handled(), "issued")
    drain(huiyin)

    def state() -> tuple[object, ...]:
        with huiyin.reading():
            rows = db.session.query(Notice).count(), db.session.query(Event).count()
            letter = db.session.query(Letter).one()
            return (
                *rows,
                letter.pdf_sha256,
                letter.version,
                sorted(mail.as_bytes() for mail in mails(huiyin)),
            )

    before = state()
    with huiyin.app.app_context(), clock.at(NOW):
        with transaction("read"):
            payloads = [row.payload for row in db.session.query(Outbox).filter_by(kind=kind)]
        for payload in payloads:
            store = HANDLERS[kind](payload)
            with transaction("write"):
                store()
    assert payloads and state() == before


@pytest.mark.requirement("T33")
def test_nothing_that_leaves_the_house_by_mail_says_who_or_what(
    huiyin: World, drain: Drain, mails: Mails
) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, "issued")
    with huiyin.writing():
        code = codes.issue(huiyin.case(reference), by=huiyin.actor("clerk"))
    drain(huiyin)
    secrets = [
        RESIDENT["name"],
        RESIDENT["phone"],
        RESIDENT["address"],
        NARRATIVE[:12],
        TRANSFER[:12],
        REPLY[:12],
    ]
    secrets += [code.code.secret, "路灯", "云林苑", "吴海燕", "周文博", "张志强"]
    texts = [mail.get_content() + str(mail["Subject"]) + str(mail["To"]) for mail in mails(huiyin)]
    assert len(texts) > 10
    assert [word for word in secrets if any(word in text for text in texts)] == []
    with huiyin.reading():
        payloads = [row.payload for row in db.session.query(Outbox)]
    assert all(isinstance(value, int) for payload in payloads for value in payload.values())
