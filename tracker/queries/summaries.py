"""Annex 3: what each group did in a campaign, counted from its visits and submissions (S2-41…45)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, distinct, func, or_, select

from tracker.extensions import db
from tracker.models import Campaign, OrgUnit, Submission, Visit, Visitor
from tracker.models.committee import GROUP_KINDS
from tracker.queries.quotas import COUNTS_AS, counts_all
from tracker.rules.actors import Actor

_COLUMNS = {"suggestion": "suggestions", "brief": "briefs", "lead": "leads"}


@dataclass(frozen=True)
class Figures:
    """The columns of the annex, in its order."""

    participants: int = 0
    sector: int = 0
    living: int = 0
    friends: int = 0
    suggestions: int = 0
    briefs: int = 0
    leads: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))


COLUMNS = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True)
class GroupRow:
    unit_id: int
    public_id: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Summary:
    """Every group of the committee, also those that did nothing yet; ``total`` is the sum of the rows."""

    rows: tuple[GroupRow, ...]
    total: Figures


def of(campaign: Campaign, actor: Actor) -> Summary:
    counted = _counted(campaign)
    rows = tuple(
        GroupRow(unit.id, unit.public_id, unit.name, Figures(**counted[unit.id]))
        for unit in _groups(actor, counted.keys())
    )
    return Summary(rows, sum((row.figures for row in rows), Figures()))


def _groups(actor: Actor, counted: Iterable[int]) -> Sequence[OrgUnit]:
    """Groups out of use are still told of while they have figures."""
    query = select(OrgUnit).where(
        OrgUnit.committee_id == actor.committee_id,
        OrgUnit.kind.in_(GROUP_KINDS),
        or_(OrgUnit.is_active, OrgUnit.id.in_(counted)),
    )
    if not counts_all(actor):
        query = query.where(OrgUnit.id.in_(actor.units("secretary")))
    return db.session.scalars(query.order_by(OrgUnit.path)).all()


def _counted(campaign: Campaign) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for group, number in db.session.execute(_participants(campaign)):
        found[group]["participants"] = number
    for group, circle, persons in db.session.execute(_reached(campaign)):
        found[group][circle] += persons
    for group, kind, number in db.session.execute(_handed_in(campaign)):
        found[group][_COLUMNS[COUNTS_AS[kind]]] += number
    return found


def _participants(campaign: Campaign) -> Select[Any, int]:
    """Members who went at least once; in two groups only when a member changed groups meanwhile."""
    return (
        select(Visitor.group_id, func.count(distinct(Visitor.person_id)))
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Visit.campaign_id == campaign.id, Visitor.group_id.is_not(None))
        .group_by(Visitor.group_id)
    )


def _reached(campaign: Campaign) -> Select[Any, Any, int]:
    """People met, by circle; a visit of several groups counts for the group of who wrote it down."""
    return (
        select(Visit.group_id, Visit.circle, func.sum(Visit.persons_count))
        .where(Visit.campaign_id == campaign.id, Visit.group_id.is_not(None), Visit.circle.is_not(None))
        .group_by(Visit.group_id, Visit.circle)
    )


def _handed_in(campaign: Campaign) -> Select[Any, str, int]:
    return (
        select(Submission.group_id, Submission.kind, func.count(Submission.id))
        .where(Submission.campaign_id == campaign.id, Submission.group_id.is_not(None))
        .group_by(Submission.group_id, Submission.kind)
    )
