"""What the office and the departments send about an assignment."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from tracker.incoming.schema import Input
from tracker.rules.words import N_

ReturnReason = Annotated[str, StringConstraints(min_length=20, max_length=1000)]
ResultClass = Literal["A", "B", "C", "D"]


class AssignmentIn(Input):
    """A draft; ``coordinate`` sends it. ``confirmed``: a person read the text against the marks."""

    unit: str
    role: Literal["lead", "co", "separate"] = "lead"
    sla_class: Literal["urgent", "simple", "normal", "complex"] = "normal"
    transfer_text: str = Field(min_length=1, max_length=5000)
    confirmed: bool = True


class RequestReturnIn(Input):
    """Not ours: why, and whose it may be (Petition Regulation art. 23)."""

    reason: ReturnReason
    suggested_unit: str | None = None


class DecideReturnIn(Input):
    granted: bool
    note: str = Field("", max_length=1000)


class ReplyIn(Input):
    """The department's answer. Lead and separate handlers also say how they reached the resident."""

    result_class: ResultClass
    text: str = Field(min_length=10, max_length=10_000)
    contact_record: Literal["through_office", "on_site", "not_possible"] | None = None
    contact_reason: str = Field("", max_length=500)

    @model_validator(mode="after")
    def _no_contact_needs_a_reason(self) -> "ReplyIn":
        if self.contact_record == "not_possible" and not self.contact_reason:
            raise ValueError(N_("未能联系的，请写明原因"))
        return self


class ReworkIn(Input):
    reason: Annotated[str, StringConstraints(min_length=2, max_length=1000)]


class RevokeIn(ReworkIn):
    """Why the assignment is taken back."""
