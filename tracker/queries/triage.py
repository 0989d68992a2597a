"""The office's morning queue: what waits to be coordinated, and what the coordinating screen shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models import Case, OrgUnit
from tracker.queries import assignments, reference, scope, waiting
from tracker.queries.calendar import calendar
from tracker.queries.waiting import Asking
from tracker.rules import clock, periods
from tracker.rules.actors import Actor
from tracker.rules.clock import Due
from tracker.rules.conflicts import conflicted


@dataclass(frozen=True)
class Candidate:
    """A department that could take it: what it carries now, and whether the case is about itself."""

    unit: OrgUnit
    open: int
    is_subject: bool


@dataclass(frozen=True)
class Queue:
    """``place`` counts from 1, nearest deadline first; ``after`` comes next, from the top after the last."""

    place: int
    total: int
    after: str | None


def candidates(case: Case, actor: Actor) -> list[Candidate]:
    units = reference.units(actor, "department")
    load = assignments.load_of(units)
    subject = case.subject_unit.lineage if case.subject_unit else ()
    return [Candidate(unit, load.get(unit.id, 0), conflicted(unit.lineage, subject)) for unit in units]


def default_unit(case: Case, candidates: Sequence[Candidate]) -> OrgUnit | None:
    """The department that usually handles the category, unless the case is about it."""
    key = case.category.default_unit_key if case.category else ""
    usual = (found.unit for found in candidates if key and found.unit.key == key and not found.is_subject)
    return next(usual, None)


def due_dates(now: datetime) -> dict[str, Due]:
    """When each class would be due if it were dispatched now."""
    return {name: clock.due(now, periods.reply_days(name), calendar()) for name in periods.SLA_CLASSES}


def queue(case: Case, actor: Actor, now: datetime) -> Queue:
    """Where this case stands among those that wait."""
    waits = _waiting(actor, now)
    rows = db.session.execute(
        select(Case.id, Case.reference).where(*waits).order_by(Case.due_at, Case.id).limit(500)
    ).all()
    ids = [row.id for row in rows]
    place = ids.index(case.id) + 1 if case.id in ids else 0
    others = [row.reference for row in [*rows[place:], *rows[:place]] if row.id != case.id]
    return Queue(place, _total(actor, now), others[0] if others else None)


def first(actor: Actor, now: datetime) -> str | None:
    """The reference of the case to take up next."""
    query = select(Case.reference).where(*_waiting(actor, now)).order_by(Case.due_at, Case.id).limit(1)
    return db.session.scalar(query)


def _total(actor: Actor, now: datetime) -> int:
    return db.session.scalar(select(func.count(Case.id)).where(*_waiting(actor, now))) or 0


def _waiting(actor: Actor, now: datetime) -> list[waiting.Condition]:
    found = [
        scope.cases(actor, "coordinate"),
        waiting.CASES["to_coordinate"].where(Asking(actor, now)),
    ]
    # An officer reads accusations; only a director sends them on.
    return found if actor.has("director") else [*found, Case.is_accusation.is_(False)]
