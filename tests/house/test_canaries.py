"""A department learns nothing of the resident, on no page, in no list, search, document, answer or mail.

Twelve fields of every case carry a word of their own; three department logins walk everything they can ask
for, and none of the words may come back (T01, T02).
"""

import html
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.counted import Counted
from tests.forms_world import annex1, confirmed, sent
from tests.world import NOW, PASSWORD_HASH, REPLY, TRANSFER, World
from tracker.actions import attachments, cases, letters, ratings, residents
from tracker.door import policy, sessions
from tracker.extensions import clock, db, transaction
from tracker.incoming.attachments import Upload
from tracker.incoming.cases import NoteIn, RatingIn, RevealIn
from tracker.incoming.letters import LetterIn
from tracker.jobs.drain import Worker
from tracker.models import (
    Assignment,
    Attachment,
    Case,
    FormImport,
    ImportOriginal,
    Letter,
    Membership,
    OrgUnit,
    Person,
    Photo,
    Visit,
)

FULL = os.environ.get("HUIYIN_TIER") == "gate"
CASES = 500 if FULL else 5
FIELDS = (
    "name",
    "phone",
    "address",
    "summary",
    "narrative",
    "reported",
    "help",
    "note",
    "reason",
    "file",
    "letter",
    "rating",
)
DEPARTMENTS = ("xs-dept", "xs-dept2", "xs-dept3")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PLANTED = re.compile(r"金丝雀[a-z]+\d+|199\d{8}")
REFERENCE = re.compile(r"XS-\d{4}-\d{6}")
NEXT_PAGE = re.compile(r'rel="next" href="([^"]+)"')


@dataclass(frozen=True)
class Planted:
    number: int

    def word(self, field: str) -> str:
        return f"199{self.number:08}" if field == "phone" else f"金丝雀{field}{self.number}"


@pytest.fixture
def aviary(either: World) -> World:
    """Cases of three departments with a word in each of the twelve fields, at every stage."""
    with either.writing():
        unit = db.session.scalars(select(OrgUnit).where(OrgUnit.key == "education")).first()
        assert unit is not None
        third = Person(
            committee_id=unit.committee_id, login="xs-dept3", name="王芳", password_hash=PASSWORD_HASH
        )
        third.posts = [Membership(unit_id=unit.id, role="handler")]
        db.session.add(third)
    for number in range(1, CASES + 1):
        _plant(either, Planted(number))
    _plant_forms(either, Planted(CASES + 1))
    with clock.at(NOW + timedelta(minutes=5)):
        Worker(either.app).run(until_empty=True)
    return either


def _plant_forms(huiyin: World, planted: Planted) -> None:
    """One upload that waits, one that was confirmed."""
    for person in ("name", "phone"):
        form = annex1(
            contact=planted.word(person),
            address=planted.word("address"),
            reported=planted.word("reported"),
            help_needed=planted.word("help"),
        )
        public_id = sent(huiyin, (f"{planted.word('file')}.docx", form))
    confirmed(huiyin, public_id)


def _plant(huiyin: World, planted: Planted) -> None:
    visit = huiyin.visited(reported=planted.word("reported"), help_needed=planted.word("help"))
    reference = huiyin.raised(
        summary=planted.word("summary"),
        narrative=planted.word("narrative") * 3,
        visit=visit,
        resident={
            "name": planted.word("name"),
            "phone": planted.word("phone"),
            "consent_process": True,
            "address": planted.word("address"),
            "consent_forward": True,
        },
    )
    unit = ("housing", "transport", "education")[planted.number % 3]
    huiyin.move(
        reference,
        "coordinate",
        route="assign",
        transfer_text=TRANSFER,
        confirmed=True,
        note=planted.word("note"),
        assignments=[{"unit": unit, "role": "lead"}],
    )
    with huiyin.writing():
        case, clerk = huiyin.case(reference), huiyin.actor("clerk")
        cases.note(case, NoteIn(text=planted.word("note")), by=clerk)
        residents.reveal(
            case,
            RevealIn(reason=planted.word("reason") if planted.number % 49 else "核对情况后联系"),
            by=huiyin.actor("director" if planted.number % 2 else "clerk"),
        ) if planted.number <= 40 else None
        attachments.add(
            case, Upload(name=f"{planted.word('file')}.png", media_type="image/png", content=PNG), by=clerk
        )
    if planted.number % 4 == 0:
        _finish(huiyin, reference, unit, planted)


