"""What each kind of job does, once or twice alike; what it tells, and what it never tells."""

import hashlib
import itertools
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.actions.test_booklets import BLANK
from tests.forms_world import annex1, confirmed, read_at_once, register
from tests.incoming.forms.writing import book
from tests.jobs.conftest import Drain
from tests.world import NARRATIVE, NOW, REPLY, RESIDENT, TRANSFER, World
from tracker.actions import booklet_items, booklets, codes, digests, form_uploads, letter_words
from tracker.errors import Unavailable
from tracker.extensions import clock, db, transaction
from tracker.incoming.form_imports import UploadQuery
from tracker.jobs.drain import Worker
from tracker.jobs.handlers import HANDLERS, Payload
from tracker.jobs.leases import Heartbeat
from tracker.models import Booklet, Letter, Notice, Outbox, Person
from tracker.outgoing import pdf
from tracker.rules.spans import span

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


# --- twice


def _issued(world: World) -> None:
    world.letter(world.handled(), "issued")


def _chosen(world: World) -> None:
    world.visited()
    public_id = world.booklet()
    with world.writing():
        booklet, clerk = db.session.query(Booklet).filter_by(public_id=public_id).one(), world.actor("clerk")
        booklet_items.confirm(booklet, booklet.items, by=clerk)
        booklets.move(booklet, "submit", by=clerk)


def _weekly(world: World) -> None:
    world.visited()
    with world.writing():
        digests.send(span("week", NOW.date()), by=world.actor("clerk"))


def _uploaded(world: World) -> None:
    files = [("大走访.docx", annex1()), ("册.xlsx", book({"走访": register(2)}))]
    with world.writing():
        form_uploads.receive(form_uploads.seal(files), UploadQuery(), by=world.actor("clerk"))


def _confirmed(world: World) -> None:
    confirmed(world, read_at_once(world, NOW, ("册.xlsx", book({"走访": register(3)}))), at_once=0)


QUEUED: dict[str, Callable[[World], object]] = {
    "notify": World.raised,
    "receipt": World.raised,
    "render_letter": _issued,
    "make_booklet": _chosen,
    "send_digest": _weekly,
    "read_forms": _uploaded,
    "store_forms": _confirmed,
}


@pytest.fixture
def quick_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is another one each time, as a printer's dates make it."""
    pages = itertools.count(1)
    monkeypatch.setattr(pdf, "render", lambda *_, **__: BLANK + b"%%%d" % next(pages))


@pytest.mark.requirement("R5")
@pytest.mark.usefixtures("quick_printer")
@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_every_handler_may_run_twice(huiyin: World, mails: Mails, kind: str) -> None:
    QUEUED[kind](huiyin)
    jobs = _jobs(huiyin, kind)
    untouched = _effects(huiyin, mails)
    _work(huiyin, jobs, dies=True)
    _work(huiyin, jobs)
    once = _effects(huiyin, mails)
    assert jobs and once != untouched
    _work(huiyin, jobs)
    assert _effects(huiyin, mails) == once


def _jobs(world: World, kind: str) -> list[tuple[str, Payload]]:
    with world.reading():
        return [(kind, row.payload) for row in db.session.query(Outbox).filter_by(kind=kind)]


def _work(world: World, jobs: list[tuple[str, Payload]], *, dies: bool = False) -> None:
    """As the worker does it; or its process dies at the last moment, before anything is stored for good."""
    for kind, payload in jobs:
        with world.app.app_context(), clock.at(NOW), suppress(InterruptedError):
            store = HANDLERS[kind](payload)
            with transaction("write"):
                store()
                if dies:
                    raise InterruptedError


def _effects(world: World, mails: Mails) -> tuple[object, ...]:
    """Every row there is, and every mail."""
    return everything(world), sorted(mail.as_bytes() for mail in mails(world))


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


# --- in whose language, from whom, by which way


def speak_english(world: World, login: str) -> None:
    with world.writing():
        db.session.query(Person).filter_by(login=login).update({"locale": "en"})


