"""A letter: content and frozen PDF are sealed; the number is given once, the PDF never changes after."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.person import Person

if TYPE_CHECKING:
    from tracker.models.case import Case


class Letter(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """``state`` changes only through workflows.letter.LETTER."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("number_series", "number_year", "number_seq"),
        Index("ix_letter_state", "committee_id", "state"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="feedback")
    state: Mapped[str] = mapped_column(String(16), default="draft")
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content_revision: Mapped[int] = mapped_column(default=1)
    previewed_revision: Mapped[int] = mapped_column(default=0)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    drafter_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    number_series: Mapped[str | None] = mapped_column(String(48))
    number_year: Mapped[int | None]
    number_seq: Mapped[int | None]
    issue_date: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    pdf_sealed: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    rendered_at: Mapped[datetime | None]
    delivery_method: Mapped[str | None] = mapped_column(String(12))
    delivered_on: Mapped[date | None]
    acknowledged_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    case: Mapped["Case"] = relationship(back_populates="letters")
    drafter: Mapped[Person] = relationship(foreign_keys=[drafter_id])
    approver: Mapped[Person | None] = relationship(foreign_keys=[approver_id])

    noun = "letter"

    # --- what rules.permissions asks of a thing
    @property
    def owner_id(self) -> int:
        return self.case.raised_by_id

    @property
    def group_id(self) -> int | None:
        return self.case.group_id

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def is_accusation(self) -> bool:
        return self.case.is_accusation

    @property
    def is_conflicted(self) -> bool:
        return False

    # --- what the moves need
    @property
    def checks_pass(self) -> bool:
        return bool(self.checks) and all(check["ok"] for check in self.checks)

    @property
    def preview_rendered(self) -> bool:
        return self.previewed_revision == self.content_revision

    @property
    def has_pdf(self) -> bool:
        return self.pdf_sha256 is not None
