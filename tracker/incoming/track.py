"""What somebody without an account sends: the code from the slip is all the proof there is."""

from pydantic import Field

from tracker.incoming.cases import RatingIn
from tracker.incoming.schema import Input

_CODE = Field(max_length=100, description="as printed; blanks, hyphens and small letters do not matter")


class CodeIn(Input):
    code: str = _CODE


class LetterByCodeIn(CodeIn):
    """``pin``: the last four digits of the phone that was left, else the six digits the office told."""

    pin: str = Field(max_length=20)


class RatingByCodeIn(RatingIn):
    code: str = _CODE