def _finish(huiyin: World, reference: str, unit: str, planted: Planted) -> None:
    login = {"housing": "dept", "transport": "dept2", "education": "dept3"}[unit]
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "reply", by=login, result_class="A", text=REPLY, contact_record="on_site")
    huiyin.move_share(share, "approve_reply", by="clerk")
    huiyin.move(reference, "handle")
    with huiyin.writing():
        case, clerk = huiyin.case(reference), huiyin.actor("clerk")
        letter = letters.draft(case, LetterIn(), by=clerk)
        letters.edit(letter, letters_edit(letter, planted), by=clerk)
        cases.move(case, "feed_back", by=clerk, given={"told": "oral", "note": planted.word("note")})
        ratings.rate(
            case, RatingIn(rating="satisfied", note=planted.word("rating")), by=huiyin.actor("member")
        )


def letters_edit(letter: Letter, planted: Planted) -> "letters.LetterEdit":
    content = letters.letter_words.content(letter).model_copy(update={"handling": planted.word("letter")})
    return letters.LetterEdit(content=content)


def _client(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    with app.test_request_context(), transaction("write"):
        person = sessions.people.by_login(login)
        assert person is not None
        token = sessions.open_for(person)
    client.set_cookie(app.config["LOGIN_COOKIE_NAME"], token)
    return client


def _idents(app: Flask) -> dict[str, list[str]]:
    """Every name by which an object of ours can be asked for, own and foreign alike."""
    with app.app_context(), transaction("read"):

        def all_of(column: object) -> list[str]:
            return [str(found) for found in db.session.scalars(select(column))]  # type: ignore[call-overload]

        return {
            "cases": all_of(Case.reference),
            "assignments": all_of(Assignment.public_id),
            "letters": all_of(Letter.public_id),
            "visits": all_of(Visit.public_id),
            "attachments": all_of(Attachment.public_id),
            "photos": all_of(Photo.public_id),
            "imports": all_of(FormImport.public_id),
            "originals": all_of(ImportOriginal.public_id),
            "people": all_of(Person.public_id),
            "units": all_of(OrgUnit.public_id),
        }


def _addresses(app: Flask) -> Iterator[str]:
    idents = _idents(app)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint in policy.STATIC:
            continue
        if not rule.arguments:
            yield from _with_filters(rule.rule)
            continue
        files = next((kind for kind in ("attachments", "originals") if kind in rule.rule), "")
        stem = files or rule.rule.removeprefix("/api/v1").split("/")[1]
        for ident in idents.get(stem, ["unknown"]):
            yield re.sub(r"<[^>]+>", ident, rule.rule)


def _with_filters(path: str) -> Iterator[str]:
    yield path
    if path.endswith(("/search", "/cases", "/assignments", "/letters", "/visits", "/export")):
        # Three cases, one of each department, so that everybody asks for words of their own and of others.
        numbers, names = ((1, 2, 3), FIELDS) if FULL or path == "/search" else ((1,), FIELDS[:2])
        words = [Planted(number).word(name) for number in numbers for name in names]
        yield from (f"{path}?q={word}" for word in [*words, "路灯", "金丝", "199"])
        filters = ("limit=200", "state=raised", "state=dispatched", "state=completed", "overdue=true")
        yield from (f"{path}?{one}" for one in filters)


def _found_in(data: bytes, content_type: str) -> set[str]:
    """Planted words in raw bytes and in every way they may be dressed."""
    texts = [
        data.decode("utf-8", "replace"),
        data.decode("utf-16", "replace"),
        data.decode("gb18030", "replace"),
    ]
    if "pdf" in content_type:
        reader = PdfReader(io.BytesIO(data))
        texts += [page.extract_text() for page in reader.pages] + [str(reader.metadata)]
    if "json" in content_type:
        texts.append(json.dumps(json.loads(data), ensure_ascii=False))
    texts += [html.unescape(texts[0]), unquote(texts[0])]
    return {found for text in texts for found in PLANTED.findall(text)}


@dataclass
class Walk:
    """What one department was answered, and what in it should not have been there."""

    client: FlaskClient
    asked: int = 0
    opened: int = 0
    papers: int = 0
    leaks: list[tuple[str, list[str]]] = field(default_factory=list)

    def through(self, addresses: list[str]) -> "Walk":
        waiting = addresses[::-1]
        while waiting:
            address = waiting.pop()
            answer = self.client.get(address)
            self.asked += 1
            self.opened += answer.status_code == 200
            self.papers += answer.mimetype == "application/pdf"
            if found := _words_in(address, answer):
                self.leaks.append((address, sorted(found)[:3]))
            if further := _next_page(address, answer):
                waiting.append(further)
        return self


def _words_in(address: str, answer: TestResponse) -> set[str]:
    """Planted words beside the one asked for, and cases that a planted word leads to."""
    asked = address.partition("?q=")[2]
    found = _found_in(answer.get_data(), answer.content_type or "") - {asked}
    found |= {word for value in answer.headers.values() for word in PLANTED.findall(unquote(value))} - {asked}
    if address.startswith("/search") and PLANTED.fullmatch(asked):
        found |= set(REFERENCE.findall(answer.get_data(as_text=True)))
    return found


def _next_page(address: str, answer: TestResponse) -> str | None:
    if answer.is_json:
        body = answer.get_json()
        after = body.get("next") if isinstance(body, dict) else None
        plain = re.sub(r"[?&]after=[^&]*", "", address)
        return f"{plain}{'&' if '?' in plain else '?'}after={after}" if after else None
    if answer.mimetype != "text/html":
        return None
    link = NEXT_PAGE.search(answer.get_data(as_text=True))
    return html.unescape(link[1]) if link else None


@pytest.mark.gate(seconds=400)
@pytest.mark.timeout(3_600 if FULL else 180)
@pytest.mark.requirement("T01")
@pytest.mark.requirement("T02")
@pytest.mark.requirement("T33")
def test_no_department_ever_meets_a_planted_word(aviary: World, counted: Counted) -> None:
    addresses = list(_addresses(aviary.app))
    walks = [Walk(_client(aviary.app, login)).through(addresses) for login in DEPARTMENTS]
    mails = list((Path(aviary.app.config["HUIYIN_INSTANCE"]) / "mail").iterdir())
    leaks = [leak for walk in walks for leak in walk.leaks]
    leaks += [(mail.name, []) for mail in mails if _found_in(mail.read_bytes(), "text/plain")]
    asked, opened, papers = (
        sum(getattr(walk, name) for walk in walks) for name in ("asked", "opened", "papers")
    )
    counted(
        f"{CASES} cases × {len(FIELDS)} fields, {len(walks)} departments: {asked} answers, "
        f"{opened} of them granted, with {papers} slips, and {len(mails)} mails read, {len(leaks)} leaks"
    )
    assert asked > 3 * CASES and opened > 4 * CASES and papers == CASES and mails
    assert not leaks, leaks[:5]
    # The control: the same eyes find the words on the clerk's page, so silence means silence.
    assert _words_before(_client(aviary.app, "xs-clerk"), aviary)


def _words_before(client: FlaskClient, aviary: World) -> bool:
    with aviary.app.app_context(), transaction("read"):
        reference = db.session.scalars(select(Case.reference).order_by(Case.id)).first()
    found = _found_in(client.get(f"/cases/{reference}").get_data(), "text/html")
    return {Planted(1).word("summary"), Planted(1).word("note")} <= found
