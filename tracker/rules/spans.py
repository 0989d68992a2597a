"""The week, month or quarter a digest tells of (S1-47)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Period = Literal["week", "month", "quarter"]
PERIODS: Final[tuple[Period, ...]] = ("week", "month", "quarter")


@dataclass(frozen=True)
class Span:
    """Both days belong to it."""

    period: Period
    first: date
    last: date

    def before(self) -> "Span":
        return span(self.period, self.first - timedelta(days=1))

    def after(self) -> "Span":
        return span(self.period, self.last + timedelta(days=1))


def span(period: Period, on: date) -> Span:
    """The one that holds this day; a week begins on Monday."""
    if period == "week":
        monday = on - timedelta(days=on.weekday())
        return Span(period, monday, monday + timedelta(days=6))
    months = 1 if period == "month" else 3
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    return Span(period, first, _first_after(first, months) - timedelta(days=1))


def last_full(period: Period, today: date) -> Span:
    """What is over: the one before today's."""
    return span(period, today).before()


def _first_after(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
