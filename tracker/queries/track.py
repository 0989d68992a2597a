"""The resident's view: found by code, without a name, a phone or a story."""

import hmac
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.errors import NotFound
from tracker.extensions import clock, db
from tracker.models import Case, Letter, TrackingCode
from tracker.queries.redaction import refused_in
from tracker.queries.residents import identity
from tracker.rules import codes
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.masking import phone_digits
from tracker.rules.outcome import GONE
from tracker.rules.redaction import redact
from tracker.rules.words import N_
from workflows.case import CASE

SHORTEST_PHONE = 7
# One answer for every reason, so that a guess learns nothing.
UNKNOWN = N_("查询码不对或已失效，请核对回执；也可以打电话问政协办公室")


@dataclass(frozen=True)
class Step:
    """One of the four stations, by the state it ends in; ``on`` is None until it is reached."""

    name: str
    label: str
    on: date | None


@dataclass(frozen=True)
class Progress:
    """All that whoever holds the code may know: no name, no phone, no story.

    ``answer`` holds the released words by department ("" for the office itself), empty until the resident
    has been told. ``next_on`` is the day by which the next step is due.
    """

    reference: str
    state: str
    disposition: str | None
    steps: tuple[Step, ...]
    departments: tuple[str, ...]
    next_on: date | None
    outcome_class: str | None
    answer: tuple[tuple[str, str], ...]
    letter_available: bool
    may_rate: bool
    is_closed: bool


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


def is_code_of(case: Case, code: codes.Code) -> bool:
    """Whether this is the case's present code, for whoever prints it once more on a slip."""
    row = current_code(case)
    return row is not None and row.locator == code.locator and codes.verify(row.secret_hash, code.secret)


def resident_of(row: TrackingCode) -> Actor:
    """The actor that stands for whoever holds the code: it reaches this one case."""
    return Actor("resident", row.case_id, "", row.committee_id)


def progress(row: TrackingCode) -> Progress:
    """Where the case stands, in public words; a merged case speaks of its master's work."""
    case = row.case
    source = case.master if case.is_merged and case.master else case
    shares = [share for share in source.assignments if share.state not in GONE]
    due_at = case.due_at or (source.due_at if case.state != "fed_back" else None)
    told = case.is_told and not case.is_accusation
    return Progress(
        reference=case.reference,
        state=case.state,
        disposition=case.disposition,
        steps=_steps(case),
        departments=tuple(dict.fromkeys(share.unit.name for share in shares)),
        next_on=shanghai_date(due_at) if due_at and case.closed_at is None else None,
        outcome_class=case.outcome_class if told else None,
        answer=_answer(case, source) if told else (),
        letter_available=letter_of(case) is not None,
        may_rate=_may_rate(case),
        is_closed=case.closed_at is not None,
    )


def letter_of(case: Case) -> Letter | None:
    """The feedback letter that may be fetched with the PIN: issued, and not called back."""
    found = [
        letter
        for letter in case.letters
        if letter.kind == "feedback" and letter.state in ("issued", "delivered", "acknowledged")
    ]
    return found[-1] if found else None


def _steps(case: Case) -> tuple[Step, ...]:
    moments = (getattr(case, f"{state}_at") for state in CASE.states)
    return tuple(
        Step(state.name, state.label, shanghai_date(moment) if moment else None)
        for state, moment in zip(CASE.states.values(), moments, strict=True)
    )


def _answer(case: Case, source: Case) -> tuple[tuple[str, str], ...]:
    replies = [
        (share.unit.name, share.latest_reply.text)
        for share in source.assignments
        if share.state == "completed" and share.latest_reply
    ]
    words = replies or ([("", source.outcome_text)] if source.outcome_text else [])
    # Anybody who finds the slip can read this, so even an approved reply is hidden where it names somebody.
    return tuple(
        (unit, redact(text, refused_in(case, text) + refused_in(source, text))) for unit, text in words
    )


def _may_rate(case: Case) -> bool:
    this_round = case.reopened_count + 1
    rated = any(rating.by_kind == "resident" and rating.round == this_round for rating in case.ratings)
    return case.state == "fed_back" and case.closed_at is None and not rated


def current_code(case: Case) -> TrackingCode | None:
    return db.session.scalar(
        select(TrackingCode)
        .where(TrackingCode.case_id == case.id, TrackingCode.revoked_at.is_(None))
        .order_by(TrackingCode.id.desc())
        .limit(1)
    )


def phone_of(case: Case) -> str:
    """The digits of the phone that was left; too few of them to prove anything are none."""
    digits = phone_digits(identity(case).phone)
    return digits if len(digits) >= SHORTEST_PHONE else ""


def pin_fits(row: TrackingCode, pin: str) -> bool:
    """The last four digits of the phone that was left, else the PIN the office told."""
    digits = phone_digits(pin)
    phone = phone_of(row.case)
    if phone:
        return hmac.compare_digest(digits.encode(), phone[-4:].encode())
    return row.pin_hash is not None and codes.verify(row.pin_hash, digits)


def _expired(row: TrackingCode) -> bool:
    return row.expires_at is not None and row.expires_at < clock()
