"""A visit that was reported late says so wherever it is listed (S2-16)."""

from datetime import date, datetime

from tracker.door.language import gettext
from tracker.queries.calendar import calendar
from tracker.rules.clock import shanghai_date
from tracker.rules.lateness import lateness
from tracker.rules.words import N_
from tracker.web.words import Sign

WORDS = {"late": N_("迟报"), "catch_up": N_("补报")}


def sign(visited_on: date, reported_at: datetime, ends_on: date | None, within: int | None) -> Sign | None:
    """None where it came in time, or counts for no campaign."""
    if ends_on is None or within is None:
        return None
    found = lateness(
        visited_on, shanghai_date(reported_at), ends_on=ends_on, within=within, calendar=calendar()
    )
    return Sign(gettext(WORDS[found]), "warn", "clock") if found else None
