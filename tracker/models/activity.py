"""What units organise and keep: service events and member studios (S1-10, S1-23, S1-27…28)."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import OrgUnit

ACTIVITY_KINDS = ("service", "summary_meeting")
WORKSTATION_KINDS = ("studio", "members_home", "standing_member_station", "contact_point")


class Activity(HasId, HasPublicId, HasCreated, HasVersion, Base):
    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_counted", "committee_id", "kind", "held_on"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    report: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[OrgUnit] = relationship()

    noun = "activity"

    @property
    def group_id(self) -> int:
        return self.unit_id


class Workstation(HasId, HasPublicId, HasCreated, HasVersion, Base):
    __tablename__ = "workstation"
    __table_args__ = (Index("ix_workstation_counted", "committee_id", "kind"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    kind: Mapped[str] = mapped_column(String(28))
    name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120), default="")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]

    unit: Mapped[OrgUnit] = relationship()

    noun = "workstation"

    @property
    def group_id(self) -> int:
        return self.unit_id
