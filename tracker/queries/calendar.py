"""The working-day calendar as rules.clock takes it."""

from sqlalchemy import func, select

from tracker.extensions import db, looked_up
from tracker.models import CalendarDay
from tracker.rules.clock import Calendar

_STAND = select(func.count(), func.max(CalendarDay.source))
_cache: dict[tuple[str, int, str | None], Calendar] = {}


def calendar() -> Calendar:
    """The working days, asked for once in a unit of work: a step has up to four dates to count."""
    known = looked_up()
    if "calendar" not in known:
        known["calendar"] = _calendar()
    found: Calendar = known["calendar"]
    return found


def forget() -> None:
    """In the unit of work that changes them."""
    looked_up().pop("calendar", None)


def _calendar() -> Calendar:
    """The whole table, kept in memory until it changes: ``source`` of an import carries its moment."""
    size, newest = db.session.execute(_STAND).one()
    key = (str(db.engine.url), size, newest)
    if key not in _cache:
        _cache.clear()
        rows = db.session.scalars(select(CalendarDay)).all()
        official = frozenset(row.day.year for row in rows if row.status == "official")
        _cache[key] = Calendar({row.day: row.kind == "workday" for row in rows}, official)
    return _cache[key]
