"""What a booklet may be made of: visits, submissions, answered cases; by circle, group, time, quality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true

from tracker.extensions import db
from tracker.models import (
    Adoption,
    Booklet,
    BookletItem,
    Case,
    Exemplar,
    OrgUnit,
    Rating,
    Resident,
    Submission,
    Visit,
)
from tracker.queries import scope
from tracker.rules.actors import Actor
from tracker.rules.clock import midnight, shanghai_date

# As many as the PDF process can set with its memory.
MOST = 400
SUBMITTED_AS = {
    "suggestion": ("suggestion",),
    "brief": ("brief",),
    "lead": ("investment_lead", "talent_lead"),
}
_CASE_STATES = ("handled", "fed_back")

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Wanted:
    """Empty means all; ``kind``: visit, suggestion, brief, lead or case."""

    kind: str = ""
    circle: str = ""
    group: str = ""
    first: date | None = None
    last: date | None = None
    quality: str = ""


@dataclass(frozen=True)
class Candidate:
    """``kind``: visit, a kind of submission, or case; ``group`` as it was on the day."""

    noun: str
    kind: str
    id: int
    title: str
    group: str
    circle: str
    on: date


def found(booklet: Booklet, wanted: Wanted, actor: Actor) -> list[Candidate]:
    """What fits and is not in the booklet yet, by day; at most as many as may still be added."""
    room = MOST - _taken(booklet)
    rows = [one for search in (_visits, _submissions, _cases) for one in search(booklet, wanted, actor)]
    rows.sort(key=lambda one: (one.on, one.noun, one.id))
    return rows[: max(room, 0)]


def _taken(booklet: Booklet) -> int:
    query = select(func.count(BookletItem.id)).where(BookletItem.booklet_id == booklet.id)
    return db.session.scalar(query) or 0


def _visits(booklet: Booklet, wanted: Wanted, actor: Actor) -> Iterator[Candidate]:
    """None on which an accusation was raised: its story may stand there too."""
    if wanted.kind not in ("", "visit"):
        return
    query = (
        select(Visit.id, Visit.reported, Visit.circle, Visit.visited_on, OrgUnit.name)
        .outerjoin(OrgUnit, OrgUnit.id == Visit.group_id)
        .where(
            scope.visits(actor),
            ~_within(booklet, BookletItem.visit_id, Visit.id),
            ~exists().where(Case.visit_id == Visit.id, Case.is_accusation),
            ~exists().where(Case.visit_id == Visit.id, _has_not_agreed()),
            *_fits(wanted, booklet, Visit.group_id, Visit.visited_on),
            _of_quality(
                wanted,
                exemplary=_marked(Exemplar.visit_id, Visit.id),
                satisfied=exists().where(Case.visit_id == Visit.id, _satisfied()),
            ),
        )
    )
    for row in db.session.execute(query.order_by(Visit.id).limit(MOST)):
        yield Candidate(
            "visit", "visit", row.id, row.reported, row.name or "", row.circle or "", row.visited_on
        )


def _submissions(booklet: Booklet, wanted: Wanted, actor: Actor) -> Iterator[Candidate]:
    if wanted.kind not in ("", *SUBMITTED_AS):
        return
    query = (
        select(Submission, OrgUnit.name.label("group"), Visit.circle)
        .outerjoin(Visit, Visit.id == Submission.visit_id)
        .outerjoin(OrgUnit, OrgUnit.id == Submission.group_id)
        .where(
            scope.submissions(actor),
            Submission.state != "withdrawn",
            ~_within(booklet, BookletItem.submission_id, Submission.id),
            ~scope.became_accusation(),
            ~exists().where(Case.visit_id == Submission.visit_id, Case.is_accusation),
            *_fits(wanted, booklet, Submission.group_id, Submission.submitted_on),
            _of_quality(
                wanted,
                exemplary=_marked(Exemplar.submission_id, Submission.id),
                adopted=exists().where(Adoption.submission_id == Submission.id),
            ),
        )
    )
    if wanted.kind:
        query = query.where(Submission.kind.in_(SUBMITTED_AS[wanted.kind]))
    for one, group, circle in db.session.execute(query.order_by(Submission.id).limit(MOST)):
        title = one.edited_title or one.title
        yield Candidate("submission", one.kind, one.id, title, group or "", circle or "", one.submitted_on)


def _cases(booklet: Booklet, wanted: Wanted, actor: Actor) -> Iterator[Candidate]:
    """Only what was answered; accusations never (Petition Regulation art. 30), nor against anybody's will."""
    if wanted.kind not in ("", "case"):
        return
    query = (
        select(Case.id, Case.summary, Case.raised_at, OrgUnit.name, Visit.circle)
        .outerjoin(Visit, Visit.id == Case.visit_id)
        .outerjoin(OrgUnit, OrgUnit.id == Case.group_id)
        .where(
            scope.cases(actor),
            Case.is_accusation.is_(False),
            Case.state.in_(_CASE_STATES),
            Case.disposition.is_(None),
            ~_has_not_agreed(),
            ~_within(booklet, BookletItem.case_id, Case.id),
            *_fits(wanted, booklet, Case.group_id, Case.raised_at, moments=True),
            _of_quality(wanted, exemplary=_marked(Exemplar.case_id, Case.id), satisfied=_satisfied()),
        )
    )
    for row in db.session.execute(query.order_by(Case.id).limit(MOST)):
        day = shanghai_date(row.raised_at)
        yield Candidate("case", "case", row.id, row.summary, row.name or "", row.circle or "", day)


