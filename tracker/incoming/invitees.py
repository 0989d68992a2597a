"""Who is to be asked to an activity, and what became of it."""

from typing import Literal

from pydantic import Field

from tracker.incoming.cases import Reason
from tracker.incoming.lists import Token
from tracker.incoming.schema import Input

MOST_INVITED = 500
Capacity = Literal["observer", "participant", "speaker"]


class InviteeIn(Input):
    """A name as it is typed, or one of the unit's contacts; a person must have agreed to be listed."""

    called: str = Field("", max_length=40)
    contact: Token | None = None
    sector: str = Field("", max_length=80, description="the sector, unit or village the person comes for")
    capacity: Capacity = "observer"
    consent_process: bool = False


class ApproveIn(Input):
    """``seen`` are those who stood on the list when it was read: who came onto it since waits on (S1-36)."""

    seen: list[Token] = Field(default_factory=list, max_length=MOST_INVITED)


class DeclineIn(Input):
    """The proposer reads why."""

    reason: Reason


class SpeechIn(Input):
    """What was said (S1-35); it may become a case or a brief."""

    speech: str = Field(min_length=2, max_length=5000)
