"""Whom a member or leader keeps in touch with, visit after visit (S1-06…08, S1-17…20)."""

from datetime import date
from typing import Final, Literal, get_args

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import OrgUnit
from tracker.models.person import Person
from tracker.models.resident import Resident

# What a visit counts as for quotas.
ContactKind = Literal["enterprise", "sector_person", "public_person"]
CONTACT_KINDS: Final[tuple[str, ...]] = get_args(ContactKind)
# These have a name of their own; the others are people, whose names are sealed with the resident.
INSTITUTIONS: Final = ("enterprise", "village", "working_committee")


class ContactLink(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``person_id`` keeps in touch with an institution or with a resident, from ``since`` until ended."""

    __tablename__ = "contact_link"
    __table_args__ = (Index("ix_contact_link_person", "person_id", "ended_on"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    institution: Mapped[str] = mapped_column(String(80), default="")
    resident_id: Mapped[str | None] = mapped_column(ForeignKey("resident.id"))
    since: Mapped[date]
    ended_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    group: Mapped[OrgUnit | None] = relationship()
    resident: Mapped[Resident | None] = relationship()

    noun = "contact_link"
    is_accusation = False

    @property
    def counts_as(self) -> str | None:
        """The kind of visit a quota counts it as; None where none asks for such a contact."""
        return self.kind if self.kind in CONTACT_KINDS else None

    @property
    def owner_id(self) -> int:
        return self.person_id

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset()
