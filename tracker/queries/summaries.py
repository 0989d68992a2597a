"""Annex 3: what each group did in a campaign, counted from its visits and submissions (S2-41…45)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Select, distinct, func, or_, select, union
from sqlalchemy.orm import selectinload

from tracker.extensions import db
from tracker.models import (
    Campaign,
    FigureCorrection,
    GroupReport,
    Membership,
    OrgUnit,
    Person,
    Submission,
    Visit,
    Visitor,
)
from tracker.models.committee import GROUP_KINDS
from tracker.models.submission import is_counted
from tracker.queries import scope
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


COLUMNS = tuple(column.name for column in fields(Figures))


@dataclass(frozen=True)
class GroupRow:
    """``figures`` are what is shown: ``counted``, with the ``corrections`` in place of what they correct."""

    unit_id: int
    public_id: str
    name: str
    figures: Figures
    counted: Figures
    state: str = "draft"
    corrections: Mapping[str, FigureCorrection] = field(default_factory=dict)
    confirmed: Figures | None = None

    @property
    def differences(self) -> list[tuple[str, int, int]]:
        """(column, as the group confirmed it, as it stands now), where the two are no longer alike."""
        if self.confirmed is None:
            return []
        pairs = [(name, getattr(self.confirmed, name), getattr(self.figures, name)) for name in COLUMNS]
        return [entry for entry in pairs if entry[1] != entry[2]]


@dataclass(frozen=True)
class Summary:
    """Every group of the committee, also those that did nothing yet; ``total`` is the sum of the rows."""

    rows: tuple[GroupRow, ...]
    total: Figures


def of(campaign: Campaign, actor: Actor, question: str = "campaign.count") -> Summary:
    """The groups this actor may count; a file holds those that may be taken along."""
    counted = _counted(campaign)
    reports = _reports(campaign)
    return _summed(
        _row(unit, Figures(**counted[unit.id]), reports.get(unit.id))
        for unit in _groups(actor, counted.keys(), question)
    )


def of_group(report: GroupReport) -> GroupRow:
    """One group's row, for whoever may read its report."""
    counted = _counted(report.campaign)
    return _row(report.group, Figures(**counted[report.group_id]), report)


def members_of(report: GroupReport) -> int:
    """How many could have gone: who sits in the group, and who went for it and sits elsewhere by now."""
    sitting = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.unit_id == report.group_id, Membership.role == "member", Person.is_active)
    )
    went = (
        select(Visitor.person_id)
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Visit.campaign_id == report.campaign_id, Visitor.group_id == report.group_id)
    )
    return db.session.scalar(select(func.count()).select_from(union(sitting, went).subquery())) or 0


def _summed(found: Iterable[GroupRow]) -> Summary:
    rows = tuple(found)
    return Summary(rows, sum((row.figures for row in rows), Figures()))


def _row(unit: OrgUnit, counted: Figures, report: GroupReport | None) -> GroupRow:
    if report is None:
        return GroupRow(unit.id, unit.public_id, unit.name, counted, counted)
    live = {one.figure: one for one in report.corrections if one.ended_at is None}
    shown = Figures(**(vars(counted) | {name: one.value for name, one in live.items()}))
    confirmed = Figures(**report.confirmed) if report.confirmed else None
    return GroupRow(unit.id, unit.public_id, unit.name, shown, counted, report.state, live, confirmed)


def _reports(campaign: Campaign) -> dict[int, GroupReport]:
    found = db.session.scalars(
        select(GroupReport)
        .where(GroupReport.campaign_id == campaign.id)
        .options(selectinload(GroupReport.corrections))
    )
    return {report.group_id: report for report in found}


def _groups(actor: Actor, counted: Iterable[int], question: str) -> Sequence[OrgUnit]:
    """Groups out of use are still told of while they have figures."""
    query = select(OrgUnit).where(
        OrgUnit.committee_id == actor.committee_id,
        OrgUnit.kind.in_(GROUP_KINDS),
        or_(OrgUnit.is_active, OrgUnit.id.in_(counted)),
    )
    if not counts_all(actor, question):
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
        .where(is_counted(), ~scope.became_accusation())
        .group_by(Submission.group_id, Submission.kind)
    )
