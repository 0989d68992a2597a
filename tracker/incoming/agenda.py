"""What the office enters about meetings that take up cases."""

from typing import Literal

from pydantic import Field

from tracker.incoming.lists import Day, Token
from tracker.incoming.schema import Input

Kind = Literal["standing", "chair", "special"]


class MeetingIn(Input):
    kind: Kind
    held_on: Day
    place: str = Field("", max_length=120)


class ArrangedIn(MeetingIn):
    """``case``: the reference of the case for which it is arranged."""

    case: str = Field("", max_length=24)


class PutOnIn(Input):
    meeting: Token


class OrderIn(Input):
    """One item a place up or down."""

    item: Token
    to: Literal["up", "down"]


class TakenOffIn(Input):
    why_off: str = Field(min_length=2, max_length=500)


class DecisionIn(Input):
    """``told`` are the office's words for the departments; without them they hear nothing."""

    decision: str = Field(min_length=2, max_length=2000)
    told: str = Field("", max_length=2000)
