"""A group within a campaign: its row of annex 3 on the way to the office, and how it was supervised."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.campaign import Campaign
from tracker.models.committee import OrgUnit
from tracker.models.person import Person


class GroupReport(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """Made when the group's first line is written; until then an unsaved one stands for it (S2-26).

    ``confirmed`` keeps the figures as they were when the group confirmed them, by column; the living ones go
    on. ``story`` is the group's own account for the summary meeting (S2-21).
    """

    __tablename__ = "group_report"
    __table_args__ = (UniqueConstraint("campaign_id", "group_id"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    state: Mapped[str] = mapped_column(String(16), default="draft")
    story: Mapped[str] = mapped_column(Text, default="")
    confirmed: Mapped[dict[str, int] | None] = mapped_column(JSON)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    campaign: Mapped[Campaign] = relationship()
    group: Mapped[OrgUnit] = relationship()
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    received_by: Mapped[Person | None] = relationship(foreign_keys=[received_by_id])
    corrections: Mapped[list["FigureCorrection"]] = relationship(order_by="FigureCorrection.id")
    duties: Mapped[list["LiaisonDuty"]] = relationship(order_by="LiaisonDuty.id")
    findings: Mapped[list["SupervisionRecord"]] = relationship(
        order_by="SupervisionRecord.found_on, SupervisionRecord.id"
    )

    noun = "group_report"

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units whose duty it is to look after this group (S2-19)."""
        return frozenset(duty.unit_id for duty in self.duties if duty.ended_at is None)


class FigureCorrection(HasId, HasPublicId, HasCreated, Base):
    """``value`` is shown instead of what was counted, which stays beside it with the reason (S2-20)."""

    __tablename__ = "figure_correction"

    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id"), index=True)
    figure: Mapped[str] = mapped_column(String(16))
    counted: Mapped[int]
    value: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    made_by: Mapped[Person] = relationship()


class LiaisonDuty(HasId, HasPublicId, HasCreated, Base):
    """联系分工: an office or committee looks after a group."""

    __tablename__ = "liaison_duty"

    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    ended_at: Mapped[datetime | None]

    unit: Mapped[OrgUnit] = relationship()


class SupervisionRecord(HasId, HasPublicId, HasCreated, Base):
    """What was found on a day, and what is to be done about it (S2-19)."""

    __tablename__ = "supervision_record"
    __table_args__ = (Index("ix_supervision_record_report", "report_id", "found_on"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("group_report.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    found_on: Mapped[date]
    finding: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text, default="")
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    unit: Mapped[OrgUnit | None] = relationship()
    written_by: Mapped[Person] = relationship()
