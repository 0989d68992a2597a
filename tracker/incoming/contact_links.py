"""Whom one keeps in touch with, as a member enters it."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from tracker.incoming.cases import NEEDS_CONSENT
from tracker.incoming.schema import Input
from tracker.models.contact_link import INSTITUTIONS

LinkKind = Literal[
    "enterprise",
    "village",
    "working_committee",
    "sector_person",
    "public_person",
    "talent",
    "aid_household",
    "standing_member",
]


class ContactLinkIn(Input):
    """``called`` is the institution's name or the person's; a person must have agreed to being kept."""

    kind: LinkKind
    called: str = Field(min_length=2, max_length=40)
    phone: str = Field("", max_length=30)
    address: str = Field("", max_length=120)
    since: date
    consent_process: bool = False

    @model_validator(mode="after")
    def _a_person_agreed(self) -> "ContactLinkIn":
        if self.kind not in INSTITUTIONS and not self.consent_process:
            raise ValueError(NEEDS_CONSENT)
        return self
