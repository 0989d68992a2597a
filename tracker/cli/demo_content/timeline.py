"""The office's working days before the end of the demonstration, and moments on them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from tracker.rules.clock import SHANGHAI, Calendar, due, shanghai_date
from tracker.rules.official_days import seed_days

ONE_DAY: Final = timedelta(days=1)
MORNING: Final = (8 * 60 + 40, 11 * 60 + 40)
# Early enough that a chain of acts on one afternoon ends within office hours.
AFTERNOON: Final = (13 * 60 + 30, 15 * 60 + 20)
# Ten months of working days.
LENGTH: Final = 205


@dataclass(frozen=True)
class OfficeDays:
    """Working days in order; the last one is the last before the day of ``end``."""

    end: datetime
    days: tuple[date, ...]
    calendar: Calendar

    def back(self, working_days: int) -> int:
        """The place of the day so many working days before the last one."""
        return len(self.days) - 1 - working_days

    def is_past(self, start: datetime, working_days: int) -> bool:
        """Is a period that began at ``start`` over by the end of the demonstration?"""
        return due(start, working_days, self.calendar).at < self.end


def office_days(end: datetime) -> OfficeDays:
    last = shanghai_date(end)
    years = frozenset({last.year - 1, last.year})
    rows = list(seed_days(years))
    calendar = Calendar(
        {row.date: row.kind == "workday" for row in rows}, frozenset(row.date.year for row in rows)
    )
    return OfficeDays(end, tuple(reversed(list(_working_days_before(last, calendar)))), calendar)


def _working_days_before(last: date, calendar: Calendar) -> Iterator[date]:
    found = 0
    while found <= LENGTH:
        last -= ONE_DAY
        if calendar.is_working_day(last):
            found += 1
            yield last


class Walk:
    """Goes forward through the days; every stop is later than the one before."""

    def __init__(self, office: OfficeDays, index: int, rng: random.Random) -> None:
        self._office = office
        self._index = index
        self._rng = rng
        self._minute = 0

    @property
    def index(self) -> int:
        return self._index

    @property
    def day(self) -> date:
        return self._office.days[self._index]

    def start(self, *, outside_hours: bool) -> datetime:
        """When it is raised: in office hours, or on the day before, be it a Sunday."""
        self._minute = self._office_minute()
        if not outside_hours:
            return _moment(self.day, self._minute)
        return _moment(self.day - ONE_DAY, self._rng.randint(17 * 60 + 40, 20 * 60 + 30))

    def start_at(self, moment: datetime) -> datetime:
        """Raised together with something else, at that moment."""
        local = moment.astimezone(SHANGHAI)
        same_day = local.date() == self.day
        self._minute = local.hour * 60 + local.minute if same_day else MORNING[0]
        return moment

    def after(self, working_days: int) -> datetime:
        """So many working days later, or a little later on the same day."""
        if working_days > 0:
            self._index += working_days
            self._minute = self._office_minute()
        else:
            self._minute += self._rng.randint(3, 18)
        return _moment(self.day, self._minute)

    def _office_minute(self) -> int:
        first, last = self._rng.choice((MORNING, AFTERNOON))
        return self._rng.randint(first, last)


def office_hours(moment: datetime) -> datetime:
    """Half past ten of that day, or of the Friday before a weekend."""
    day = shanghai_date(moment)
    return _moment(day - max(day.weekday() - 4, 0) * ONE_DAY, 10 * 60 + 30)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), SHANGHAI).astimezone(UTC)


def month_end(day: date, months_later: int) -> date:
    """The last day of the month so many months on."""
    month = day.month - 1 + months_later + 1
    return date(day.year + month // 12, month % 12 + 1, 1) - ONE_DAY


def spread(days: Sequence[date], rng: random.Random) -> tuple[date, date]:
    """Two of these days in order: somebody looked in the first half, it was done towards the end."""
    last = len(days) - 1
    looked = rng.randint(min(1, last), max(min(1, last), last // 2))
    done = rng.randint(max(looked, last * 2 // 3), max(looked, last - 1, last * 2 // 3))
    return days[looked], days[done]
