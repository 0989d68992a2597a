"""One department's share of a case: its text, its clock, its replies and its requests to be relieved."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import clock
from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.committee import OrgUnit
from tracker.models.person import Person
from tracker.rules import outcome
from tracker.rules.conflicts import conflicted

if TYPE_CHECKING:
    from tracker.models.case import Case


class Assignment(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``state`` changes only through workflows.assignment.ASSIGNMENT; ``due_at`` is frozen at dispatch."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_unit", "unit_id", "state", "due_at"),
        Index("ix_assignment_state", "committee_id", "state", "due_at"),
        Index("ix_assignment_case", "case_id", "state", "role"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    role: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20), default="draft")
    former_state: Mapped[str | None] = mapped_column(String(20))
    sla_class: Mapped[str] = mapped_column(String(10), default="normal")
    transfer_text: Mapped[str] = mapped_column(Text, default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    dispatched_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accept_due_at: Mapped[datetime | None]
    return_due_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_provisional: Mapped[bool] = mapped_column(default=False)
    replied_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    rework_count: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]

    case: Mapped["Case"] = relationship(back_populates="assignments")
    unit: Mapped[OrgUnit] = relationship()
    replies: Mapped[list["Reply"]] = relationship(back_populates="assignment", order_by="Reply.id")
    returns: Mapped[list["ReturnRequest"]] = relationship(
        back_populates="assignment", order_by="ReturnRequest.id"
    )

    noun = "assignment"

    # --- what rules.permissions asks of a thing
    @property
    def owner_id(self) -> int:
        return self.case.raised_by_id

    @property
    def group_id(self) -> int | None:
        return self.case.group_id

    @property
    def unit_ids(self) -> frozenset[int]:
        # Known to the department only once it was sent: a draft that is taken back never was.
        return frozenset() if self.dispatched_at is None else frozenset({self.unit_id})

    @property
    def is_accusation(self) -> bool:
        return self.case.is_accusation

    @property
    def is_conflicted(self) -> bool:
        return not self.unit_may_receive

    # --- what the moves need
    @property
    def case_is_coordinated(self) -> bool:
        return self.case.state == "coordinated" and self.case.is_open

    @property
    def case_takes_departments(self) -> bool:
        """Only a case on that route; an accusation never (Petition Regulation art. 30)."""
        return self.case_is_coordinated and self.case.route == "assign" and not self.case.is_accusation

    @property
    def fits_the_others(self) -> bool:
        return outcome.fits(self, self.case.assignments)

    @property
    def has_confirmed_text(self) -> bool:
        return self.confirmed_at is not None and bool(self.transfer_text.strip())

    @property
    def unit_may_receive(self) -> bool:
        subject = self.case.subject_unit
        return subject is None or not conflicted(self.unit.lineage, subject.lineage)

    @property
    def in_return_window(self) -> bool:
        return self.return_due_at is not None and clock() <= self.return_due_at

    @property
    def was_accepted(self) -> bool:
        return self.former_state == "accepted"

    @property
    def was_not_accepted(self) -> bool:
        return self.former_state == "dispatched"

    @property
    def reworks_are_left(self) -> bool:
        return self.rework_count < 2

    @property
    def reworks_are_used_up(self) -> bool:
        return not self.reworks_are_left

    @property
    def is_first_return(self) -> bool:
        return sum(len(share.returns) for share in self.case.assignments) <= 1

    @property
    def is_repeated_return(self) -> bool:
        return not self.is_first_return

    @property
    def is_co(self) -> bool:
        return self.role == "co"

    @property
    def latest_reply(self) -> "Reply | None":
        return self.replies[-1] if self.replies else None


class Reply(HasId, HasCreated, Base):
    """What a department answered; a rework adds another row, nothing is overwritten."""

    __tablename__ = "reply"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    result_class: Mapped[str] = mapped_column(String(1))
    text: Mapped[str] = mapped_column(Text)
    contact_record: Mapped[str | None] = mapped_column(String(16))
    contact_reason: Mapped[str] = mapped_column(Text, default="")
    replied_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    rework_reason: Mapped[str] = mapped_column(Text, default="")

    assignment: Mapped[Assignment] = relationship(back_populates="replies")
    replied_by: Mapped[Person] = relationship(foreign_keys=[replied_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])


class ReturnRequest(HasId, HasCreated, Base):
    """ "Not ours", with a reason and the unit it may belong to (C3; Petition Regulation art. 23)."""

    __tablename__ = "return_request"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    suggested_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    granted: Mapped[bool | None]
    decision_note: Mapped[str] = mapped_column(Text, default="")

    assignment: Mapped[Assignment] = relationship(back_populates="returns")
    suggested_unit: Mapped[OrgUnit | None] = relationship()
    requested_by: Mapped[Person] = relationship(foreign_keys=[requested_by_id])
