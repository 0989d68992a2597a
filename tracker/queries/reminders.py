"""Whom a reminder of a campaign would reach: members who owe something and were not reminded today."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Campaign, Event, Person
from tracker.queries import quotas
from tracker.queries.quotas import Line
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date, shanghai_midnight


@dataclass(frozen=True)
class Reach:
    """``told`` will hear of it, those in ``no_mail`` only behind their bell; ``already`` heard today."""

    told: tuple[Line, ...]
    already: tuple[Line, ...]
    no_mail: frozenset[int]


def reach(campaign: Campaign, actor: Actor, now: datetime, group_id: int | None = None) -> Reach:
    """Nobody who is done or exempt, and never the one who asks; ``group_id`` narrows it to one group."""
    lines = [
        line
        for line in quotas.of_members(campaign, actor, shanghai_date(now), "campaign.remind")
        if line.owes
        and line.bearer.id != actor.person_id
        and (group_id is None or line.bearer.unit_id == group_id)
    ]
    heard = _heard_today(campaign, now)
    told = tuple(line for line in lines if line.bearer.id not in heard)
    already = tuple(line for line in lines if line.bearer.id in heard)
    return Reach(told, already, _without_mail(told))


def _heard_today(campaign: Campaign, now: datetime) -> set[int]:
    found = db.session.scalars(
        select(Event.data).where(
            Event.committee_id == campaign.committee_id,
            Event.at >= shanghai_midnight(now),
            Event.object_kind == "campaign",
            Event.object_id == campaign.id,
            Event.verb == "remind",
        )
    )
    return {person for data in found for person in data["people"]}


def _without_mail(lines: tuple[Line, ...]) -> frozenset[int]:
    ids = [line.bearer.id for line in lines]
    return frozenset(
        db.session.scalars(
            select(Person.id).where(Person.id.in_(ids), (Person.email.is_(None)) | (Person.email == ""))
        )
    )
