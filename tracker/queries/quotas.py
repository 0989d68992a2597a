"""Who has done what a campaign asks, and who still owes it: counted from the rows themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select

from tracker.extensions import db
from tracker.models import (
    Activity,
    Campaign,
    Membership,
    OrgUnit,
    Person,
    Quota,
    Submission,
    Visit,
    Visitor,
    Workstation,
)
from tracker.models.submission import is_counted
from tracker.queries import scope
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.standing import Standing, standing

Counts = Mapping[tuple[int, str], int]

# Both leads fill one quota (S2-12).
COUNTS_AS = {"suggestion": "suggestion", "brief": "brief", "investment_lead": "lead", "talent_lead": "lead"}


@dataclass(frozen=True)
class Bearer:
    """A member with the group, or a unit, that owes something."""

    id: int
    public_id: str
    name: str
    level: str | None
    unit_id: int
    unit: str
    unit_kind: str
    is_unit: bool = False


@dataclass(frozen=True)
class Line:
    """One bearer's standing with each quota of their kind; None where it does not concern them."""

    bearer: Bearer
    quotas: tuple[Quota, ...]
    standings: tuple[Standing | None, ...]

    @property
    def tasks(self) -> list[tuple[Quota, Standing]]:
        """What is asked of them; nothing from which they are exempted."""
        pairs = zip(self.quotas, self.standings, strict=True)
        return [(quota, found) for quota, found in pairs if found and found.word != "exempt"]

    @property
    def owes(self) -> bool:
        return any(found is not None and found.missing for found in self.standings)

    @property
    def is_active(self) -> bool:
        """Anything has counted."""
        return any(found is not None and found.counted for found in self.standings)

    @property
    def is_silent(self) -> bool:
        """Nothing at all has counted yet, though something is owed."""
        return self.owes and not self.is_active


def of_members(campaign: Campaign, actor: Actor, today: date, question: str = "campaign.count") -> list[Line]:
    """The members of whom this actor may do what is asked, group by group."""
    bearers = members(actor, question)
    return _lines(campaign, _asked(campaign, "member"), bearers, done_by_members(campaign), today)


def of_units(campaign: Campaign, actor: Actor, today: date) -> list[Line]:
    """Committees and groups, where the campaign asks something of them."""
    quotas = _asked(campaign, "unit")
    kinds = {kind for quota in quotas for kind in quota.unit_kinds}
    return _lines(campaign, quotas, units(actor, kinds), done_by_units(campaign), today)


def of_one(campaign: Campaign, actor: Actor, today: date) -> Line | None:
    """What the actor, a member, still owes; only this member's rows are counted."""
    bearers = [bearer for bearer in members(actor) if bearer.id == actor.person_id]
    done = done_by_members(campaign, actor.person_id)
    lines = _lines(campaign, _asked(campaign, "member"), bearers, done, today)
    return lines[0] if lines else None


def _asked(campaign: Campaign, bearer: str) -> tuple[Quota, ...]:
    return tuple(quota for quota in campaign.quotas if quota.bearer == bearer)


def _lines(
    campaign: Campaign, quotas: tuple[Quota, ...], bearers: Iterable[Bearer], done: Counts, today: date
) -> list[Line]:
    exempt = exempted(campaign)

    def of(bearer: Bearer, quota: Quota) -> Standing | None:
        if not _concerns(quota, bearer):
            return None
        key = (bearer.is_unit, bearer.id)
        excused = (*key, None) in exempt or (*key, quota.id) in exempt
        counted = done.get((bearer.id, quota.counts), 0)
        return standing(counted, quota.minimum, ends_on=campaign.ends_on, today=today, exempt=excused)

    return [Line(bearer, quotas, tuple(of(bearer, quota) for quota in quotas)) for bearer in bearers]


def _concerns(quota: Quota, bearer: Bearer) -> bool:
    if bearer.is_unit:
        return not quota.unit_kinds or bearer.unit_kind in quota.unit_kinds
    return not quota.levels or bearer.level in quota.levels


def exempted(campaign: Campaign) -> set[tuple[bool, int, int | None]]:
    """(whether it is a unit, its or the member's number, the quota or None for everything)."""
    found: set[tuple[bool, int, int | None]] = set()
    for row in campaign.exemptions:
        if row.ended_at is None:
            found.add((row.unit_id is not None, row.unit_id or row.person_id or 0, row.quota_id))
    return found


