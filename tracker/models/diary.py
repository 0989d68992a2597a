"""The diary: one event for each thing that happened (ids and codes only), and the words beside it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.models.base import Base, HasCreated, HasId

AUDIENCES = ("office", "unit", "public")

# Every column of an event but its row number and the hashes themselves.
HASHED = (
    "committee_id",
    "seq",
    "at",
    "verb",
    "actor_kind",
    "actor_id",
    "actor_name",
    "object_kind",
    "object_id",
    "case_id",
    "assignment_id",
    "before",
    "after",
    "data",
    "note_hash",
)


class Event(HasId, Base):
    """Append-only (triggers refuse changes on both databases) and chained by hash, one chain a committee."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("committee_id", "seq"),
        Index("ix_event_case", "case_id", "id"),
        Index("ix_event_recent", "committee_id", "at"),
        # What hangs on no case is found by itself; the many events of cases are not in here.
        Index(
            "ix_event_object",
            "object_kind",
            "object_id",
            sqlite_where=text("case_id IS NULL"),
            postgresql_where=text("case_id IS NULL"),
        ),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(40))
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(40), default="")
    object_kind: Mapped[str] = mapped_column(String(16))
    object_id: Mapped[int | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str | None] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))

    notes: Mapped[list["Note"]] = relationship(back_populates="event", order_by="Note.id")

    def content(self) -> dict[str, Any]:
        """What the hash of an event covers."""
        return {name: getattr(self, name) for name in HASHED}


class ChainHead(Base):
    """The end of a committee's chain, sealed with its own key; locked last in every writing transaction."""

    __tablename__ = "chain_head"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class Note(HasId, HasCreated, Base):
    """Free text, erasable without breaking the chain. ``audience``: office, unit or public."""

    __tablename__ = "note"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    audience: Mapped[str] = mapped_column(String(8), default="office")
    text: Mapped[str] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    erased_at: Mapped[datetime | None]

    event: Mapped[Event | None] = relationship(back_populates="notes")


class IdentityView(HasId, HasCreated, Base):
    """Somebody looked at a resident's identity: who, which, why."""

    __tablename__ = "identity_view"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    resident_id: Mapped[str] = mapped_column(ForeignKey("resident.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    reason: Mapped[str] = mapped_column(String(200))
