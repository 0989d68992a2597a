"""A visit as annex 1 writes it down (S2-28…36)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from tracker.incoming.cases import NEEDS_CONSENT, CaseIn
from tracker.incoming.schema import Input
from tracker.models.contact_link import ContactKind
from tracker.models.visit import Channel, Circle

Token = Annotated[str, StringConstraints(min_length=1, max_length=64)]
MOST_PHOTOS = 9


class VisitContact(Input):
    name: str = Field("", max_length=40)
    phone: str = Field("", max_length=30)
    kind: ContactKind = "public_person"


class VisitTold(Input):
    """What annex 1 asks. The writer is always among the visitors and need not be named."""

    visited_on: date
    circle: Circle | None = None
    channel: Channel = "in_person"
    contact: VisitContact = Field(default_factory=VisitContact)
    persons_count: int = Field(1, ge=1, le=999)
    area: str | None = None
    address: str = Field("", max_length=120)
    reported: str = Field(min_length=2, max_length=10_000)
    help_needed: str = Field("", max_length=10_000)
    coordination_needed: str = Field("", max_length=10_000)
    drive: str = Field(
        "", max_length=40, description="the drive within which it was made, one of the campaign's `drives`"
    )
    consent_process: bool = True
    visitors: list[Token] = Field(
        default_factory=list, max_length=20, description="ids of the other members who went along"
    )

    @model_validator(mode="after")
    def _identity_needs_consent(self) -> "VisitTold":
        if (self.contact.name or self.contact.phone or self.address) and not self.consent_process:
            raise ValueError(NEEDS_CONSENT)
        return self


class VisitIn(VisitTold):
    """``cases`` takes the same fields as a case of its own; ``client_id`` makes a second sending harmless.

    ``link`` is one of the writer's own contacts; a person met there need not be named again.
    """

    client_id: str | None = Field(None, max_length=64)
    link: str | None = Field(None, max_length=32)
    cases: list[CaseIn] = Field(default_factory=list, max_length=20)
    photos: list[Token] = Field(
        default_factory=list, max_length=MOST_PHOTOS, description="client ids of photos sent before"
    )


class VisitEdit(VisitTold):
    """The whole form again, put right; its cases and photos have pages of their own."""
