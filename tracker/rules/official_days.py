"""The official working-day plans that a kept library knows, as rows for the calendar table."""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

LIBRARY: Final = "chinese_calendar"
NAMES: Final = MappingProxyType(
    {
        "New Year's Day": "元旦",
        "Spring Festival": "春节",
        "Tomb-sweeping Day": "清明节",
        "Labour Day": "劳动节",
        "Dragon Boat Festival": "端午节",
        "Mid-autumn Festival": "中秋节",
        "National Day": "国庆节",
        "Anti-Fascist 70th Day": "抗战胜利纪念日",
    }
)

# Optional at run time: an installation may import the published notices instead.
TABLES: Any = import_module(f"{LIBRARY}.constants") if find_spec(LIBRARY) else None


class LibraryMissing(Exception):
    """The calendar library is not installed; plans can still be imported from the published notice."""


class CalendarRow(NamedTuple):
    """One exception from Monday to Friday."""

    date: date
    kind: Literal["holiday", "workday"]
    name: str
    source: str
    status: Literal["official", "provisional"]


def seed_days(years: Iterable[int]) -> Iterator[CalendarRow]:
    """Holidays and worked weekends of these years in order; a year without a plan yields nothing."""
    if TABLES is None:
        raise LibraryMissing
    wanted = set(years)
    names = TABLES.holidays | TABLES.workdays
    for day in sorted(names):
        if day.year in wanted:
            yield _row(day, names[day])


def _row(day: date, english: str) -> CalendarRow:
    kind: Literal["holiday", "workday"] = "workday" if day in TABLES.workdays else "holiday"
    return CalendarRow(day, kind, NAMES.get(english, english), LIBRARY, "official")
