"""A group within a campaign, always on behalf of somebody; one nobody wrote about yet is there unsaved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import (
    Campaign,
    Event,
    FigureCorrection,
    GroupReport,
    LiaisonDuty,
    Note,
    OrgUnit,
    Person,
    SupervisionRecord,
)
from tracker.models.committee import GROUP_KINDS
from tracker.queries import scope, waiting
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

_NONE = N_("没有这个组，或者您不能查看")


def get(campaign: Campaign, group: str, actor: Actor) -> GroupReport:
    """By the group's public id; NotFound where this actor may not see the group's part."""
    unit = db.session.scalar(
        select(OrgUnit).where(
            OrgUnit.public_id == group,
            OrgUnit.committee_id == actor.committee_id,
            OrgUnit.kind.in_(GROUP_KINDS),
        )
    )
    if unit is None:
        raise NotFound(_NONE)
    found = stored(campaign.id, unit.id) or _unsaved(campaign, unit)
    if not permissions.may(actor, "read", found):
        raise NotFound(_NONE)
    return found


def stored(campaign_id: int, group_id: int) -> GroupReport | None:
    return db.session.scalar(
        select(GroupReport)
        .where(GroupReport.campaign_id == campaign_id, GroupReport.group_id == group_id)
        .options(*_WHOLE)
    )


def listing(campaign: Campaign, actor: Actor) -> Sequence[GroupReport]:
    """Those written about that this actor may read, as the tree of groups leads."""
    found = db.session.scalars(
        select(GroupReport)
        .join(OrgUnit, OrgUnit.id == GroupReport.group_id)
        .where(GroupReport.campaign_id == campaign.id)
        .order_by(OrgUnit.path)
        .options(*_WHOLE, joinedload(GroupReport.group))
    ).all()
    return [report for report in found if permissions.may(actor, "read", report)]


def written(actor: Actor, *, now: datetime, waits: str | None = None) -> Sequence[GroupReport]:
    """Those of every campaign this actor may read, the newest campaign first; ``waits`` names a queue."""
    query = select(GroupReport).join(OrgUnit, OrgUnit.id == GroupReport.group_id)
    query = query.where(scope.group_reports(actor))
    if waits:
        query = query.where(waiting.condition(waiting.REPORTS, waits, actor, now))
    named = (GroupReport.campaign, GroupReport.group, GroupReport.confirmed_by)
    query = query.options(*(joinedload(relation) for relation in named))
    return db.session.scalars(query.order_by(GroupReport.campaign_id.desc(), OrgUnit.path)).all()


@dataclass(frozen=True)
class Step:
    """One line of what happened to a report."""

    at: datetime
    verb: str
    who: str
    note: str


def history(report: GroupReport) -> list[Step]:
    """For whoever may read the report, the newest first."""
    query = (
        select(Event.at, Event.verb, Person.name, Note.text)
        .outerjoin(Person, (Event.actor_kind == "person") & (Person.id == Event.actor_id))
        .outerjoin(Note, Note.event_id == Event.id)
        .where(
            Event.committee_id == report.committee_id,
            Event.object_kind == report.noun,
            Event.object_id == report.id,
        )
        .order_by(Event.seq.desc())
        .limit(50)
    )
    return [Step(at, verb, who or "", note or "") for at, verb, who, note in db.session.execute(query)]


def _unsaved(campaign: Campaign, unit: OrgUnit) -> GroupReport:
    return GroupReport(
        committee_id=campaign.committee_id,
        campaign_id=campaign.id,
        campaign=campaign,
        group_id=unit.id,
        group=unit,
        state="draft",
        story="",
    )


_WHOLE = (
    selectinload(GroupReport.corrections).joinedload(FigureCorrection.made_by),
    selectinload(GroupReport.duties).joinedload(LiaisonDuty.unit),
    selectinload(GroupReport.findings).joinedload(SupervisionRecord.unit),
    selectinload(GroupReport.findings).joinedload(SupervisionRecord.written_by),
)
