"""What people send about a suggestion, an opinion brief or a lead (S2-07…14)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from tracker.incoming.lists import Day, Token
from tracker.incoming.schema import Input
from tracker.rules.words import N_

Kind = Literal["suggestion", "brief", "investment_lead", "talent_lead"]
Title = Annotated[str, StringConstraints(min_length=2, max_length=80)]
Words = Annotated[str, StringConstraints(min_length=2, max_length=5000)]
Reason = Annotated[str, StringConstraints(min_length=2, max_length=1000)]

# One matter, told in at most this many characters.
BRIEF_LENGTH = 1500
_TOO_LONG = N_("一条社情民意信息不超过 1500 字，请一事一报")


class SubmissionIn(Input):
    """``member`` names for whom it is handed in; ``client_id`` makes a second sending harmless.

    Without a title the first sentence becomes one.
    """

    kind: Kind
    title: str = Field("", max_length=80)
    text: Words
    submitted_on: Day | None = None
    member: Token | None = None
    visit: Token | None = None
    activity: Token | None = None
    reception_day: Token | None = None
    client_id: str | None = Field(None, max_length=64)

    @field_validator("text")
    @classmethod
    def _briefs_are_brief(cls, text: str, info: ValidationInfo) -> str:
        return _brief(text) if info.data.get("kind") == "brief" else text


class SubmissionEdit(Input):
    """The writer's own correction."""

    title: Title
    text: Words


class CheckIn(Input):
    """The text as it is to be signed (核稿)."""

    edited_title: Title
    edited_text: Annotated[Words, StringConstraints(max_length=BRIEF_LENGTH)]


class WhyIn(Input):
    """What the writer or the editor is told about it."""

    reason: Reason


class SendUpIn(Input):
    sent_to: list[Literal["party", "department", "city", "province", "nation"]] = Field(
        min_length=1, max_length=5
    )
    sent_up_on: Day
    note: str = Field("", max_length=1000)


class AdoptIn(Input):
    level: Literal["district", "city", "province", "nation"]
    manner: Literal["single", "combined"]
    adopted_on: Day
    place: str = Field("", max_length=120, description="where it appeared")


class LeaderNoteIn(Input):
    office: str = Field(min_length=2, max_length=60, description="who wrote it, by office")
    text: Reason
    noted_on: Day


class ForwardIn(Input):
    forwarded_to: str = Field(min_length=2, max_length=120)
    note: str = Field("", max_length=1000)


class AnswerIn(Input):
    answer: Annotated[str, StringConstraints(min_length=2, max_length=5000)]


class FollowUpIn(Input):
    """One contact: what was sent, how willing they are, what comes next (S2-13)."""

    done_on: Day
    policy_sent: bool = False
    willingness: Literal["unknown", "watching", "interested", "visiting", "declined"] = "unknown"
    next_step: str = Field("", max_length=300)
    next_on: date | None = None


class ToCaseIn(Input):
    """A submission that is to be handled as a case."""

    summary: Title
    narrative: Words
    area: str = Field(min_length=1)
    category: str | None = None


class FromCaseIn(Input):
    """A case that is carried on (S2-06); only what becomes a submission has a text."""

    into: Literal["brief", "suggestion", "research_topic", "proposal_lead"]
    title: Title
    text: str = Field("", max_length=5000, validate_default=True)

    @field_validator("text")
    @classmethod
    def _submissions_have_a_text(cls, text: str, info: ValidationInfo) -> str:
        into = info.data.get("into")
        if into in ("brief", "suggestion") and len(text) < 2:
            raise ValueError(N_("请填写这一项"))
        return _brief(text) if into == "brief" else text


class CarryOnIn(Input):
    """A submission that becomes a topic or a lead for a proposal (S2-06)."""

    into: Literal["research_topic", "proposal_lead"]
    title: Title


def _brief(text: str) -> str:
    if len(text) > BRIEF_LENGTH:
        raise ValueError(_TOO_LONG)
    return text
