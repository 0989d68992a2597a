"""What people and programs send about a case."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from tracker.incoming.schema import Input
from tracker.models.case import Origin, Source, Urgency
from tracker.models.rating import RatingValue
from tracker.rules.words import N_

Route = Literal["quick", "assign", "refer", "brief"]
Told = Literal["oral", "code_page"]
Reason = Annotated[str, StringConstraints(min_length=2, max_length=1000)]
Summary = Annotated[str, StringConstraints(min_length=2, max_length=80)]
Narrative = Annotated[str, StringConstraints(min_length=2, max_length=10_000)]

NEEDS_CONSENT = N_("登记姓名、电话或住址，须先征得本人同意；不同意请留空，按匿名登记")


class ResidentIn(Input):
    """Who raised it; everything may be empty (an anonymous concern), and is then told by code page only."""

    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=30)
    address: str = Field("", max_length=120)
    consent_process: bool = False
    consent_forward: bool = False
    consent_publish: bool = False

    @model_validator(mode="after")
    def _identity_needs_consent(self) -> "ResidentIn":
        # PIPL art. 13: without agreement nothing personal may be kept.
        if (self.name or self.phone or self.address) and not self.consent_process:
            raise ValueError(NEEDS_CONSENT)
        return self


class CaseIn(Input):
    """A concern as it is registered."""

    summary: Summary
    narrative: Narrative
    category: str | None = None
    area: str = Field(min_length=1)
    source: Source = "visit"
    origin: Origin | None = None
    urgency: Urgency = "normal"
    is_petition: bool = False
    is_accusation: bool = False
    subject_unit: str | None = None
    resident: ResidentIn = Field(default_factory=ResidentIn)
    visit: str | None = None
    activity: str | None = Field(None, description="the activity at which it was heard")
    reception_day: str | None = Field(None, description="the reception day on which it was heard")


class HeardCaseIn(CaseIn):
    """``member`` is who heard it, where somebody else writes it down."""

    member: str | None = None


class ImportedCase(CaseIn):
    """A row of a list made elsewhere: its own time and a key that makes a repeat harmless."""

    occurred_at: AwareDatetime | None = None
    import_key: str = Field(max_length=80)


class CaseEdit(Input):
    """What triage may still change; a field left out stays as it is."""

    summary: Summary | None = None
    narrative: Narrative | None = None
    category: str | None = None
    area: str | None = None
    urgency: Urgency | None = None
    is_petition: bool | None = None
    is_accusation: bool | None = None
    subject_unit: str | None = Field(None, description="unit id, or `none` when nobody is complained of")


class DispatchIn(Input):
    """One department of a coordination, where the drafts are made and sent in one go."""

    unit: str
    role: Literal["lead", "co", "separate"]
    sla_class: Literal["urgent", "simple", "normal", "complex"] = "normal"


class CoordinateIn(Input):
    """The office's decision. Fields not needed by the route stay empty.

    ``assignments`` may be sent here together with one ``transfer_text`` for all; drafts made before are sent
    as well. ``confirmed`` says that a person read the transfer text against the detector's marks.
    """

    route: Route
    category: str | None = None
    subject_unit: str | None = None
    transfer_text: str = Field("", max_length=5000)
    confirmed: bool = False
    assignments: list[DispatchIn] = Field(default_factory=list, max_length=12)
    result: str = Field("", max_length=5000)
    note: str = Field("", max_length=1000)


class HandleIn(Input):
    """``result`` and ``result_class`` are for routes without departments; else they come from the lead."""

    result: str = Field("", max_length=5000)
    result_class: Literal["A", "B", "C", "D"] | None = None
    note: str = Field("", max_length=1000)


class FeedBackIn(Input):
    """How the person was told, where no letter was delivered."""

    told: Told | None = None
    note: str = Field("", max_length=1000)


class ReasonIn(Input):
    """A move that only needs its reason, which stays in the diary."""

    reason: Reason = Field(alias="note")
    model_config = Input.model_config | {"populate_by_name": True}


class MergeIn(Input):
    into: str
    reason: Literal["duplicate", "same_matter"] = "same_matter"
    note: str = Field("", max_length=1000)


class NoteIn(Input):
    text: Reason


class RatingIn(Input):
    rating: RatingValue
    note: str = Field("", max_length=1000)


class RevealIn(Input):
    """Looking at an identity takes a reason of some substance."""

    reason: Annotated[str, StringConstraints(min_length=4, max_length=200)]
