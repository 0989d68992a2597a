"""The working-day calendar as rules.clock takes it."""

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models import CalendarDay
from tracker.rules.clock import Calendar

_STAND = select(func.count(), func.max(CalendarDay.source))
_cache: dict[tuple[str, int, str | None], Calendar] = {}


def calendar() -> Calendar:
    """The whole table, kept in memory until it changes: ``source`` of an import carries its moment."""
    size, newest = db.session.execute(_STAND).one()
    key = (str(db.engine.url), size, newest)
    if key not in _cache:
        _cache.clear()
        rows = db.session.scalars(select(CalendarDay)).all()
        official = frozenset(row.day.year for row in rows if row.status == "official")
        _cache[key] = Calendar({row.day: row.kind == "workday" for row in rows}, official)
    return _cache[key]
