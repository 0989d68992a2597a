"""Whether a visit was reported in time (S2-15, S2-16)."""

from datetime import date
from functools import lru_cache
from typing import Literal

from tracker.rules.clock import Calendar, closing, due, shanghai_date

Lateness = Literal["late", "catch_up"]


# A board asks for thousands of visits on a few dozen days.
@lru_cache(maxsize=1024)
def last_day(visited_on: date, within: int, calendar: Calendar) -> date:
    """The last of the working days after the visit in which it is still in time."""
    return shanghai_date(due(closing(visited_on), within, calendar).at)


def lateness(
    visited_on: date, reported_on: date, *, ends_on: date, within: int, calendar: Calendar
) -> Lateness | None:
    """``catch_up``: reported after the campaign's end; ``late``: within it, after too many working days."""
    if reported_on > ends_on:
        return "catch_up"
    return "late" if reported_on > last_day(visited_on, within, calendar) else None
