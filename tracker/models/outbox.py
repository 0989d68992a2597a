"""What must still be done outside the transaction, and what was told to whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, HasCreated, HasId


class Outbox(HasId, HasCreated, Base):
    """A due effect. ``effect_key`` is unique, so the same effect is never queued twice.

    ``lease_until`` with ``claimed_by`` says who is at it; after five failures ``parked_at`` takes it out.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "done_at", "parked_at", "available_at"),)

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    kind: Mapped[str] = mapped_column(String(24))
    effect_key: Mapped[str] = mapped_column(String(80), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    available_at: Mapped[datetime]
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(String(200), default="")
    done_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]

    noun = "job"


class Notice(HasId, HasCreated, Base):
    """One line behind a person's bell."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "event_id"),
        Index("ix_notice_bell", "person_id", "read_at"),
    )

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"))
    template: Mapped[str] = mapped_column(String(40))
    read_at: Mapped[datetime | None]


class IdempotencyKey(HasId, HasCreated, Base):
    """The first answer to a write, so that a repeat gets the same and does nothing. Kept seven days."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("actor", "key"),)

    actor: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    request_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    status: Mapped[int] = mapped_column(default=0)
    location: Mapped[str] = mapped_column(String(300), default="")
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class RateCount(Base):
    """How often something was tried in one window of time."""

    __tablename__ = "rate_count"

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(index=True)
