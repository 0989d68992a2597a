"""The outbox: an effect is queued with its event, leased by one worker, then done once or parked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from tracker.actions.base import action, session
from tracker.errors import HuiyinError
from tracker.extensions import clock
from tracker.models import Outbox

LEASE = timedelta(seconds=10)
MOST_TRIES = 5

_OUTBOX = Outbox.metadata.tables["outbox"]


@dataclass(frozen=True)
class Job:
    """A claimed row as plain facts; ``attempts`` counts this one."""

    id: int
    kind: str
    effect_key: str
    payload: dict[str, Any]
    attempts: int
    worker: str


class LeaseLost(HuiyinError):
    """The work took too long and somebody else has it now."""

    code = "lease_lost"


def put(kind: str, effect_key: str, payload: dict[str, Any], committee_id: int) -> None:
    """The unique key makes a second request a no-op. No payload carries a code or a name."""
    insert = sqlite.insert if session().get_bind().dialect.name == "sqlite" else postgresql.insert
    due = {
        "kind": kind,
        "effect_key": effect_key,
        "payload": payload,
        "committee_id": committee_id,
        "available_at": clock(),
    }
    session().execute(insert(_OUTBOX).values(due).on_conflict_do_nothing())


@action
def claim(worker: str) -> Job | None:
    """Lease the job that has waited longest. A try counts when it begins: one that kills counts too."""
    now = clock()
    free = (
        Outbox.done_at.is_(None),
        Outbox.parked_at.is_(None),
        Outbox.available_at <= now,
        or_(Outbox.lease_until.is_(None), Outbox.lease_until < now),
    )
    oldest = (
        select(Outbox.id)
        .where(*free)
        .order_by(Outbox.available_at, Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    # The condition stands in the update itself: of two workers only one finds the row still free.
    row = (
        session()
        .execute(
            update(Outbox)
            .where(Outbox.id == oldest, *free)
            .values(claimed_by=worker, lease_until=now + LEASE, attempts=Outbox.attempts + 1)
            .returning(Outbox.id, Outbox.kind, Outbox.effect_key, Outbox.payload, Outbox.attempts)
            .execution_options(synchronize_session=False)
        )
        .first()
    )
    return Job(row.id, row.kind, row.effect_key, row.payload, row.attempts, worker) if row else None


@action
def extend(job: Job) -> bool:
    """Keep the lease a little longer; False when it is no longer ours."""
    return _change(job, lease_until=clock() + LEASE)


@action
def finish(job: Job) -> None:
    """Mark it done in the transaction that stores its effect; a lost lease undoes both."""
    if not _change(job, done_at=clock(), claimed_by=None, lease_until=None, last_error=""):
        raise LeaseLost("another worker has this job")


@action
def fail(job: Job, reason: str) -> Outbox | None:
    """Put it back for later; after five tries park it. Returns the row when it was parked."""
    parked = job.attempts >= MOST_TRIES
    now = clock()
    changed = _change(
        job,
        claimed_by=None,
        lease_until=None,
        last_error=reason[:200],
        available_at=now + pause(job.attempts),
        parked_at=now if parked else None,
    )
    return session().get_one(Outbox, job.id) if changed and parked else None


@action
def give_back(job: Job) -> None:
    """Stopping on request is no failure: the try does not count."""
    _change(job, claimed_by=None, lease_until=None, attempts=job.attempts - 1)


@action
def release(ids: list[int]) -> None:
    """Free the jobs of workers that are gone; they go behind what waits, in case one of them kills."""
    session().execute(
        update(Outbox)
        .where(Outbox.id.in_(ids), Outbox.done_at.is_(None))
        .values(claimed_by=None, lease_until=None, available_at=clock())
        .execution_options(synchronize_session=False)
    )


def pause(attempts: int) -> timedelta:
    return timedelta(seconds=2.0**attempts)


def _change(job: Job, **values: Any) -> bool:
    """Only while the lease is this worker's."""
    result = session().execute(
        update(Outbox)
        .where(Outbox.id == job.id, Outbox.claimed_by == job.worker, Outbox.done_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
