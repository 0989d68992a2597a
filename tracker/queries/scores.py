"""The score sheet of a campaign: what each member and each unit did, and what it is worth (S1-48).

Points come from the rows themselves. A figure corrected on annex 3 is the annex's alone: it changes no
points, and ``corrected`` names the groups where the two differ.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import (
    Activity,
    AwardCandidate,
    Campaign,
    FigureCorrection,
    GroupReport,
    OrgUnit,
    ScoreItem,
    Workstation,
)
from tracker.models.committee import GROUP_KINDS
from tracker.queries import quotas, results
from tracker.queries.quotas import Bearer, Counts
from tracker.rules import scoring
from tracker.rules.actors import Actor
from tracker.rules.scoring import Score, Whose
from tracker.rules.words import N_

QUESTION = "campaign.score"


@dataclass(frozen=True)
class ScoreLine:
    """One bearer's scores, in the order of the items."""

    bearer: Bearer
    scores: tuple[Score, ...]
    is_exempt: bool = False

    @property
    def total(self) -> int | None:
        return scoring.total(self.scores)


@dataclass(frozen=True)
class Sheet:
    """The lines one actor may see, by group and name."""

    items: tuple[ScoreItem, ...]
    lines: tuple[ScoreLine, ...]

    @property
    def totals(self) -> tuple[Score, ...]:
        """Of each column."""
        columns = zip(*(line.scores for line in self.lines), strict=True)
        return tuple(
            Score(sum(score.count for score in column), scoring.total(column) or 0) for column in columns
        )

    @property
    def total(self) -> int:
        return sum(line.total or 0 for line in self.lines)


def of(campaign: Campaign, actor: Actor, whose: Whose, question: str = QUESTION) -> Sheet:
    items = tuple(item for item in campaign.score_items if item.bearer == whose)
    if whose == "member":
        bearers = quotas.members(actor, question)
    else:
        bearers = quotas.units(actor, GROUP_KINDS, question)
    return Sheet(items, tuple(_lines(campaign, items, bearers, _done(campaign, items, whose))))


def of_one(campaign: Campaign, actor: Actor, public_id: str) -> tuple[Sequence[ScoreItem], ScoreLine]:
    """The items and the line of one member or unit this actor may see, or NotFound."""
    for whose in get_args(Whose):
        sheet = of(campaign, actor, whose)
        for line in sheet.lines:
            if line.bearer.public_id == public_id:
                return sheet.items, line
    raise NotFound(N_("没有这份计分表，或者您不能查看"))


def is_settled(campaign: Campaign) -> bool:
    """Whether a group has confirmed its figures: from then on nobody changes what counts how much."""
    confirmed = select(GroupReport.id).where(
        GroupReport.campaign_id == campaign.id, GroupReport.state != "draft"
    )
    return db.session.scalar(confirmed.limit(1)) is not None


def corrected(campaign: Campaign, units: Iterable[int]) -> Sequence[str]:
    """The groups among these whose figures on annex 3 are not those that were counted."""
    query = (
        select(OrgUnit.name)
        .join(GroupReport, GroupReport.group_id == OrgUnit.id)
        .join(FigureCorrection, FigureCorrection.report_id == GroupReport.id)
        .where(
            GroupReport.campaign_id == campaign.id,
            FigureCorrection.ended_at.is_(None),
            OrgUnit.id.in_(set(units)),
        )
        .group_by(OrgUnit.id, OrgUnit.name, OrgUnit.path)
        .order_by(OrgUnit.path)
    )
    return db.session.scalars(query).all()


def candidates(campaign: Campaign) -> dict[tuple[bool, int], AwardCandidate]:
    """Who stands as a candidate now, by (whether it is a unit, number)."""
    found = db.session.scalars(
        select(AwardCandidate).where(
            AwardCandidate.campaign_id == campaign.id, AwardCandidate.ended_at.is_(None)
        )
    )
    return {(row.unit_id is not None, row.unit_id or row.person_id or 0): row for row in found}


def services(campaign: Campaign, unit_id: int) -> Sequence[Activity]:
    """The service events that count for a unit."""
    query = select(Activity).where(*quotas.held(campaign), Activity.unit_id == unit_id)
    return db.session.scalars(query.order_by(Activity.held_on, Activity.id)).all()


def studios(campaign: Campaign, unit_id: int) -> Sequence[Workstation]:
    """The studios that count for a unit."""
    query = select(Workstation).where(*quotas.kept(campaign), Workstation.unit_id == unit_id)
    return db.session.scalars(query.order_by(Workstation.opened_on, Workstation.id)).all()


def _done(campaign: Campaign, items: Sequence[ScoreItem], whose: Whose) -> Counts:
    """Only what some item asks for."""
    asked = {item.counts for item in items}
    found: Counter[tuple[int, str]] = Counter()
    done = quotas.done_by_members if whose == "member" else quotas.done_by_units
    found.update(done(campaign))
    if asked & set(scoring.ADOPTED):
        found.update(results.adopted(campaign, whose))
    if "exemplar" in asked:
        found.update((owner, "exemplar") for owner, _mark in results.marked(campaign, whose))
    return found


def _lines(
    campaign: Campaign, items: Sequence[ScoreItem], bearers: Iterable[Bearer], done: Counts
) -> Iterable[ScoreLine]:
    exempt, asked = quotas.exempted(campaign), _quotas(campaign)
    for bearer in bearers:
        key = (bearer.is_unit, bearer.id)
        whole = (*key, None) in exempt
        yield ScoreLine(
            bearer,
            tuple(
                scoring.score(
                    item,
                    done.get((bearer.id, item.counts), 0),
                    exempt=whole or (*key, asked.get((item.bearer, item.counts))) in exempt,
                )
                for item in items
            ),
            whole,
        )


def _quotas(campaign: Campaign) -> Mapping[tuple[str, str], int]:
    """Exemptions name a quota; an item that counts the same is excused with it."""
    return {(quota.bearer, quota.counts): quota.id for quota in campaign.quotas}
