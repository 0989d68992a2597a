"""What happened in a week, a month or a quarter (S1-47): counts only, nobody's name but groups'.

An accusation is in no figure (Petition Regulation art. 30): beside a list without it, one more tells of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select

from tracker.extensions import db
from tracker.models import (
    Assignment,
    Campaign,
    Case,
    Digest,
    Exemplar,
    OrgUnit,
    Rating,
    Submission,
    Visit,
    Visitor,
)
from tracker.models.committee import GROUP_KINDS
from tracker.models.submission import is_counted
from tracker.queries import campaigns, quotas, scope
from tracker.queries.paging import Rows, newest
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import midnight
from tracker.rules.spans import Span

_PLAIN = Case.is_accusation.is_(False)


@dataclass(frozen=True)
class Figures:
    """``replied`` and ``on_time`` are departments' answers; ``rated`` and ``satisfied`` verdicts."""

    visits: int
    visitors: int
    met: int
    submissions: int
    raised: int
    handled: int
    fed_back: int
    replied: int
    on_time: int
    rated: int
    satisfied: int
    exemplars: int


@dataclass(frozen=True)
class GroupLine:
    """``owing`` of ``members`` still owe something of the running campaign; None where none is running."""

    name: str
    visits: int
    raised: int
    owing: int | None = None
    members: int = 0


@dataclass(frozen=True)
class Exemplary:
    """``kind``: visit, submission or case; ``ident`` names its page."""

    kind: str
    ident: str
    title: str
    reason: str
    group: str


@dataclass(frozen=True)
class DigestOf:
    """Everything one digest tells; ``behind`` are the groups that owe most, the worst first."""

    span: Span
    now: Figures
    before: Figures
    groups: tuple[GroupLine, ...]
    behind: tuple[GroupLine, ...]
    exemplary: tuple[Exemplary, ...]


def of(span: Span, actor: Actor, today: date) -> DigestOf:
    groups = tuple(_groups(span, actor, today))
    behind = [line for line in groups if (line.owing if line.owing is not None else not line.visits)]
    behind.sort(key=lambda line: (-(line.owing or 0) / (line.members or 1), line.name))
    return DigestOf(
        span,
        _figures(span, actor),
        _figures(span.before(), actor),
        groups,
        tuple(behind),
        tuple(_exemplary(span, actor)),
    )


def sent(span: Span, committee_id: int) -> Digest | None:
    return db.session.scalar(
        select(Digest).where(
            Digest.committee_id == committee_id,
            Digest.period == span.period,
            Digest.starts_on == span.first,
        )
    )


def sent_page(
    actor: Actor, *, period: str | None = None, limit: int = 50, after: str | None = None
) -> Rows[Digest]:
    """Those that were sent, the last first."""
    query = select(Digest).where(Digest.committee_id == actor.committee_id)
    if period:
        query = query.where(Digest.period == period)
    return newest(query, Digest, limit=limit, after=after)


def get(row_id: int) -> Digest:
    return db.session.get_one(Digest, row_id)


def _figures(span: Span, actor: Actor) -> Figures:
    ours = and_(Case.committee_id == actor.committee_id, _PLAIN)
    went = (Visit.committee_id == actor.committee_id, Visit.visited_on.between(span.first, span.last))
    replied = (
        Assignment.committee_id == actor.committee_id,
        Assignment.case.has(_PLAIN),
        _within(Assignment.replied_at, span),
    )
    visits, met = db.session.execute(
        select(func.count(Visit.id), func.coalesce(func.sum(Visit.persons_count), 0)).where(*went)
    ).one()
    verdicts = select(func.count(Rating.id)).join(Case, Case.id == Rating.case_id)
    verdicts = verdicts.where(ours, _within(Rating.created_at, span))
    return Figures(
        visits=visits,
        visitors=_one(
            select(func.count(distinct(Visitor.person_id)))
            .join(Visit, Visit.id == Visitor.visit_id)
            .where(*went)
        ),
        met=met,
        submissions=_one(
            select(func.count(Submission.id)).where(
                Submission.committee_id == actor.committee_id,
                Submission.submitted_on.between(span.first, span.last),
                is_counted(),
                ~scope.became_accusation(),
            )
        ),
        raised=_one(select(func.count(Case.id)).where(ours, _within(Case.raised_at, span))),
        handled=_one(select(func.count(Case.id)).where(ours, _within(Case.handled_at, span))),
        fed_back=_one(select(func.count(Case.id)).where(ours, _within(Case.fed_back_at, span))),
        replied=_one(select(func.count(Assignment.id)).where(*replied)),
        on_time=_one(
            select(func.count(Assignment.id)).where(
                *replied, (Assignment.due_at.is_(None)) | (Assignment.replied_at <= Assignment.due_at)
            )
        ),
        rated=_one(verdicts),
        satisfied=_one(verdicts.where(Rating.rating == "satisfied")),
        exemplars=_one(_marked(span, actor, func.count(Exemplar.id))),
    )


