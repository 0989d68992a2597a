"""What somebody with the database but without the key may try on the diary: one random edit at a time."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, text, update

from tracker.extensions import db
from tracker.models import ChainHead, Event, Note, Notice
from tracker.models.diary import HASHED
from tracker.rules import chain

EVENTS: Any = Event.__table__
HEADS: Any = ChainHead.__table__
COLUMNS = [name for name in HASHED if name not in ("committee_id", "seq")]
HASHES = ["note_hash", "prev_hash", "hash"]
DROPS = {
    "sqlite": ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"),
    "postgresql": ("DROP TRIGGER event_append_only ON event",),
}


def drop_triggers() -> None:
    """As the owner of the tables can."""
    for statement in DROPS[db.engine.dialect.name]:
        db.session.execute(text(statement))


def rows_of(committee: int) -> list[Any]:
    query = select(EVENTS).where(EVENTS.c.committee_id == committee).order_by(EVENTS.c.id)
    return list(db.session.execute(query))


def change(luck: random.Random, rows: list[Any]) -> str:
    """Another value in one column of one event."""
    row, name = luck.choice(rows), luck.choice([*COLUMNS, *HASHES[1:]])
    _set(row.id, **{name: _other(name, getattr(row, name), luck)})
    return f"change {name}"


def remove(luck: random.Random, rows: list[Any]) -> str:
    delete_events([luck.choice(rows).id])
    return "remove"


def reorder(luck: random.Random, rows: list[Any]) -> str:
    """Two events trade places, hashes and all."""
    one, two = luck.sample(rows, 2)
    _set(one.id, seq=-1)
    _set(two.id, seq=one.seq)
    _set(one.id, seq=two.seq)
    return "reorder"


def swap_contents(luck: random.Random, rows: list[Any]) -> str:
    """Two events trade everything but their row and number."""
    one, two = luck.sample(rows, 2)
    names = [*COLUMNS, *HASHES[1:]]
    _set(one.id, **{name: getattr(two, name) for name in names})
    _set(two.id, **{name: getattr(one, name) for name in names})
    return "swap contents"


def truncate(luck: random.Random, rows: list[Any]) -> str:
    """The newest events go, and the end is told to be the one before; its seal cannot be made."""
    keep = luck.randrange(1, len(rows))
    delete_events([row.id for row in rows[keep:]])
    if luck.random() < 0.7:
        _end_at(rows[keep - 1].seq, rows[keep - 1].hash, rows[0].committee_id, luck)
    return "truncate"


def rechain(luck: random.Random, rows: list[Any]) -> str:
    """One event is changed and everything after it is linked anew, so that only the seal is missing."""
    start = luck.randrange(len(rows))
    prev = rows[start].prev_hash
    for row in rows[start:]:
        event = {name: getattr(row, name) for name in HASHED}
        if row.id == rows[start].id:
            event["verb"] = f"{row.verb}x"
        new = chain.link(prev, event)
        _set(row.id, verb=event["verb"], prev_hash=prev, hash=new)
        prev = new
    _end_at(rows[-1].seq, prev, rows[0].committee_id, luck)
    return "re-chain"


def append(luck: random.Random, rows: list[Any]) -> str:
    """An event that never happened, linked to the last one."""
    last = rows[-1]
    event = {name: getattr(last, name) for name in HASHED} | {"seq": last.seq + 1}
    new = chain.link(last.hash, event)
    highest = db.session.scalar(select(EVENTS.c.id).order_by(EVENTS.c.id.desc()).limit(1)) or 0
    db.session.execute(EVENTS.insert().values(**event, id=highest + 1, prev_hash=last.hash, hash=new))
    if luck.random() < 0.7:
        _end_at(last.seq + 1, new, last.committee_id, luck)
    return "append"


EDITS: tuple[Callable[[random.Random, list[Any]], str], ...] = (
    change,
    change,
    remove,
    reorder,
    swap_contents,
    truncate,
    rechain,
    append,
)


def _set(row_id: int, **values: Any) -> None:
    db.session.execute(update(EVENTS).where(EVENTS.c.id == row_id).values(**values))


def delete_events(ids: list[int]) -> None:
    for table in (Note, Notice):
        db.session.execute(delete(table).where(table.event_id.in_(ids)))
    db.session.execute(delete(EVENTS).where(EVENTS.c.id.in_(ids)))


def _end_at(seq: int, last: bytes, committee: int, luck: random.Random) -> None:
    """A new end, under the old seal or under an invented one."""
    values: dict[str, Any] = {"seq": seq, "hash": last}
    if luck.random() < 0.5:
        values["mac"] = luck.randbytes(32)
    db.session.execute(update(HEADS).where(HEADS.c.committee_id == committee).values(**values))


def _other(name: str, value: Any, luck: random.Random) -> Any:
    """Another value that the column takes; ids are those of rows that exist."""
    if name.endswith("_id"):
        return 2 if value == 1 else 1
    if name in HASHES:
        return luck.randbytes(32)
    if isinstance(value, dict):
        return value | {"extra": luck.randrange(1000)}
    if name == "at":
        return value + timedelta(seconds=luck.choice((-1, 1, 3600)))
    return f"{value or ''}x"
