"""Nobody without the key can edit the diary unnoticed, and the app's own account cannot edit it at all."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from tests.counted import Counted
from tests.queries import insider
from tests.world import World
from tracker.actions import cases
from tracker.extensions import clock, db, transaction
from tracker.incoming.cases import NoteIn
from tracker.models import ChainHead, Committee, Event, Note
from tracker.queries import audit
from tracker.rules.chain import Head

KEY = b"event"
EDITS = 1000 if os.environ.get("HUIYIN_TIER") == "gate" else 100


class Undo(Exception):
    """Ends a test's transaction without keeping anything."""


@contextmanager
def undone(world: World) -> Iterator[None]:
    try:
        with world.app.app_context(), transaction("write"):
            yield
            raise Undo
    except Undo:
        pass


def written(world: World) -> None:
    """Two committees with a few dozen events between them, some with words beside them."""
    for _ in range(3):
        reference = world.handled()
        with world.writing():
            cases.note(world.case(reference), NoteIn(text="已电话核实情况"), by=world.actor("clerk"))
    world.raised(by="dt-member")
    world.raised(by="dt-member")


def kinds(noted: list[Head] | None = None) -> set[str]:
    return {fault.kind for fault in audit.verify(KEY, noted or []).faults}


def head() -> Head:
    row = db.session.scalars(select(ChainHead).order_by(ChainHead.committee_id).limit(1)).one()
    return Head(row.committee_id, row.seq, row.hash, row.mac)


@pytest.mark.requirement("T39")
def test_what_was_written_is_whole(either: World) -> None:
    written(either)
    with either.reading():
        report = audit.verify(KEY, [head()])
        assert report.faults == [] and report.noted == 1
        counted = db.session.scalar(select(func.count()).select_from(Event))
        assert sum(report.events.values()) == counted and set(report.events) == {"xs", "dt"}


@pytest.mark.gate(seconds=15)
@pytest.mark.requirement("T39")
def test_every_random_edit_is_found(either: World, counted: Counted) -> None:
    written(either)
    luck = random.Random(39)
    found: Counter[str] = Counter()
    with either.app.app_context(), transaction("write"):
        insider.drop_triggers()
        committees = list(db.session.scalars(select(Committee.id)))
        chains = {number: insider.rows_of(number) for number in committees}
    for _ in range(EDITS):
        edit = luck.choice(insider.EDITS)
        rows = chains[luck.choice(committees)]
        with undone(either):
            what = edit(luck, rows)
            assert kinds(), what
            found[what.partition(" ")[0]] += 1
    assert found.total() == EDITS
    with either.reading():
        assert kinds() == set()
    counted(f"{EDITS} edits of event rows, {found.total()} found: {dict(found)}")


@pytest.mark.requirement("T39")
def test_a_chain_cut_back_to_an_older_sealed_end_is_found_by_what_was_noted_elsewhere(either: World) -> None:
    either.raised()
    with either.reading():
        old = head()
    written(either)
    with either.reading():
        new = head()
    with undone(either):
        insider.drop_triggers()
        rows = insider.rows_of(old.committee)
        insider.delete_events([row.id for row in rows if row.seq > old.seq])
        values = {"seq": old.seq, "hash": old.hash, "mac": old.mac}
        db.session.execute(update(ChainHead).where(ChainHead.committee_id == old.committee).values(**values))
        assert kinds() == set()
        assert kinds([old, new]) == {"cut_off"}


@pytest.mark.requirement("T39")
def test_a_chain_without_its_end_is_found(huiyin: World) -> None:
    huiyin.raised()
    with undone(huiyin):
        db.session.execute(delete(ChainHead))
        assert kinds() == {"unsealed"}


@pytest.mark.requirement("T39")
def test_words_beside_an_event_cannot_be_replaced_or_taken_away(huiyin: World) -> None:
    written(huiyin)
    with undone(huiyin):
        db.session.execute(update(Note).where(Note.id == 1).values(text="另一句话"))
        assert kinds() == {"note"}
    with undone(huiyin):
        db.session.execute(delete(Note).where(Note.id == 1))
        assert kinds() == {"note_missing"}


def test_words_may_be_erased(huiyin: World) -> None:
    written(huiyin)
    with huiyin.writing():
        db.session.execute(update(Note).values(text="", salt=bytes(16), erased_at=clock()))
    with huiyin.reading():
        assert kinds() == set()


@pytest.mark.requirement("T39")
@pytest.mark.parametrize(
    "statement", [update(Event).values(verb="x"), delete(Event)], ids=["update", "delete"]
)
def test_the_app_itself_cannot_change_an_event(either: World, statement: object) -> None:
    either.raised()
    with pytest.raises(DBAPIError, match="append-only"), either.writing():
        db.session.execute(statement)  # type: ignore[call-overload]
