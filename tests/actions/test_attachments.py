"""An original added to a case: sealed at rest, named in the diary by its fingerprint."""

import hashlib

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import World
from tracker.actions import attachments
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.incoming.attachments import Upload
from tracker.models import Attachment, Event, Outbox, vault
from tracker.rules.cipher import CannotDecrypt

UPLOAD = Upload("李家后院的旧照片.jpg", "image/jpeg", b"\xff\xd8 a picture of a lamp")


def add(world: World, reference: str, *, by: str = "member") -> None:
    with world.writing():
        attachments.add(world.case(reference), UPLOAD, by=world.actor(by))


@pytest.mark.requirement("T28")
def test_what_is_kept_opens_only_at_its_own_place(either: World) -> None:
    add(either, either.raised())
    with either.reading():
        kept = db.session.scalars(select(Attachment)).one()
        name = vault.unseal("attachment", kept.public_id, "name", kept.name_sealed)
        content = vault.unseal("attachment", kept.public_id, "content", kept.content_sealed)
        assert (name.decode(), content) == (UPLOAD.name, UPLOAD.content)
        with pytest.raises(CannotDecrypt):
            vault.unseal("attachment", kept.public_id, "name", kept.content_sealed)


def test_neither_name_nor_content_is_stored_in_clear(huiyin: World) -> None:
    add(huiyin, huiyin.raised())
    stored = repr(everything(huiyin))
    assert "旧照片" not in stored and "a picture of a lamp" not in stored


def test_the_diary_names_the_fingerprint_and_nobody_is_told(huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.reading():
        queued = db.session.query(Outbox).count()
    add(huiyin, reference)
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "attach")).one()
        assert event.data["sha256"] == hashlib.sha256(UPLOAD.content).hexdigest()
        assert set(event.data) == {"file", "sha256"}
        assert db.session.query(Outbox).count() == queued


def test_the_same_file_twice_is_two_originals_that_cannot_be_told_to_be_alike(huiyin: World) -> None:
    reference = huiyin.raised()
    add(huiyin, reference)
    add(huiyin, reference, by="clerk")
    with huiyin.reading():
        one, other = db.session.scalars(select(Attachment)).all()
        assert one.public_id != other.public_id and one.content_sealed != other.content_sealed
        assert one.size == other.size == len(UPLOAD.content)


@pytest.mark.parametrize("who", ["member2", "secretary", "dept", "leader", "auditor", "admin", "dt-clerk"])
def test_nobody_else_adds_anything(huiyin: World, who: str) -> None:
    reference = huiyin.raised()
    before = everything(huiyin)
    with pytest.raises(Forbidden):
        add(huiyin, reference, by=who)
    assert everything(huiyin) == before


def test_to_an_accusation_only_the_director_adds(huiyin: World) -> None:
    reference = huiyin.raised(is_accusation=True)
    for who in ("member", "clerk"):
        with pytest.raises(Forbidden):
            add(huiyin, reference, by=who)
    add(huiyin, reference, by="director")
