"""What units hold and keep: service, meetings with residents, member studios (S1-10…13, S1-18, S1-23…40)."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import OrgUnit


class Activity(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """What a unit held, in which form (S1-24) and for what (S1-25).

    Only ``service`` counts for a quota, and no longer once it was taken back.
    """

    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_counted", "committee_id", "kind", "held_on"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    form: Mapped[str] = mapped_column(String(16), default="other")
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[str] = mapped_column(String(120), default="")
    people_count: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    report: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[OrgUnit] = relationship()

    noun = "activity"

    @property
    def group_id(self) -> int:
        return self.unit_id


class Workstation(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``keepers`` run it (S1-30), ``reception`` says when residents find somebody there (S1-27).

    ``is_published``: the office lets residents know of it (S1-32).
    """

    __tablename__ = "workstation"
    __table_args__ = (Index("ix_workstation_counted", "committee_id", "kind"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    kind: Mapped[str] = mapped_column(String(28))
    name: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120), default="")
    keepers: Mapped[str] = mapped_column(String(200), default="")
    reception: Mapped[str] = mapped_column(String(120), default="")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    is_published: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[OrgUnit] = relationship()
    days: Mapped[list["ReceptionDay"]] = relationship(
        back_populates="workstation", order_by="ReceptionDay.held_on.desc()"
    )

    noun = "workstation"

    @property
    def group_id(self) -> int:
        return self.unit_id

    @property
    def held(self) -> list["ReceptionDay"]:
        return [day for day in self.days if not day.is_planned]

    @property
    def planned(self) -> list["ReceptionDay"]:
        """The nearest first."""
        return [day for day in reversed(self.days) if day.is_planned]


class ReceptionDay(HasId, HasPublicId, HasCreated, Base):
    """Who received residents at a workstation on a day, and how many came (S1-31).

    While ``is_planned`` only the day and its ``hours`` are known; they are what residents may read.
    """

    __tablename__ = "reception_day"

    workstation_id: Mapped[int] = mapped_column(ForeignKey("workstation.id"), index=True)
    held_on: Mapped[date]
    hours: Mapped[str] = mapped_column(String(40), default="")
    is_planned: Mapped[bool] = mapped_column(default=False)
    members: Mapped[str] = mapped_column(String(120), default="")
    people_count: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")

    workstation: Mapped[Workstation] = relationship(back_populates="days")
