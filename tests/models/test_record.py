"""The record: what was written stays, by whatever door somebody comes (T02)."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.models.rows import inserted, row
from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import Event, Note
from tracker.models.diary import HASHED
from tracker.rules import chain

NOT_HASHED = {"id", "prev_hash", "hash"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor_id = NULL",
        "UPDATE event SET at = at",
        "UPDATE event SET seq = seq + 1000 WHERE seq = 1",
        "DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
    ],
)
def test_no_statement_changes_what_happened(statement: str, either: World) -> None:
    either.raised()
    before = _rows(either)
    with pytest.raises(DBAPIError, match="append-only"), either.writing():
        db.session.execute(text(statement))
    assert _rows(either) == before != []


def test_a_change_by_way_of_a_mapped_row_is_refused_too(huiyin: World) -> None:
    huiyin.raised()
    for change in ({"verb": "close"}, {"data": {"x": 1}}, {"hash": bytes(32)}):
        with pytest.raises(DBAPIError, match="append-only"), huiyin.writing():
            event = db.session.scalars(select(Event)).first()
            for name, value in change.items():
                setattr(event, name, value)
            db.session.flush()


def test_postgresql_does_not_empty_the_record_either(postgres_app: Flask) -> None:
    world = World(postgres_app)
    world.raised()
    with pytest.raises(DBAPIError, match="append-only"), world.writing():
        db.session.execute(text("TRUNCATE event CASCADE"))
    assert _rows(world)


def test_a_new_event_is_taken_as_ever(either: World) -> None:
    with either.writing():
        number = inserted("event", **(row("event") | {"actor_kind": "system", "verb": "note"}))
        assert db.session.get_one(Event, number).verb == "note"


def test_the_hash_covers_every_column_that_says_something() -> None:
    columns = {column.name for column in Event.__table__.columns}
    assert columns - set(HASHED) == NOT_HASHED and len(HASHED) == len(set(HASHED))


@pytest.mark.parametrize("name", [name for name in HASHED if name not in ("data", "at", "note_hash")])
def test_another_value_in_any_column_is_another_hash(name: str) -> None:
    event = Event(**dict.fromkeys(HASHED, None), prev_hash=bytes(32), hash=bytes(32))
    event.committee_id, event.seq, event.at, event.data = 1, 1, NOW, {}
    before = chain.link(bytes(32), event.content())
    setattr(event, name, "x")
    assert chain.link(bytes(32), event.content()) != before


def test_what_comes_back_from_the_database_still_fits_its_hash(either: World) -> None:
    """Moments, bytes, Chinese and nested data are the same after a way through either database."""
    either.handled()
    either.move(either.raised(), "withdraw", note="本人来电要求撤回，电话已核实")
    with either.reading():
        events = db.session.scalars(select(Event).order_by(Event.committee_id, Event.seq)).all()
        assert len(events) >= 6 and any(event.note_hash for event in events)
        for before, event in zip([None, *events], events, strict=False):
            assert event.prev_hash == (before.hash if before else chain.GENESIS)
            assert event.hash == chain.link(event.prev_hash, event.content())


def test_a_note_can_be_erased_and_the_chain_stays_whole(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "withdraw", note="本人来电要求撤回，电话已核实")
    with huiyin.writing():
        note = db.session.scalars(select(Note)).one()
        assert note.event is not None
        assert note.event.note_hash == chain.note_hash(note.salt, note.text)
        note.text, note.salt, note.erased_at = "", bytes(16), NOW
        db.session.flush()
        event = note.event
        assert event.hash == chain.link(event.prev_hash, event.content())
        assert event.note_hash != chain.note_hash(note.salt, note.text)


def _rows(world: World) -> list[str]:
    with world.reading():
        return sorted(map(repr, db.session.execute(text("SELECT * FROM event")).all()))
