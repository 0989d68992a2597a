"""Rows of any table, filled with the least it takes: what tests of the database itself insert."""

import itertools
from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, String, select
from sqlalchemy.exc import IntegrityError

from tests.world import NOW
from tracker.extensions import db
from tracker.models import Base
from tracker.models.base import UtcDateTime

TABLES = {table.name: table for table in Base.metadata.sorted_tables}
# No row has this number.
NOWHERE = 10**6

_numbers = itertools.count(1000)


def row(table: str, **given: Any) -> dict[str, Any]:
    """A row that the table takes: every column that must be filled is, with something nobody else has."""
    needed = (column for column in TABLES[table].columns if column.name not in given and _asks(column))
    return {column.name: value(column) for column in needed} | given


def value(column: Column[Any]) -> Any:
    """Something new this column can hold; the number of a row that exists where it points to one."""
    if column.foreign_keys:
        return existing(next(iter(column.foreign_keys)).column.table.name)
    number = next(_numbers)
    kinds: tuple[tuple[type, Any], ...] = (
        (UtcDateTime, NOW),
        (Date, date.fromordinal(730_000 + number)),
        (Boolean, False),
        (Integer, number),
        (JSON, []),
        (LargeBinary, number.to_bytes(32, "big")),
        (String, str(number)[-(getattr(column.type, "length", None) or 20) :]),
    )
    return next(made for kind, made in kinds if isinstance(column.type, kind))


def existing(table: str) -> Any:
    """The number of the table's first row, which is made where it has none."""
    key = next(iter(TABLES[table].primary_key))
    found = db.session.scalar(select(key).order_by(key).limit(1))
    return inserted(table) if found is None else found


def inserted(table: str, **given: Any) -> Any:
    made = db.session.execute(TABLES[table].insert().values(row(table, **given)))
    return made.inserted_primary_key[0]


def refused(table: str, *rows: dict[str, Any]) -> bool:
    """Whether the database takes all of them but the last; nothing stays."""
    point = db.session.begin_nested()
    try:
        for before in rows[:-1]:
            db.session.execute(TABLES[table].insert().values(before))
        try:
            db.session.execute(TABLES[table].insert().values(rows[-1]))
        except IntegrityError:
            return True
        return False
    finally:
        point.rollback()


def _asks(column: Column[Any]) -> bool:
    numbered = column.primary_key and not column.foreign_keys and column.name == "id"
    return not (column.nullable or column.default is not None or numbered)
