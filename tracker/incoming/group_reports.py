"""What is entered about a group within a campaign."""

from datetime import date
from typing import Literal

from pydantic import Field

from tracker.incoming.lists import Token
from tracker.incoming.schema import Input

Figure = Literal["participants", "sector", "living", "friends", "suggestions", "briefs", "leads"]


class ReopenIn(Input):
    reason: str = Field(min_length=2, max_length=500)


class CorrectionIn(Input):
    """``sure``: whoever enters it looked again at a number that can hardly be."""

    figure: Figure
    value: int = Field(ge=0, le=1_000_000)
    reason: str = Field(min_length=2, max_length=500)
    sure: bool = False


class StoryIn(Input):
    story: str = Field("", max_length=5000)


class DutyIn(Input):
    """``unit`` is the office or committee that will look after the group."""

    unit: Token


class FindingIn(Input):
    found_on: date
    finding: str = Field(min_length=2, max_length=2000)
    action: str = Field("", max_length=2000)


class PlanDoneIn(Input):
    """Without a day the item is open again."""

    done_on: date | None = None
    evidence: str = Field("", max_length=1000)


class ReminderIn(Input):
    """``group`` is the public id of a group; without it the whole campaign is meant."""

    group: Token | None = None
