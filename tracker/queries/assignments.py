"""Assignments, always on behalf of somebody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Assignment, Case, OrgUnit
from tracker.queries import scope, waiting
from tracker.queries.cases import Page, read_cursor, write_cursor
from tracker.rules.actors import Actor
from tracker.rules.outcome import ACTIVE
from tracker.rules.words import N_


def get(public_id: str, actor: Actor, verb: str = "read") -> Assignment:
    """The assignment, or NotFound when this actor may not know of it."""
    found = db.session.scalar(
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(Assignment.public_id == public_id, scope.assignments(actor, verb))
        .options(joinedload(Assignment.unit), joinedload(Assignment.case))
    )
    if found is None:
        raise NotFound(N_("没有这件交办，或者您不能查看"))
    return found


def page(
    actor: Actor,
    *,
    state: str | None = None,
    overdue: bool = False,
    unit: str | None = None,
    waits: str | None = None,
    only: tuple[str, ...] | None = None,
    words: str = "",
    limit: int = 50,
    after: str | None = None,
    now: datetime,
    verb: str = "read",
) -> Page:
    """The newest assignments as plain columns. A department gets no summary, only the transfer text.

    ``waits`` names a queue of queries.waiting; ``only`` keeps to the public ids given, ``words``
    to the transfer texts that hold each of them.
    """
    query = _listing(actor, verb)
    if state:
        query = query.where(Assignment.state.in_(state.split(",")))
    if overdue:
        query = query.where(waiting.condition(waiting.ASSIGNMENTS, "overdue", actor, now))
    if waits:
        query = query.where(waiting.condition(waiting.ASSIGNMENTS, waits, actor, now))
    for word in words.split()[:8]:
        query = query.where(Assignment.transfer_text.contains(word, autoescape=True))
    if only is not None:
        query = query.where(Assignment.public_id.in_(only))
    if unit:
        query = query.where(or_(OrgUnit.public_id == unit, OrgUnit.key == unit))
    if after:
        query = query.where(Assignment.id < read_cursor(after))
    rows = db.session.execute(query.order_by(Assignment.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)


def _listing(actor: Actor, verb: str) -> Select[*tuple[Any, ...]]:
    """The columns a list shows."""
    summary = literal("") if actor.has("handler") else Case.summary
    return (
        select(
            Assignment.id,
            Assignment.public_id,
            Assignment.role,
            Assignment.state,
            Assignment.sla_class,
            Assignment.due_at,
            Assignment.dispatched_at,
            Assignment.updated_at,
            Assignment.transfer_text,
            Assignment.version,
            summary.label("summary"),
            Case.reference,
            OrgUnit.name.label("unit"),
            OrgUnit.public_id.label("unit_id"),
        )
        .join(Case, Case.id == Assignment.case_id)
        .join(OrgUnit, OrgUnit.id == Assignment.unit_id)
        .where(scope.assignments(actor, verb))
    )


def load_of(units: Sequence[OrgUnit]) -> dict[int, int]:
    """How many assignments each unit has open, for whoever chooses the next one."""
    rows = db.session.execute(
        select(Assignment.unit_id, func.count())
        .where(Assignment.unit_id.in_([unit.id for unit in units]), Assignment.state.in_(ACTIVE))
        .group_by(Assignment.unit_id)
    ).all()
    return {unit_id: number for unit_id, number in rows}
