"""Which digest is asked for."""

from datetime import date

from tracker.incoming.schema import Input
from tracker.rules.spans import Period


class DigestIn(Input):
    """The period that holds ``on``; without a day the last one that is over."""

    period: Period = "week"
    on: date | None = None
