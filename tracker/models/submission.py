"""What a member hands in: a suggestion, an opinion brief, an investment or talent lead (S2-07…14)."""

from datetime import date, datetime

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.activity import Activity, ReceptionDay
from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.campaign import Campaign
from tracker.models.case import Case
from tracker.models.committee import OrgUnit
from tracker.models.person import Person
from tracker.models.visit import Visit
from workflows.submission import LIVES

KINDS = tuple(LIVES)


class Submission(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """One matter, one item; ``group_id`` and ``campaign_id`` are frozen when it is handed in.

    ``title`` and ``text`` stay the member's own words; what the office made of them stands beside.
    ``state`` changes only through the rulebook of its life.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("member_id", "client_id"),
        Index("ix_submission_counted", "campaign_id", "kind", "member_id"),
        Index("ix_submission_state", "committee_id", "state"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(16), default="submitted")
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    submitted_on: Mapped[date]
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    reception_day_id: Mapped[int | None] = mapped_column(ForeignKey("reception_day.id"), index=True)
    client_id: Mapped[str | None] = mapped_column(String(64))

    edited_title: Mapped[str] = mapped_column(String(120), default="")
    edited_text: Mapped[str] = mapped_column(Text, default="")
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_at: Mapped[datetime | None]
    sent_to: Mapped[list[str]] = mapped_column(JSON, default=list)
    sent_up_on: Mapped[date | None]
    forwarded_to: Mapped[str] = mapped_column(String(120), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    told_at: Mapped[datetime | None]

    campaign: Mapped[Campaign | None] = relationship()
    member: Mapped[Person] = relationship(foreign_keys=[member_id])
    handed_in_by: Mapped[Person | None] = relationship(foreign_keys=[handed_in_by_id])
    editor: Mapped[Person | None] = relationship(foreign_keys=[editor_id])
    signer: Mapped[Person | None] = relationship(foreign_keys=[signer_id])
    group: Mapped[OrgUnit | None] = relationship()
    visit: Mapped[Visit | None] = relationship()
    activity: Mapped[Activity | None] = relationship()
    reception_day: Mapped[ReceptionDay | None] = relationship()
    adoptions: Mapped[list["Adoption"]] = relationship(order_by="Adoption.id")
    leader_notes: Mapped[list["LeaderNote"]] = relationship(order_by="LeaderNote.id")
    follow_ups: Mapped[list["FollowUp"]] = relationship(order_by="FollowUp.id")
    conversions: Mapped[list["Conversion"]] = relationship(
        back_populates="submission", order_by="Conversion.id"
    )

    noun = "submission"

    @property
    def is_accusation(self) -> bool:
        """Its matter goes on as a case that is one (Petition Regulation art. 30)."""
        return any(row.case is not None and row.case.is_accusation for row in self.conversions)

    @property
    def life(self) -> str:
        """The rulebook it lives by."""
        return LIVES[self.kind]

    @property
    def owner_id(self) -> int:
        return self.member_id

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset()

    # --- what the moves need
    @property
    def has_edited_text(self) -> bool:
        return bool(self.edited_title and self.edited_text)


def is_counted() -> ColumnElement[bool]:
    """Whether a submission counts for a campaign: whatever was not taken back does."""
    return Submission.state != "withdrawn"


class Adoption(HasId, HasCreated, Base):
    """A brief that was used somewhere: at which level, alone or together with others."""

    __tablename__ = "adoption"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    manner: Mapped[str] = mapped_column(String(10))
    adopted_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(120), default="")


class LeaderNote(HasId, HasCreated, Base):
    """What a leader wrote on a brief (批示)."""

    __tablename__ = "leader_note"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    office: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    noted_on: Mapped[date]


class FollowUp(HasId, HasCreated, Base):
    """One contact with whoever a lead is about: policy sent, willingness, next step (S2-13)."""

    __tablename__ = "follow_up"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    done_on: Mapped[date]
    policy_sent: Mapped[bool] = mapped_column(default=False)
    willingness: Mapped[str] = mapped_column(String(12), default="unknown")
    next_step: Mapped[str] = mapped_column(String(300), default="")
    next_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()


class Conversion(HasId, HasPublicId, HasCreated, Base):
    """One matter carried on as another thing, both ends kept (S2-06).

    ``into``: suggestion, brief (a case became a submission), case (a submission became a case),
    research_topic or proposal_lead (nothing of ours, only its title).
    """

    __tablename__ = "conversion"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    into: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(120))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    case: Mapped[Case | None] = relationship()
    submission: Mapped[Submission | None] = relationship(back_populates="conversions")
