"""A visit: annex 1 of the Dongtai plan, field for field (S2-28…36)."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import Committee, OrgUnit
from tracker.models.person import Person
from tracker.models.place import Area
from tracker.models.resident import Resident

if TYPE_CHECKING:
    from tracker.models.case import Case
    from tracker.models.photo import Photo

Circle = Literal["sector", "living", "friends"]
Channel = Literal["in_person", "phone", "wechat", "qq", "other"]


class Visit(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``member_id`` wrote it down, ``visitors`` went (S2-29), the writer among them.

    ``group_id`` and ``campaign_id`` are frozen at the time of the visit; name and address live with the
    resident. ``drive`` is the other drive within which it was made, as the campaign called it (S1-09).
    """

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("member_id", "client_id"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    resident_id: Mapped[str | None] = mapped_column(ForeignKey("resident.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("contact_link.id"), index=True)
    contact_kind: Mapped[str] = mapped_column(String(24), default="public_person")
    visited_on: Mapped[date]
    circle: Mapped[str | None] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16), default="in_person")
    persons_count: Mapped[int] = mapped_column(default=1)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    reported: Mapped[str] = mapped_column(Text, default="")
    help_needed: Mapped[str] = mapped_column(Text, default="")
    coordination_needed: Mapped[str] = mapped_column(Text, default="")
    drive: Mapped[str] = mapped_column(String(40), default="")
    client_id: Mapped[str | None] = mapped_column(String(64))

    committee: Mapped[Committee] = relationship()
    member: Mapped[Person] = relationship()
    group: Mapped[OrgUnit | None] = relationship()
    area: Mapped[Area | None] = relationship()
    resident: Mapped[Resident | None] = relationship()
    cases: Mapped[list["Case"]] = relationship(back_populates="visit", order_by="Case.id")
    visitors: Mapped[list["Visitor"]] = relationship(
        back_populates="visit", order_by="Visitor.id", cascade="all, delete-orphan"
    )
    photos: Mapped[list["Photo"]] = relationship(back_populates="visit", order_by="Photo.id")

    noun = "visit"
    is_accusation = False

    @property
    def owner_id(self) -> int:
        return self.member_id

    @property
    def along_ids(self) -> frozenset[int]:
        """Everybody who took part (同访委员)."""
        return frozenset(went.person_id for went in self.visitors)

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset()


class Visitor(HasId, Base):
    """A member who took part; ``group_id`` is that member's group on the day."""

    __tablename__ = "visitor"
    __table_args__ = (UniqueConstraint("visit_id", "person_id"), Index("ix_visitor_person", "person_id"))

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)

    visit: Mapped[Visit] = relationship(back_populates="visitors")
    person: Mapped[Person] = relationship()
    group: Mapped[OrgUnit | None] = relationship()
