"""What the office may enter about the appraisal of a campaign (S1-48)."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tracker.incoming.schema import Input
from tracker.rules import scoring
from tracker.rules.scoring import Scored, Whose
from tracker.rules.words import N_


class ScoreItemIn(Input):
    """Without points nothing of the kind counts; without a cap everything does."""

    bearer: Whose
    counts: Scored
    label: str = Field(min_length=2, max_length=60)
    points: int = Field(0, ge=0, le=100)
    cap: int | None = Field(None, ge=1, le=1000)

    @field_validator("cap")
    @classmethod
    def _holds_one(cls, cap: int | None, info: ValidationInfo) -> int | None:
        if cap is not None and cap < info.data.get("points", 0):
            raise ValueError(N_("封顶分不能低于每项得分"))
        return cap


class ScoreItemsIn(Input):
    """The whole list; its order is the order of the columns."""

    items: Annotated[list[ScoreItemIn], Field(max_length=40), AfterValidator(scoring.known)]


class NominationIn(Input):
    reason: str = Field(min_length=2, max_length=500)
