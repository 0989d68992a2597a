"""The working-day calendar as rules.clock takes it."""

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models import CalendarDay
from tracker.rules.clock import Calendar

_cache: dict[tuple[str, int], Calendar] = {}


def calendar() -> Calendar:
    """The whole table, kept in memory until its number of rows changes."""
    size = db.session.scalar(select(func.count()).select_from(CalendarDay)) or 0
    key = (str(db.engine.url), size)
    if key not in _cache:
        _cache.clear()
        rows = db.session.scalars(select(CalendarDay)).all()
        official = frozenset(row.day.year for row in rows if row.status == "official")
        _cache[key] = Calendar({row.day: row.kind == "workday" for row in rows}, official)
    return _cache[key]
