"""The resident's view: found by code, without a name, a phone or a story."""

import hmac

from sqlalchemy import select

from tracker.errors import NotFound
from tracker.extensions import clock, db
from tracker.models import Case, TrackingCode
from tracker.queries.residents import identity
from tracker.rules import codes
from tracker.rules.actors import Actor
from tracker.rules.words import N_

# One answer for every reason, so that a guess learns nothing.
UNKNOWN = N_("查询码不对或已失效，请核对回执；也可以打电话问政协办公室")


def find(text: str) -> TrackingCode:
    """The row behind a typed code, or NotFound after the same work as for a right one."""
    code = codes.parse(text)
    row = None
    if code is not None:
        row = db.session.scalar(select(TrackingCode).where(TrackingCode.locator == code.locator))
    right = code is not None and codes.verify(row.secret_hash if row else None, code.secret)
    if not right or row is None or row.revoked_at is not None or _expired(row):
        raise NotFound(UNKNOWN)
    return row


def resident_of(row: TrackingCode) -> Actor:
    """The actor that stands for whoever holds the code: it reaches this one case."""
    return Actor("resident", row.case_id, "", row.committee_id)


def current_code(case: Case) -> TrackingCode | None:
    return db.session.scalar(
        select(TrackingCode)
        .where(TrackingCode.case_id == case.id, TrackingCode.revoked_at.is_(None))
        .order_by(TrackingCode.id.desc())
        .limit(1)
    )


def phone_of(case: Case) -> str:
    return "".join(ch for ch in identity(case).phone if ch.isdigit())


def pin_fits(row: TrackingCode, pin: str) -> bool:
    """The last four digits of the phone that was left, else the PIN the office told."""
    digits = "".join(ch for ch in pin if ch.isdigit())
    phone = phone_of(row.case)
    if phone:
        return hmac.compare_digest(digits.encode(), phone[-4:].encode())
    return row.pin_hash is not None and codes.verify(row.pin_hash, digits)


def _expired(row: TrackingCode) -> bool:
    return row.expires_at is not None and row.expires_at < clock()
