"""Deadlines in working days: when a period ends and how much of it is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Literal
from zoneinfo import ZoneInfo

from tracker.rules import statutory
from tracker.rules.words import N_, Phrase

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(17, 30)
ONE_DAY = timedelta(days=1)
# fmt: off
_MONTHS = (
    N_("1月"), N_("2月"), N_("3月"), N_("4月"), N_("5月"), N_("6月"),
    N_("7月"), N_("8月"), N_("9月"), N_("10月"), N_("11月"), N_("12月"),
)
# fmt: on


@dataclass(frozen=True, eq=False)
class Calendar:
    """The exceptions from Monday to Friday, and the years whose official plan they contain."""

    days: Mapping[date, bool]
    official_years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """In a year without a plan only the statutory days are free and no weekend is worked."""
        known = self.days.get(day)
        if known is not None:
            return known
        return day.weekday() < 5 and (self.is_official(day) or not statutory.is_holiday(day))

    def is_official(self, day: date) -> bool:
        return day.year in self.official_years


@dataclass(frozen=True)
class Due:
    """Provisional when the days counted touch a year whose plan is not published yet."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class Countdown:
    """Working days left or passed; `overdue` by 0 days means since yesterday evening at most."""

    kind: Literal["left", "today", "overdue"]
    days: int
    on: date
    this_year: bool


def shanghai_date(moment: datetime) -> date:
    """The date on the office's wall; a naive moment is refused."""
    return _local(moment).date()


def due(start: datetime, working_days: int, calendar: Calendar) -> Due:
    """End of a period: day 0 is not counted, and a start after 17:30 is one of the next calendar day."""
    if working_days < 1:
        raise ValueError("a period has at least one working day")
    first = _counted_day(start)
    last = _working_day_after(first, working_days, calendar)
    provisional = not all(year in calendar.official_years for year in range(first.year, last.year + 1))
    return Due(closing(last), provisional)


def closing(day: date) -> datetime:
    """17:30 of this day in Shanghai, as UTC."""
    return datetime.combine(day, END_OF_DAY, SHANGHAI).astimezone(UTC)


def working_days_left(now: datetime, due_at: datetime, calendar: Calendar) -> int:
    """Working days after today up to the due day; negative when the due day lies behind."""
    today, last = shanghai_date(now), shanghai_date(due_at)
    if last >= today:
        return _working_days_between(today, last, calendar)
    return -_working_days_between(last, today, calendar)


def countdown(now: datetime, due_at: datetime, calendar: Calendar) -> Countdown:
    today, last = shanghai_date(now), shanghai_date(due_at)
    left = working_days_left(now, due_at, calendar)
    this_year = today.year == last.year
    if now > due_at:
        return Countdown("overdue", max(0, -left), last, this_year)
    if today == last:
        return Countdown("today", 0, last, this_year)
    return Countdown("left", left, last, this_year)


def describe(count: Countdown) -> Phrase:
    """The countdown in words; the entrance translates the msgid."""
    if count.kind == "today":
        return Phrase(N_("今天 17:30 前"))
    if count.kind == "overdue":
        return _overdue(count.days)
    params = {"days": count.days, "year": count.on.year, "month": month(count.on), "day": count.on.day}
    if count.this_year:
        return Phrase(N_("剩 %(days)s 个工作日（%(month)s%(day)s日）"), params)
    return Phrase(N_("剩 %(days)s 个工作日（%(year)s年%(month)s%(day)s日）"), params)


def month(day: date) -> str:
    """The name of the day's month, itself a msgid: other languages do not count months."""
    return _MONTHS[day.month - 1]


def _overdue(days: int) -> Phrase:
    if days == 0:
        return Phrase(N_("已逾期，不足 1 个工作日"))
    return Phrase(N_("已逾期 %(days)s 个工作日"), {"days": days})


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(SHANGHAI)


def _counted_day(start: datetime) -> date:
    local = _local(start)
    return local.date() + ONE_DAY if local.time() > END_OF_DAY else local.date()


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += ONE_DAY
        yield day


def _working_day_after(day: date, working_days: int, calendar: Calendar) -> date:
    for later in _days_after(day):
        working_days -= calendar.is_working_day(later)
        if working_days == 0:
            return later
    raise AssertionError("days never end")


def _working_days_between(earlier: date, later: date, calendar: Calendar) -> int:
    whole_years = sum(_working_days_of(year, calendar)[-1] for year in range(earlier.year, later.year))
    return whole_years + _so_far(later, calendar) - _so_far(earlier, calendar)


def _so_far(day: date, calendar: Calendar) -> int:
    return _working_days_of(day.year, calendar)[day.timetuple().tm_yday - 1]


@lru_cache(maxsize=256)
def _working_days_of(year: int, calendar: Calendar) -> tuple[int, ...]:
    """For each day of the year, how many working days it has had by then."""
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    return tuple(accumulate(int(calendar.is_working_day(first + timedelta(days=n))) for n in range(length)))


def midnight(day: date) -> datetime:
    """The instant at which this day begins on the office's wall."""
    return datetime.combine(day, time(), SHANGHAI)


def shanghai_midnight(moment: datetime) -> datetime:
    """The instant at which the moment's day began on the office's wall."""
    return midnight(shanghai_date(moment))
