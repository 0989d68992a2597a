"""A campaign: a programme with its phases, quotas, plan and exemptions (S1-02…04, S2-04, S2-15…18)."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import OrgUnit
from tracker.models.person import Person
from tracker.rules.scoring import OfMembers, OfUnits

Direction = Literal["outreach", "inreach", "both"]
Bearer = Literal["member", "unit"]
# What a quota counts.
Counted = Literal[OfMembers, OfUnits]


class Campaign(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """What is done between its two dates counts for it; until ``catch_up_until`` it still counts, as late.

    A visit reported more than ``report_within`` working days after its day is late (S2-16).
    ``drives`` are the names of other drives whose visits count here too (S1-09).
    """

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("committee_id", "key"),
        Index("ix_campaign_running", "committee_id", "starts_on"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    document_number: Mapped[str] = mapped_column(String(60), default="")
    approved_by: Mapped[str] = mapped_column(String(80), default="")
    approved_on: Mapped[date | None]
    issued_on: Mapped[date | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    parent_note: Mapped[str] = mapped_column(String(120), default="")
    direction: Mapped[str] = mapped_column(String(12), default="outreach")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    catch_up_until: Mapped[date | None]
    report_within: Mapped[int] = mapped_column(default=5)
    drives: Mapped[list[str]] = mapped_column(JSON, default=list)
    visit_title: Mapped[str] = mapped_column(String(120), default="")
    results_title: Mapped[str] = mapped_column(String(120), default="")
    summary_title: Mapped[str] = mapped_column(String(120), default="")

    parent: Mapped["Campaign | None"] = relationship(remote_side="Campaign.id")
    phases: Mapped[list["CampaignPhase"]] = relationship(order_by="CampaignPhase.starts_on")
    quotas: Mapped[list["Quota"]] = relationship(order_by="Quota.position")
    plan: Mapped[list["PlanItem"]] = relationship(order_by="PlanItem.position")
    exemptions: Mapped[list["Exemption"]] = relationship(order_by="Exemption.id")
    score_items: Mapped[list["ScoreItem"]] = relationship(
        order_by="ScoreItem.position", cascade="all, delete-orphan"
    )

    noun = "campaign"


class CampaignPhase(HasId, Base):
    __tablename__ = "campaign_phase"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Quota(HasId, Base):
    """At least ``minimum`` of ``counts`` from each member or unit; ``target`` is what is hoped for.

    ``levels`` narrows members to those of these levels, ``unit_kinds`` units to these kinds; empty = all.
    """

    __tablename__ = "quota"
    __table_args__ = (UniqueConstraint("campaign_id", "bearer", "counts"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    bearer: Mapped[str] = mapped_column(String(8))
    counts: Mapped[str] = mapped_column(String(24))
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    unit_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    minimum: Mapped[int] = mapped_column(default=1)
    target: Mapped[int | None]


class ScoreItem(HasId, Base):
    """What one of ``counts`` is worth in the appraisal, up to ``cap`` points (S1-48)."""

    __tablename__ = "score_item"
    __table_args__ = (UniqueConstraint("campaign_id", "bearer", "counts"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    bearer: Mapped[str] = mapped_column(String(8))
    counts: Mapped[str] = mapped_column(String(24))
    points: Mapped[int]
    cap: Mapped[int | None]


class AwardCandidate(HasId, HasPublicId, HasCreated, Base):
    """A member or unit the office thinks of for an award, why, and with how many points that day (S1-48)."""

    __tablename__ = "award_candidate"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    points: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    nominated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    nominated_by: Mapped[Person] = relationship(foreign_keys=[nominated_by_id])


class Exemption(HasId, HasPublicId, HasCreated, Base):
    """Somebody who owes nothing, or not this quota, and why."""

    __tablename__ = "exemption"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    quota_id: Mapped[int | None] = mapped_column(ForeignKey("quota.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    unit: Mapped[OrgUnit | None] = relationship()


class PlanItem(HasId, HasPublicId, Base):
    """A row of the plan in the document's three columns (S1-45, S1-51); months as their first days."""

    __tablename__ = "plan_item"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    position: Mapped[int]
    from_month: Mapped[date]
    to_month: Mapped[date]
    content: Mapped[str] = mapped_column(String(200))
    actors: Mapped[str] = mapped_column(String(120))
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
