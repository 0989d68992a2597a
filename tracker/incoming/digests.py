"""Which digest is asked for."""

from tracker.incoming.lists import Day
from tracker.incoming.schema import Input
from tracker.rules.spans import Period


class DigestIn(Input):
    """The period that holds ``on``; without a day the last one that is over."""

    period: Period = "week"
    on: Day | None = None
