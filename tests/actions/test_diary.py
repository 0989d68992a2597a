"""One chain a committee: linked, sealed, with its words beside it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, World
from tracker.actions import cases, diary
from tracker.extensions import db
from tracker.incoming.cases import NoteIn
from tracker.models import ChainHead, Event, Note, Outbox
from tracker.rules import chain

KEY = b"event"


def chained(world: World) -> dict[int, list[Event]]:
    """Inside an open transaction: the events of each committee in their order."""
    found: dict[int, list[Event]] = {}
    for event in db.session.scalars(select(Event).order_by(Event.committee_id, Event.seq)):
        found.setdefault(event.committee_id, []).append(event)
    return found


def test_two_committees_have_two_chains_that_count_from_one(either: World) -> None:
    other = World(either.app, "dt")
    for _ in range(3):
        either.raised()
        other.raised()
    with either.reading():
        chains = chained(either)
        assert len(chains) == 2
        for events in chains.values():
            assert [event.seq for event in events] == list(range(1, len(events) + 1))
            assert events[0].prev_hash == chain.GENESIS


def test_every_event_seals_the_one_before_and_the_head_the_last(either: World) -> None:
    either.fed_back()
    with either.reading():
        for committee, events in chained(either).items():
            head = db.session.get_one(ChainHead, committee)
            rows = [chain.Row(e.seq, e.content(), e.prev_hash, e.hash) for e in events]
            sealed = chain.Head(committee, head.seq, head.hash, head.mac)
            assert chain.verify(rows, sealed, KEY) == []
            assert head.seq == len(events)


def test_a_refused_step_leaves_no_number_missing(either: World) -> None:
    reference = either.raised()
    with pytest.raises(RuntimeError), either.writing():
        cases.note(either.case(reference), NoteIn(text="一句话"), by=either.actor("clerk"))
        raise RuntimeError("the server died")
    either.move(reference, "withdraw", note="不办了")
    with either.reading():
        (events,) = chained(either).values()
        assert [event.seq for event in events] == [1, 2]


def test_words_stand_beside_the_event_bound_by_their_hash(huiyin: World) -> None:
    huiyin.move(huiyin.raised(), "withdraw", note="当事人不再要求")
    with huiyin.reading():
        note = db.session.scalars(select(Note)).one()
        assert note.event is not None
        assert note.event.note_hash == chain.note_hash(note.salt, "当事人不再要求")
        assert "当事人" not in repr(note.event.content())


def test_the_same_words_twice_have_two_hashes(huiyin: World) -> None:
    for _ in range(2):
        huiyin.move(huiyin.raised(), "withdraw", note="当事人不再要求")
    with huiyin.reading():
        hashes = list(db.session.scalars(select(Event.note_hash).where(Event.verb == "withdraw")))
        assert len(set(hashes)) == 2


def test_a_step_without_words_has_no_note(huiyin: World) -> None:
    huiyin.coordinated()
    with huiyin.reading():
        assert list(db.session.scalars(select(Note))) == []
        assert set(db.session.scalars(select(Event.note_hash))) == {None}


def test_an_erased_note_breaks_no_chain(huiyin: World) -> None:
    huiyin.move(huiyin.raised(), "withdraw", note="当事人不再要求")
    with huiyin.writing():
        note = db.session.scalars(select(Note)).one()
        note.text, note.salt, note.erased_at = "", b"", NOW
    with huiyin.reading():
        for events in chained(huiyin).values():
            assert all(event.hash == chain.link(event.prev_hash, event.content()) for event in events)


@pytest.mark.requirement("T20")
@pytest.mark.parametrize("act", ["update event set verb = 'x'", "delete from event"])
def test_the_database_itself_refuses_to_change_an_event(either: World, act: str) -> None:
    either.raised()
    before = everything(either)
    with pytest.raises(Exception, match=r"(?i)append|event|refus"), either.writing():
        db.session.execute(db.text(act))
    assert everything(either) == before


def test_a_persons_name_stands_in_no_event_a_rules_name_does(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.delivered(reference)
    with huiyin.reading():
        for event in db.session.scalars(select(Event)):
            assert bool(event.actor_name) is (event.actor_kind == "system")
            assert (event.actor_id is None) is (event.actor_kind == "system")


def test_an_event_touches_its_case_and_no_other(huiyin: World) -> None:
    one, other = huiyin.raised(), huiyin.raised()
    later = NOW + timedelta(hours=3)
    with huiyin.writing(later):
        cases.note(huiyin.case(one), NoteIn(text="一句话"), by=huiyin.actor("clerk"))
        assert huiyin.case(one).updated_at == later
    with huiyin.reading():
        assert huiyin.case(one).updated_at == later
        assert huiyin.case(other).updated_at == NOW


def test_an_event_nobody_thought_of_is_not_written(huiyin: World) -> None:
    reference = huiyin.raised()
    before = everything(huiyin)
    with pytest.raises(KeyError), huiyin.writing():
        diary.write(huiyin.case(reference), "explode", by=huiyin.actor("clerk"))
    assert everything(huiyin) == before


def test_many_events_at_once_are_one_chain_and_tell_nobody(either: World) -> None:
    made = [either.raised() for _ in range(3)]
    with either.writing():
        queued = db.session.query(Outbox).count()
        things = [either.case(reference) for reference in made]
        diary.write_many(things, "edit", by=either.actor("clerk"))
        assert db.session.query(Outbox).count() == queued
    with either.reading():
        (events,) = chained(either).values()
        assert [event.object_id for event in events[3:]] == [case.id for case in map(either.case, made)]
        assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
