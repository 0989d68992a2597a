"""A published plan of working days as rows: date, kind, name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import Field

from tracker.errors import FieldError, Invalid
from tracker.incoming import tables
from tracker.incoming.schema import Input
from tracker.incoming.schema import read as check

COLUMNS = ("date", "kind", "name")


class DayIn(Input):
    """A day that differs from Monday to Friday: a holiday, or a weekend that is worked."""

    date: date
    kind: Literal["holiday", "workday"]
    name: str = Field(max_length=40)


def read(content: bytes) -> list[DayIn]:
    """Every day once, or Invalid with each faulty row's number and column."""
    days: dict[date, DayIn] = {}
    faults: list[FieldError] = []
    for row in tables.read_csv(content, COLUMNS):
        try:
            day = check(DayIn, {name: row.cells[name] for name in COLUMNS})
        except Invalid as refused:
            faults += _at(row.number, refused)
            continue
        days[day.date] = day
    if faults:
        raise Invalid(faults)
    return [days[day] for day in sorted(days)]


def _at(number: int, refused: Invalid) -> Iterator[FieldError]:
    for fault in refused.errors:
        yield replace(fault, field=f"{number}.{fault.field}")
