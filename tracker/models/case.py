"""The case: one concern from the day it is raised to the day the resident holds an answer."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.activity import Activity, ReceptionDay
from tracker.models.assignment import Assignment
from tracker.models.base import Base, HasCreated, HasId, HasVersion
from tracker.models.committee import Committee, OrgUnit
from tracker.models.letter import Letter
from tracker.models.person import Person
from tracker.models.place import Area, Category
from tracker.models.rating import Rating
from tracker.models.resident import Resident
from tracker.models.visit import Visit
from tracker.rules import outcome

Source = Literal["visit", "mailbox", "reception", "symposium", "wechat", "phone", "letter", "import", "other"]
# Under which of annex 1's two headings it stood.
Origin = Literal["help", "coordination"]
Disposition = Literal["merged", "not_accepted", "withdrawn", "referred_out"]
Urgency = Literal["normal", "urgent"]


class Case(HasId, HasCreated, HasVersion, Base):
    """``state`` is the last stage completed; it changes only through workflows.case.CASE.

    The properties below are the ``needs`` of that table.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_list", "committee_id", "id"),
        Index("ix_case_state", "committee_id", "state", "due_at"),
        Index("ix_case_disposition", "committee_id", "disposition", "state"),
        Index("ix_case_owner", "raised_by_id", "id"),
        Index("ix_case_group", "group_id", "id"),
    )

    reference: Mapped[str] = mapped_column(String(24), unique=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    state: Mapped[str] = mapped_column(String(16), default="raised")
    disposition: Mapped[str | None] = mapped_column(String(16))
    route: Mapped[str | None] = mapped_column(String(8))
    summary: Mapped[str] = mapped_column(String(120))
    narrative: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(16))
    origin: Mapped[str | None] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(8), default="normal")
    is_petition: Mapped[bool] = mapped_column(default=False)
    is_accusation: Mapped[bool] = mapped_column(default=False)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    subject_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    subject_none: Mapped[bool] = mapped_column(default=False)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    reception_day_id: Mapped[int | None] = mapped_column(ForeignKey("reception_day.id"), index=True)
    resident_id: Mapped[str | None] = mapped_column(ForeignKey("resident.id"), index=True)
    master_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    merge_reason: Mapped[str | None] = mapped_column(String(16))
    import_key: Mapped[str | None] = mapped_column(String(80), unique=True)

    raised_at: Mapped[datetime]
    occurred_at: Mapped[datetime | None]
    coordinated_at: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    fed_back_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    due_provisional: Mapped[bool] = mapped_column(default=False)

    transfer_text: Mapped[str] = mapped_column(Text, default="")
    transfer_confirmed_at: Mapped[datetime | None]
    transfer_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome_class: Mapped[str | None] = mapped_column(String(1))
    outcome_text: Mapped[str] = mapped_column(Text, default="")
    told_kind: Mapped[str | None] = mapped_column(String(12))
    told_at: Mapped[datetime | None]
    reopened_count: Mapped[int] = mapped_column(default=0)

    committee: Mapped[Committee] = relationship()
    category: Mapped[Category | None] = relationship()
    area: Mapped[Area | None] = relationship()
    subject_unit: Mapped[OrgUnit | None] = relationship(foreign_keys=[subject_unit_id])
    group: Mapped[OrgUnit | None] = relationship(foreign_keys=[group_id])
    raised_by: Mapped[Person] = relationship(foreign_keys=[raised_by_id])
    visit: Mapped[Visit | None] = relationship(back_populates="cases")
    activity: Mapped[Activity | None] = relationship()
    reception_day: Mapped[ReceptionDay | None] = relationship()
    resident: Mapped[Resident | None] = relationship()
    master: Mapped["Case | None"] = relationship(remote_side="Case.id", back_populates="children")
    children: Mapped[list["Case"]] = relationship(back_populates="master")
    assignments: Mapped[list[Assignment]] = relationship(back_populates="case", order_by=Assignment.id)
    letters: Mapped[list[Letter]] = relationship(back_populates="case", order_by=Letter.id)
    ratings: Mapped[list[Rating]] = relationship(order_by=Rating.id)

    noun = "case"

    # --- what rules.permissions asks of a thing
    @property
    def owner_id(self) -> int:
        return self.raised_by_id

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def is_conflicted(self) -> bool:
        return False

    # --- what the moves need
    @property
    def has_category(self) -> bool:
        return self.category_id is not None

    @property
    def subject_is_decided(self) -> bool:
        return self.subject_none or self.subject_unit_id is not None

    @property
    def is_open(self) -> bool:
        return self.disposition not in ("merged", "not_accepted", "withdrawn") and self.closed_at is None

    @property
    def is_not_accusation(self) -> bool:
        return not self.is_accusation

    @property
    def may_be_assigned(self) -> bool:
        return not self.is_accusation

    @property
    def has_lead(self) -> bool:
        return outcome.drafts_make_a_dispatch([a for a in self.assignments if a.state == "draft"])

    @property
    def drafts_are_confirmed(self) -> bool:
        return all(a.has_confirmed_text for a in self.assignments if a.state == "draft")

    @property
    def office_answers(self) -> bool:
        """No department is asked, so the result comes from the office itself."""
        return self.route not in (None, "assign")

    @property
    def departments_answer(self) -> bool:
        return not self.office_answers

    @property
    def has_outcome(self) -> bool:
        if self.master is not None:
            return self.master.state in ("handled", "fed_back")
        if self.route == "assign":
            return outcome.replies_are_complete(self.assignments)
        return self.route is not None and bool(self.outcome_text)

    @property
    def is_told(self) -> bool:
        return self.told_kind is not None or any(
            letter.kind == "feedback" and letter.state in ("delivered", "acknowledged")
            for letter in self.round_letters
        )

    @property
    def round_letters(self) -> list[Letter]:
        """The letters about the present outcome; those of before a reopening told of an earlier one."""
        return [
            letter
            for letter in self.letters
            if self.handled_at is None or letter.created_at >= self.handled_at
        ]

    @property
    def is_merged(self) -> bool:
        return self.disposition == "merged"

    @property
    def is_declined(self) -> bool:
        return self.disposition == "not_accepted"

    @property
    def is_not_closed(self) -> bool:
        return self.closed_at is None

    @property
    def has_no_issued_letter(self) -> bool:
        return all(
            letter.state in ("draft", "submitted", "approved", "voided") for letter in self.round_letters
        )

    @property
    def may_reopen(self) -> bool:
        """Once, and the resident's own verdict stands above the member's."""
        given = {rating.by_kind: rating.rating for rating in self.ratings}
        return self.reopened_count == 0 and given.get("resident", given.get("member")) == "dissatisfied"

    @property
    def all_returned(self) -> bool:
        sent = [a for a in self.assignments if a.state != "draft"]
        return bool(sent) and all(a.state in ("returned", "revoked", "waived") for a in sent)

    @property
    def has_no_reply(self) -> bool:
        return all(a.state not in ("replied", "reworking", "completed") for a in self.assignments)

    @property
    def has_no_children(self) -> bool:
        return not self.children

    @property
    def master_is_not_handled(self) -> bool:
        return self.master is None or self.master.state in ("raised", "coordinated")