def members(actor: Actor, question: str = "campaign.count") -> list[Bearer]:
    """One line a member: who sits in two groups is counted in the first."""
    query = (
        select(Person.id, Person.public_id, Person.name, Person.level, OrgUnit)
        .join(Membership, Membership.person_id == Person.id)
        .join(OrgUnit, OrgUnit.id == Membership.unit_id)
        .where(Person.committee_id == actor.committee_id, Person.is_active, Membership.role == "member")
        .order_by(OrgUnit.path, Person.name, Person.id)
    )
    if not counts_all(actor, question):
        own = Membership.unit_id.in_(actor.units("secretary"))
        query = query.where(own | (Person.id == actor.person_id))
    found: dict[int, Bearer] = {}
    for person_id, public_id, name, level, unit in db.session.execute(query):
        found.setdefault(person_id, Bearer(person_id, public_id, name, level, unit.id, unit.name, unit.kind))
    return list(found.values())


def units(actor: Actor, kinds: Iterable[str], question: str = "campaign.count") -> list[Bearer]:
    """Those of these kinds this actor may count."""
    query = (
        select(OrgUnit)
        .where(OrgUnit.committee_id == actor.committee_id, OrgUnit.is_active, OrgUnit.kind.in_(kinds))
        .order_by(OrgUnit.path)
    )
    if not counts_all(actor, question):
        query = query.where(OrgUnit.id.in_(actor.units("secretary")))
    return [
        Bearer(unit.id, unit.public_id, unit.name, None, unit.id, unit.name, unit.kind, is_unit=True)
        for unit in db.session.scalars(query)
    ]


def counts_all(actor: Actor, question: str = "campaign.count") -> bool:
    """Whether the actor counts every group; a secretary counts the own ones."""
    return any("committee" in granted for granted in permissions.grants(actor, question).values())


def done_by_members(campaign: Campaign, only: int | None = None) -> Counts:
    """What each member has done, or ``only`` the one with this number."""
    visited, handed_in = _visits(campaign), _submissions(campaign)
    if only is not None:
        visited = visited.where(Visitor.person_id == only)
        handed_in = handed_in.where(Submission.member_id == only)
    found: dict[tuple[int, str], int] = defaultdict(int)
    for person_id, kind, link, visits, persons in db.session.execute(visited):
        found[person_id, "visit"] += visits
        # Whoever is kept in touch with is one, however often. An enterprise is one however many people came;
        # people are counted by head.
        found[person_id, kind] += 1 if link else visits if kind == "enterprise" else persons
    for person_id, kind, number in db.session.execute(handed_in):
        found[person_id, COUNTS_AS[kind]] += number
    return found


def _visits(campaign: Campaign) -> Select[int, str, int | None, int, int]:
    persons = func.sum(Visit.persons_count)
    return (
        select(Visitor.person_id, Visit.contact_kind, Visit.link_id, func.count(Visit.id), persons)
        .join(Visit, Visit.id == Visitor.visit_id)
        .where(Visit.campaign_id == campaign.id)
        .group_by(Visitor.person_id, Visit.contact_kind, Visit.link_id)
    )


def _submissions(campaign: Campaign) -> Select[int, str, int]:
    """Without what became an accusation: beside a list that hides it, the number would tell of it."""
    return (
        select(Submission.member_id, Submission.kind, func.count(Submission.id))
        .where(Submission.campaign_id == campaign.id, is_counted(), ~scope.became_accusation())
        .group_by(Submission.member_id, Submission.kind)
    )


def done_by_units(campaign: Campaign) -> Counts:
    services = select(Activity.unit_id, func.count(Activity.id)).where(*held(campaign))
    studios = select(Workstation.unit_id, func.count(Workstation.id)).where(*kept(campaign))
    found = {
        (unit_id, "service"): number
        for unit_id, number in db.session.execute(services.group_by(Activity.unit_id))
    }
    return found | {
        (unit_id, "studio"): number
        for unit_id, number in db.session.execute(studios.group_by(Workstation.unit_id))
    }


def held(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Activity: service events that count."""
    return (
        Activity.committee_id == campaign.committee_id,
        Activity.kind == "service",
        Activity.cancelled_at.is_(None),
        Activity.held_on.between(campaign.starts_on, _until(campaign)),
    )


def kept(campaign: Campaign) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Workstation: studios that count."""
    return (
        Workstation.committee_id == campaign.committee_id,
        Workstation.kind == "studio",
        Workstation.opened_on <= _until(campaign),
        Workstation.closed_on.is_(None),
    )


def _until(campaign: Campaign) -> date:
    return campaign.catch_up_until or campaign.ends_on
