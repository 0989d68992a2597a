"""Letters, always on behalf of somebody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Case, Letter
from tracker.queries import scope, waiting
from tracker.queries.cases import Page, read_cursor, write_cursor
from tracker.rules.actors import Actor
from tracker.rules.words import N_


def get(public_id: str, actor: Actor, verb: str = "read") -> Letter:
    """The letter, or NotFound when this actor may not know of it."""
    found = db.session.scalar(
        select(Letter)
        .join(Case, Case.id == Letter.case_id)
        .where(Letter.public_id == public_id, scope.letters(actor, verb))
        .options(joinedload(Letter.case), joinedload(Letter.drafter), joinedload(Letter.approver))
    )
    if found is None:
        raise NotFound(N_("没有这份函件，或者您不能查看"))
    return found


def to_render(letter_id: int) -> Letter:
    """For the job that freezes an issued letter; nobody is looking."""
    return db.session.get_one(Letter, letter_id)


def page(
    actor: Actor,
    *,
    now: datetime,
    state: str | None = None,
    waits: str | None = None,
    only: tuple[str, ...] | None = None,
    limit: int = 50,
    after: str | None = None,
    verb: str = "read",
) -> Page:
    """The newest letters as plain columns; ``waits`` names a queue of queries.waiting."""
    query = (
        select(
            Letter.id,
            Letter.public_id,
            Letter.kind,
            Letter.state,
            Letter.number,
            Letter.issue_date,
            Letter.updated_at,
            Letter.due_at,
            Letter.version,
            Letter.delivered_on,
            Letter.drafter_id,
            Case.reference,
            Case.summary,
        )
        .join(Case, Case.id == Letter.case_id)
        .where(scope.letters(actor, verb))
    )
    if state:
        query = query.where(Letter.state.in_(state.split(",")))
    if waits:
        query = query.where(waiting.condition(waiting.LETTERS, waits, actor, now))
    if only is not None:
        query = query.where(Letter.public_id.in_(only))
    if after:
        query = query.where(Letter.id < read_cursor(after))
    rows = db.session.execute(query.order_by(Letter.id.desc()).limit(limit + 1)).all()
    return Page(rows[:limit], write_cursor(rows[limit - 1].id) if len(rows) > limit else None)
