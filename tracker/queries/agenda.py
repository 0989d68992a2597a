"""Meetings that take up cases, and what they decided, on behalf of somebody.

An accusation stands on no agenda, whatever was put on before it turned out to be one (Petition Regulation
art. 30).
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import AgendaItem, Assignment, Case, Meeting, OrgUnit
from tracker.queries import redaction, waiting
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.outcome import GONE, RELEASED
from tracker.rules.redaction import redact
from tracker.rules.words import N_

MOST = 200
_STANDS = (AgendaItem.taken_off_at.is_(None), Case.is_accusation.is_(False))


def upcoming(actor: Actor, today: date) -> Sequence[Meeting]:
    """The nearest first, today's too."""
    query = select(Meeting).where(Meeting.held_on >= today, Meeting.cancelled_at.is_(None))
    return _meetings(actor, query.order_by(Meeting.held_on, Meeting.id))


def past(actor: Actor, today: date) -> Sequence[Meeting]:
    """The latest first."""
    query = select(Meeting).where(Meeting.held_on < today, Meeting.cancelled_at.is_(None))
    return _meetings(actor, query.order_by(Meeting.held_on.desc(), Meeting.id.desc()))


def waits(actor: Actor, name: str, now: datetime) -> Sequence[Meeting]:
    """Those of a queue, the latest first."""
    query = select(Meeting).where(waiting.condition(waiting.MEETINGS, name, actor, now))
    return _meetings(actor, query.order_by(Meeting.held_on.desc(), Meeting.id.desc()))


def counts(meetings: Sequence[Meeting]) -> dict[int, tuple[int, int]]:
    """How many cases stand on each agenda, and how many of them were decided."""
    rows = db.session.execute(
        select(AgendaItem.meeting_id, func.count(), func.count(AgendaItem.decided_at))
        .join(Case, Case.id == AgendaItem.case_id)
        .where(AgendaItem.meeting_id.in_([meeting.id for meeting in meetings]), *_STANDS)
        .group_by(AgendaItem.meeting_id)
    ).all()
    return {meeting_id: (number, decided) for meeting_id, number, decided in rows}


def meeting(public_id: str, actor: Actor) -> Meeting:
    found = db.session.scalar(
        select(Meeting).where(Meeting.public_id == public_id, Meeting.committee_id == actor.committee_id)
    )
    if found is None or not permissions.may(actor, "read", found):
        raise NotFound(N_("没有这次会议，或者您不能查看"))
    return found


def items(of: Meeting) -> Sequence[AgendaItem]:
    """What stands on the agenda, in its order; the caller was given the meeting."""
    return db.session.scalars(
        select(AgendaItem)
        .join(Case, Case.id == AgendaItem.case_id)
        .where(AgendaItem.meeting_id == of.id, *_STANDS)
        .order_by(AgendaItem.number, AgendaItem.id)
        .options(joinedload(AgendaItem.case).joinedload(Case.resident))
    ).all()


def taken_off(of: Meeting) -> Sequence[AgendaItem]:
    return db.session.scalars(
        select(AgendaItem)
        .join(Case, Case.id == AgendaItem.case_id)
        .where(
            AgendaItem.meeting_id == of.id,
            AgendaItem.taken_off_at.is_not(None),
            Case.is_accusation.is_(False),
        )
        .order_by(AgendaItem.taken_off_at)
        .options(joinedload(AgendaItem.case).joinedload(Case.resident))
    ).all()


def item(of: Meeting, public_id: str) -> AgendaItem:
    """One that stands on this agenda."""
    found = next((one for one in items(of) if one.public_id == public_id), None)
    if found is None:
        raise NotFound(N_("这件诉求不在这次会议的议题里"))
    return found


def of_case(case: Case, actor: Actor) -> Sequence[AgendaItem]:
    """Where this case stood, the latest meeting first; nothing for whoever sees no meetings."""
    if case.is_accusation or not permissions.may_any(actor, "meeting.read"):
        return []
    return _of_case(case)


def standing(case: Case, today: date) -> AgendaItem | None:
    """The item through which the case stands on an upcoming meeting without a decision."""
    return next(
        (one for one in _of_case(case) if one.meeting.held_on >= today and one.decided_at is None), None
    )


def told(share: Assignment) -> Sequence[AgendaItem]:
    """What the office passed on to those who handle the case; the caller may read the assignment's text."""
    if share.state in RELEASED:
        return []
    return [one for one in _of_case(share.case) if one.told and not share.case.is_accusation]


def summary(case: Case) -> str:
    """What the case is about, in words that tell nobody who raised it (T03)."""
    return redact(case.summary, redaction.hits(case, case.summary))


def departments(cases: Collection[int]) -> dict[int, str]:
    """Who answers for each case."""
    rows = db.session.execute(
        select(Assignment.case_id, OrgUnit.name)
        .join(OrgUnit, OrgUnit.id == Assignment.unit_id)
        .where(
            Assignment.case_id.in_(cases),
            Assignment.role.in_(("lead", "separate")),
            Assignment.state.not_in(GONE),
        )
        .order_by(Assignment.id)
    ).all()
    found: dict[int, list[str]] = {}
    for case_id, name in rows:
        found.setdefault(case_id, []).append(name)
    return {case_id: "、".join(dict.fromkeys(names)) for case_id, names in found.items()}


def _meetings(actor: Actor, query: Select[Meeting]) -> Sequence[Meeting]:
    if not permissions.may_any(actor, "meeting.read"):
        return []
    return db.session.scalars(query.where(Meeting.committee_id == actor.committee_id).limit(MOST)).all()


def _of_case(case: Case) -> Sequence[AgendaItem]:
    return db.session.scalars(
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.case_id == case.id, AgendaItem.taken_off_at.is_(None))
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .options(joinedload(AgendaItem.meeting))
    ).all()