def test_each_is_written_to_in_their_own_language(huiyin: World, drain: Drain, mails: Mails) -> None:
    speak_english(huiyin, "xs-clerk2")
    reference = huiyin.raised()
    drain(huiyin)
    subjects = {str(mail["To"]).split("@")[0]: str(mail["Subject"]) for mail in mails(huiyin)}
    assert subjects["xs-clerk"] == f"{reference} 有新诉求等待协调交办"
    assert subjects["xs-clerk2"].startswith(reference) and subjects["xs-clerk2"].isascii()


def test_a_mail_comes_from_the_office_and_leads_to_its_address(
    huiyin: World, drain: Drain, mails: Mails
) -> None:
    huiyin.app.config.update(
        HUIYIN_MAIL_FROM="office@huiyin.example", HUIYIN_BASE_URL="https://huiyin.example"
    )
    reference = huiyin.raised()
    drain(huiyin)
    for mail in mails(huiyin):
        assert str(mail["From"]) == "office@huiyin.example"
        assert f"https://huiyin.example/cases/{reference}" in mail.get_content()


def test_a_mail_is_dated_when_it_happened_and_named_after_its_event(
    huiyin: World, drain: Drain, mails: Mails
) -> None:
    huiyin.raised()
    drain(huiyin, NOW + timedelta(hours=5))
    found = mails(huiyin)
    assert {mail["Date"].datetime for mail in found} == {NOW}
    assert len({str(mail["Message-ID"]) for mail in found}) == len(found) == 3


def test_who_is_disabled_hears_nothing_more(huiyin: World, drain: Drain, mails: Mails) -> None:
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-clerk2").update({"is_active": False})
    huiyin.raised()
    drain(huiyin)
    assert notices(huiyin, "case.raise") == ["xs-clerk"]
    assert not any("clerk2" in str(mail["To"]) for mail in mails(huiyin))


def test_another_committee_hears_nothing(huiyin: World, drain: Drain, mails: Mails) -> None:
    World(huiyin.app, "dt").raised()
    drain(huiyin)
    assert all(str(mail["To"]).startswith("dt-") for mail in mails(huiyin)) and mails(huiyin)


def test_a_mail_server_that_does_not_answer_is_a_failed_try_and_no_lost_notice(
    huiyin: World, mails: Mails
) -> None:
    huiyin.app.config["HUIYIN_MAIL_SERVER"] = "127.0.0.1:1"
    huiyin.raised()
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        worker = Worker(huiyin.app)
        assert not any(worker.step(heartbeat) for _ in range(2))
    assert notices(huiyin, "case.raise") == []
    huiyin.app.config["HUIYIN_MAIL_SERVER"] = ""
    with clock.at(NOW + timedelta(seconds=10)):
        assert Worker(huiyin.app).run(until_empty=True) == 2
    assert notices(huiyin, "case.raise") == ["xs-clerk", "xs-clerk2"] and len(mails(huiyin)) == 3


def test_a_letter_that_has_its_pdf_is_not_printed_again(
    huiyin: World, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    huiyin.delivered(huiyin.handled())
    monkeypatch.setattr(pdf, "render", lambda _html: pytest.fail("it was printed"))
    drain(huiyin)
    with huiyin.reading():
        assert db.session.query(Outbox).filter_by(kind="render_letter").one().done_at


def test_a_letter_that_cannot_be_printed_stays_issued_and_without_its_pdf(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    huiyin.letter(huiyin.handled(), "issued")
    with huiyin.writing():
        db.session.query(Outbox).filter(Outbox.kind != "render_letter").delete()

    def broken(_html: str) -> bytes:
        raise Unavailable("排版超时")

    monkeypatch.setattr(pdf, "render", broken)
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        assert not Worker(huiyin.app).step(heartbeat)
    with huiyin.reading():
        letter, job = db.session.query(Letter).one(), db.session.query(Outbox).one()
        assert (letter.state, letter.pdf_sha256, job.done_at, job.attempts) == ("issued", None, None, 1)
        assert job.last_error.startswith("Unavailable: 排版超时")