def _groups(span: Span, actor: Actor, today: date) -> Iterable[GroupLine]:
    """Every group in use, also those that did nothing."""
    visits = _by_group(Visit.group_id, Visit.visited_on.between(span.first, span.last))
    raised = _by_group(Case.group_id, and_(_PLAIN, _within(Case.raised_at, span)))
    campaign = campaigns.running(actor.committee_id, min(span.last, today))
    owing, members = _owing(campaign, actor, today) if campaign else ({}, {})
    units = select(OrgUnit).where(
        OrgUnit.committee_id == actor.committee_id, OrgUnit.kind.in_(GROUP_KINDS), OrgUnit.is_active
    )
    for unit in db.session.scalars(units.order_by(OrgUnit.path)):
        yield GroupLine(
            unit.name,
            visits.get(unit.id, 0),
            raised.get(unit.id, 0),
            owing.get(unit.id, 0) if campaign else None,
            members.get(unit.id, 0),
        )


def _owing(campaign: Campaign, actor: Actor, today: date) -> tuple[dict[int, int], dict[int, int]]:
    owing: dict[int, int] = {}
    members: dict[int, int] = {}
    for line in quotas.of_members(campaign, actor, today):
        unit = line.bearer.unit_id
        members[unit] = members.get(unit, 0) + 1
        owing[unit] = owing.get(unit, 0) + line.owes
    return owing, members


def _by_group(column: Any, condition: ColumnElement[bool]) -> dict[int, int]:
    counted = select(column, func.count()).where(condition, column.is_not(None)).group_by(column)
    return {unit: number for unit, number in db.session.execute(counted)}


def _marked(span: Span, actor: Actor, what: Any) -> Select[Any]:
    return select(what).where(
        Exemplar.committee_id == actor.committee_id,
        Exemplar.ended_at.is_(None),
        or_(Exemplar.case_id.is_(None), Exemplar.case.has(_PLAIN)),
        or_(Exemplar.submission_id.is_(None), Exemplar.submission.has(~scope.became_accusation())),
        _within(Exemplar.created_at, span),
    )


def _exemplary(span: Span, actor: Actor) -> Iterable[Exemplary]:
    for mark in db.session.scalars(_marked(span, actor, Exemplar).order_by(Exemplar.id)):
        thing = mark.visit or mark.submission or mark.case
        # A title and a reason tell the story, which the auditor does not read.
        if thing is None or not permissions.may(actor, "read_story" if mark.case else "read", thing):
            continue
        if mark.case is not None:
            title, ident, kind = mark.case.summary, mark.case.reference, "case"
        elif mark.submission is not None:
            title, ident, kind = mark.submission.title, mark.submission.public_id, "submission"
        else:
            assert mark.visit is not None
            title, ident, kind = mark.visit.visited_on.isoformat(), mark.visit.public_id, "visit"
        yield Exemplary(kind, ident, title, mark.reason, thing.group.name if thing.group else "")


def _one(query: Select[Any]) -> int:
    return db.session.scalar(query) or 0


def _within(moment: Any, span: Span) -> ColumnElement[bool]:
    first, after = midnight(span.first), midnight(span.last + timedelta(days=1))
    condition: ColumnElement[bool] = moment.is_not(None) & (moment >= first) & (moment < after)
    return condition
