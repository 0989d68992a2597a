"""Results that are no quota: briefs somebody adopted and exemplary marks, by owner (S1-48, S1-49)."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.extensions import db
from tracker.models import Adoption, Campaign, Case, Exemplar, Submission, Visit, Visitor
from tracker.models.submission import is_counted
from tracker.queries import scope
from tracker.rules import scoring


def adopted(campaign: Campaign, whose: str) -> Mapping[tuple[int, str], int]:
    """How many briefs count at which level; each once, at the highest (rules.scoring)."""
    owner = _owner(whose, Submission.member_id, Submission.group_id)
    query = (
        select(owner, Submission.id, Adoption.level)
        .join(Adoption, Adoption.submission_id == Submission.id)
        .where(Submission.campaign_id == campaign.id, is_counted(), ~scope.became_accusation())
    )
    levels: dict[tuple[int, int], set[str]] = defaultdict(set)
    for person_or_unit, brief, level in db.session.execute(query):
        if person_or_unit is not None:
            levels[person_or_unit, brief].add(level)
    found: dict[tuple[int, str], int] = defaultdict(int)
    for (person_or_unit, _brief), reached in levels.items():
        found[person_or_unit, scoring.highest(reached)] += 1
    return found


def marked(campaign: Campaign, whose: str) -> list[tuple[int, Exemplar]]:
    """(whose, mark): on a visit for everybody who went, or for the group of who wrote it down."""
    found = chain.from_iterable(db.session.execute(query).all() for query in _marks(campaign, whose))
    return [(owner, mark) for owner, mark in found if owner is not None]


def _marks(campaign: Campaign, whose: str) -> list[Select[int | None, Exemplar]]:
    visits = _all(_owner(whose, Visitor.person_id, Visit.group_id)).join(Visit, Visit.id == Exemplar.visit_id)
    if whose == "member":
        visits = visits.join(Visitor, Visitor.visit_id == Visit.id)
    submissions = _all(_owner(whose, Submission.member_id, Submission.group_id)).join(
        Submission, Submission.id == Exemplar.submission_id
    )
    cases = _all(_owner(whose, Case.raised_by_id, Case.group_id)).join(Case, Case.id == Exemplar.case_id)
    return [
        visits.where(Visit.campaign_id == campaign.id),
        submissions.where(Submission.campaign_id == campaign.id, is_counted(), ~scope.became_accusation()),
        cases.join(Visit, Visit.id == Case.visit_id).where(
            Visit.campaign_id == campaign.id, Case.is_accusation.is_(False)
        ),
    ]


def _all(owner: InstrumentedAttribute[int | None]) -> Select[int | None, Exemplar]:
    things = (joinedload(Exemplar.visit), joinedload(Exemplar.submission), joinedload(Exemplar.case))
    return (
        select(owner, Exemplar)
        .select_from(Exemplar)
        .where(Exemplar.ended_at.is_(None))
        .order_by(Exemplar.id)
        .options(*things)
    )


def _owner(
    whose: str,
    member: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
    unit: InstrumentedAttribute[int | None],
) -> InstrumentedAttribute[int | None]:
    return member if whose == "member" else unit
