"""Meetings that take up cases (S1-42): which case stands on which agenda, and what was decided."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId, HasPublicId, HasVersion
from tracker.models.case import Case


class Meeting(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """A standing committee's, the chair's or a special meeting; ``kind`` is a key of rules.agenda.KINDS."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_list", "committee_id", "held_on"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    kind: Mapped[str] = mapped_column(String(16))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(120), default="")
    cancelled_at: Mapped[datetime | None]

    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting", order_by="AgendaItem.number, AgendaItem.id"
    )

    noun = "meeting"


class AgendaItem(HasId, HasPublicId, HasCreated, HasVersion, Base):
    """One case on one agenda, until it is taken off with a reason.

    ``decision`` is what the meeting decided, ``told`` the office's words of it for the departments; neither
    holds who the resident is.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_case", "case_id"),
        Index(
            "uq_agenda_item_standing",
            "meeting_id",
            "case_id",
            unique=True,
            sqlite_where=text("taken_off_at IS NULL"),
            postgresql_where=text("taken_off_at IS NULL"),
        ),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int] = mapped_column(default=0)
    taken_off_at: Mapped[datetime | None]
    why_off: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(Text, default="")
    told: Mapped[str] = mapped_column(Text, default="")

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    case: Mapped[Case] = relationship()

    noun = "agenda_item"

    @property
    def is_standing(self) -> bool:
        return self.taken_off_at is None
