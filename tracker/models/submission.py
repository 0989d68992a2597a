"""What a member hands in: a suggestion, an opinion brief, an investment or talent lead (S2-07…14)."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.campaign import Campaign
from tracker.models.case import Case
from tracker.models.committee import OrgUnit
from tracker.models.person import Person
from tracker.models.visit import Visit

KINDS = ("suggestion", "brief", "investment_lead", "talent_lead")


class Submission(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """One matter, one item; ``group_id`` is frozen at the time it is handed in."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("member_id", "client_id"),
        Index("ix_submission_counted", "campaign_id", "kind", "member_id"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(16), default="submitted")
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    submitted_on: Mapped[date]
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    client_id: Mapped[str | None] = mapped_column(String(64))

    campaign: Mapped[Campaign | None] = relationship()
    member: Mapped[Person] = relationship()
    group: Mapped[OrgUnit | None] = relationship()
    visit: Mapped[Visit | None] = relationship()
    case: Mapped[Case | None] = relationship()

    noun = "submission"
    is_accusation = False

    @property
    def owner_id(self) -> int:
        return self.member_id

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset()
