"""Tracking codes: given once, kept as a hash, taken back when a new one is given."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from tracker.actions import diary
from tracker.actions.base import action, lock, session
from tracker.extensions import clock
from tracker.models import Case, TrackingCode
from tracker.queries import track
from tracker.rules import codes, permissions
from tracker.rules.actors import Actor

PIN_TRIES = 5
# A code outlives its case by a year (decisions: the column now, the purge with the timers).
VALID = timedelta(days=730)


@dataclass(frozen=True)
class NewCode:
    """The only moment at which the code exists in clear."""

    code: codes.Code
    row: TrackingCode


@action
def issue(case: Case, *, by: Actor) -> NewCode:
    """A new code; the earlier one stops working in the same transaction."""
    permissions.require(by, "issue_code", case)
    lock(case)
    now = clock()
    for earlier in session().scalars(
        select(TrackingCode).where(TrackingCode.case_id == case.id, TrackingCode.revoked_at.is_(None))
    ):
        earlier.revoked_at = now
    code = _unused()
    row = TrackingCode(
        committee_id=case.committee_id,
        case_id=case.id,
        locator=code.locator,
        created_at=now,
        secret_hash=codes.hash_secret(code.secret),
        issued_by_id=by.person_id,
        expires_at=now + VALID,
    )
    session().add(row)
    diary.write(case, "issue_code", by=by, notify=False)
    return NewCode(code, row)


@action
def issue_pin(case: Case, *, by: Actor) -> str | None:
    """Unlock the letter on the code page; where no phone was left, a new PIN for the office to tell."""
    permissions.require(by, "reset_letter_lock", case)
    row = track.current_code(case)
    if row is None:
        return None
    pin = codes.new_pin() if not track.phone_of(case) else None
    row.pin_failures, row.letter_locked_at = 0, None
    row.pin_hash = codes.hash_secret(pin) if pin else None
    diary.write(case, "reset_letter_lock", by=by, notify=False)
    return pin


@action
def try_pin(row: TrackingCode, pin: str) -> bool:
    """Whether the PIN opens the letter; a wrong one counts, the fifth locks until the office resets.

    Answers instead of raising, so that the count is stored.
    """
    lock(row)
    if row.letter_locked_at is not None:
        return False
    if track.pin_fits(row, pin):
        row.pin_failures = 0
        return True
    row.pin_failures += 1
    if row.pin_failures >= PIN_TRIES:
        row.letter_locked_at = clock()
    return False


def _unused() -> codes.Code:
    while True:
        code = codes.new()
        known = session().scalar(select(TrackingCode.id).where(TrackingCode.locator == code.locator))
        if known is None:
            return code
