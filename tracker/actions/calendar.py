"""The working-day calendar: a published plan replaces what was known of its days."""

from collections.abc import Iterable
from datetime import datetime

from tracker.actions.base import action, session
from tracker.incoming.calendar import DayIn
from tracker.models import CalendarDay
from tracker.queries import calendar as known


@action
def store(days: Iterable[DayIn], *, now: datetime) -> int:
    """How many days are new or other than before. Deadlines that run already keep their date."""
    source = f"import {now:%Y-%m-%dT%H:%M:%S.%f}"
    changed = 0
    for given in days:
        day = session().get(CalendarDay, given.date) or CalendarDay(day=given.date)
        wanted = (given.kind, given.name, "official")
        if (day.kind, day.name, day.status) != wanted:
            day.kind, day.name, day.status = wanted
            day.source = source
            session().add(day)
            changed += 1
    known.forget()
    return changed
