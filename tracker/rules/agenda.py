"""When a case may stand on a meeting's agenda, and what may still be done with it there (S1-42)."""

from datetime import date, timedelta
from typing import Final

from tracker.rules.words import N_

KINDS: Final = {"standing": N_("常委会议"), "chair": N_("主席会议"), "special": N_("专题会议")}
# A meeting is arranged beforehand, at most this long.
AHEAD: Final = timedelta(days=366)


def is_upcoming(held_on: date, today: date) -> bool:
    """The day itself counts: until it is over the agenda may change."""
    return held_on >= today


def may_be_held_on(day: date, today: date) -> bool:
    return today <= day <= today + AHEAD


def may_decide(held_on: date, today: date) -> bool:
    """What was decided is written down when the meeting has met."""
    return held_on <= today
