"""What still waits to be done, for the operator and for the worker."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models import ChainHead, Outbox


@dataclass(frozen=True)
class Status:
    """``waiting`` counts what is due now, ``later`` what waits for another try."""

    waiting: int
    later: int
    running: int
    parked: int
    done: int
    oldest_seconds: float
    parked_jobs: list[dict[str, object]]


def status(now: datetime) -> Status:
    pending = (Outbox.done_at.is_(None), Outbox.parked_at.is_(None))
    running = (*pending, Outbox.lease_until >= now)
    free = (*pending, (Outbox.lease_until.is_(None)) | (Outbox.lease_until < now))
    oldest = db.session.scalar(select(func.min(Outbox.available_at)).where(*free, Outbox.available_at <= now))
    return Status(
        waiting=_count(*free, Outbox.available_at <= now),
        later=_count(*free, Outbox.available_at > now),
        running=_count(*running),
        parked=_count(Outbox.parked_at.is_not(None)),
        done=_count(Outbox.done_at.is_not(None)),
        oldest_seconds=round((now - oldest).total_seconds(), 1) if oldest else 0.0,
        parked_jobs=_parked(),
    )


def is_due(now: datetime) -> bool:
    """Whether a worker would find something; asked before it takes the write lock."""
    free = (Outbox.lease_until.is_(None)) | (Outbox.lease_until < now)
    query = select(Outbox.id).where(
        Outbox.done_at.is_(None), Outbox.parked_at.is_(None), Outbox.available_at <= now, free
    )
    return db.session.scalar(query.limit(1)) is not None


def leased() -> list[tuple[int, str]]:
    """Jobs somebody holds, with who."""
    rows = db.session.execute(
        select(Outbox.id, Outbox.claimed_by).where(Outbox.done_at.is_(None), Outbox.claimed_by.is_not(None))
    )
    return [(row.id, row.claimed_by or "") for row in rows]


def pending() -> int:
    """Everything that is neither done nor parked, due or not."""
    return _count(Outbox.done_at.is_(None), Outbox.parked_at.is_(None))


def heads() -> list[ChainHead]:
    return list(db.session.scalars(select(ChainHead).order_by(ChainHead.committee_id)))


def _count(*conditions: object) -> int:
    return db.session.scalar(select(func.count()).select_from(Outbox).where(*conditions)) or 0  # type: ignore[arg-type]


def _parked() -> list[dict[str, object]]:
    rows = db.session.execute(
        select(Outbox.effect_key, Outbox.kind, Outbox.attempts, Outbox.last_error)
        .where(Outbox.parked_at.is_not(None))
        .order_by(Outbox.id.desc())
        .limit(20)
    )
    return [row._asdict() for row in rows]