def _fits(
    wanted: Wanted, booklet: Booklet, group: Any, day: Any, *, moments: bool = False
) -> Sequence[Condition]:
    conditions: list[Condition] = []
    if wanted.circle:
        conditions.append(Visit.circle == wanted.circle)
    if wanted.group:
        units = select(OrgUnit.id).where(OrgUnit.public_id == wanted.group)
        conditions.append(group.in_(units))
    if wanted.first:
        conditions.append(day >= (midnight(wanted.first) if moments else wanted.first))
    if wanted.last:
        after = wanted.last + timedelta(days=1)
        conditions.append(day < (midnight(after) if moments else after))
    if booklet.campaign_id is not None:
        conditions.append(_of_campaign(booklet.campaign_id, group))
    return conditions


def _of_campaign(campaign_id: int, group: Any) -> Condition:
    """A case belongs to the campaign of the visit it was raised on."""
    column = Submission.campaign_id if group.class_ is Submission else Visit.campaign_id
    return column == campaign_id


def _of_quality(
    wanted: Wanted,
    *,
    exemplary: Condition,
    adopted: Condition | None = None,
    satisfied: Condition | None = None,
) -> Condition:
    """Where a kind cannot have a quality, nothing of that kind has it."""
    known = {"exemplary": exemplary, "adopted": adopted, "satisfied": satisfied}
    if not wanted.quality:
        return true()
    condition = known[wanted.quality]
    return false() if condition is None else condition


def _marked(column: Any, row: Any) -> Condition:
    return exists().where(column == row, Exemplar.ended_at.is_(None))


def _satisfied() -> Condition:
    """The last word on the case; the resident's stands above the member's."""
    latest = (
        select(Rating.rating)
        .where(Rating.case_id == Case.id)
        .order_by(Rating.round.desc(), (Rating.by_kind == "resident").desc(), Rating.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    return latest == "satisfied"


def _has_not_agreed() -> Condition:
    """Whoever left a name is written about, even without it, only with consent (PIPL art. 25)."""
    named = or_(
        Resident.name_sealed.is_not(None),
        Resident.phone_sealed.is_not(None),
        Resident.address_sealed.is_not(None),
    )
    asked = exists().where(Resident.id == Case.resident_id, named, Resident.consent_publish.is_(False))
    return asked.correlate(Case)


def _within(booklet: Booklet, column: Any, row: Any) -> Condition:
    return exists().where(BookletItem.booklet_id == booklet.id, column == row)
