"""Is the diary still what was written: its hashes, its sealed end, its notes, the ends noted elsewhere?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import ChainHead, Committee, Event, Note
from tracker.models.diary import HASHED
from tracker.rules import chain, witness
from tracker.rules.chain import Head

BATCH = 1000


@dataclass(frozen=True)
class Fault:
    """Where the diary was tampered with; see chain.Fault and witness.Contradiction for the kinds.

    `note` and `note_missing` speak of the words beside an event, `unsealed` of a chain without an end.
    """

    committee: str
    seq: int
    kind: str


@dataclass(frozen=True)
class Report:
    """``events`` and ``noted`` say how much was compared."""

    events: dict[str, int]
    noted: int
    faults: list[Fault]


def verify(key: bytes, noted: Sequence[Head] = ()) -> Report:
    """Read the whole diary of every committee; an empty list of faults means that it is whole."""
    codes = {row.id: row.code for row in db.session.scalars(select(Committee).order_by(Committee.id))}
    wanted = {(head.committee, head.seq) for head in noted}
    found: dict[tuple[int, int], bytes] = {}
    counts: dict[str, int] = {}
    faults: list[Fault] = []
    for number, code in codes.items():
        walk = _Walk(number, wanted, found)
        faults += [Fault(code, fault.seq, fault.kind) for fault in _chain_faults(walk, key)]
        faults += [Fault(code, seq, kind) for seq, kind in _note_faults(number)]
        counts[code] = walk.events
    for other in witness.contradictions(noted, found, key):
        faults.append(Fault(codes.get(other.committee, str(other.committee)), other.seq, other.kind))
    return Report(counts, len(noted), _once(faults))


class _Walk:
    """One committee's events in their stored order, counted on the way; ``found`` keeps the noted ones."""

    def __init__(
        self, committee: int, wanted: set[tuple[int, int]], found: dict[tuple[int, int], bytes]
    ) -> None:
        self.committee = committee
        self.events = 0
        self._wanted = wanted
        self._found = found

    def __iter__(self) -> Iterator[chain.Row]:
        columns = [getattr(Event, name) for name in HASHED]
        query = select(*columns, Event.prev_hash, Event.hash).where(Event.committee_id == self.committee)
        rows = db.session.execute(query.order_by(Event.id).execution_options(yield_per=BATCH))
        for row in rows:
            self.events += 1
            if (self.committee, row.seq) in self._wanted:
                self._found[self.committee, row.seq] = row.hash
            yield chain.Row(row.seq, dict(zip(HASHED, row, strict=False)), row.prev_hash, row.hash)


def _chain_faults(walk: _Walk, key: bytes) -> Iterable[Any]:
    head = db.session.get(ChainHead, walk.committee)
    if head is None:
        # Nothing may be there without a sealed end, however small.
        seqs = [row.seq for row in walk]
        return [Fault("", seqs[-1], "unsealed")] if seqs else []
    return chain.verify(walk, Head(head.committee_id, head.seq, head.hash, head.mac), key)


def _note_faults(committee: int) -> Iterator[tuple[int, str]]:
    beside = (
        select(Event.seq, Event.note_hash, Note.salt, Note.text)
        .join(Event, Event.id == Note.event_id)
        .where(Event.committee_id == committee, Note.erased_at.is_(None))
        .execution_options(yield_per=BATCH)
    )
    for row in db.session.execute(beside):
        if row.note_hash != chain.note_hash(row.salt, row.text):
            yield row.seq, "note"
    bare = select(Event.seq).where(
        Event.committee_id == committee,
        Event.note_hash.is_not(None),
        ~select(Note.id).where(Note.event_id == Event.id).exists(),
    )
    for seq in db.session.scalars(bare):
        yield seq, "note_missing"


def _once(faults: list[Fault]) -> list[Fault]:
    """A change that many notes contradict is told once."""
    ordered = sorted(faults, key=lambda fault: (fault.committee, fault.seq, fault.kind))
    return [fault for fault, _ in groupby(ordered)]
