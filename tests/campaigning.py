"""A running campaign of the small world, and its groups as tests call them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from tests.first_steps import step
from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.actions import group_reports
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Campaign, GroupReport, OrgUnit
from tracker.queries import campaigns
from tracker.queries import group_reports as reports

START = datetime(2026, 2, 1, 1, 0, tzinfo=UTC)


@step
def begun(world: World) -> str:
    """The public id of the first campaign of the committee's preset, running in the world's year."""
    preset = {"xs": "xishan", "dt": "dongtai"}[world.committee]
    with world.writing(START):
        return acts.open_from(presets.load(preset).campaigns[0], 2026, by=world.actor("clerk")).public_id


def campaign(world: World, by: str = "clerk") -> Campaign:
    """Inside an open transaction."""
    actor = world.actor(by)
    return campaigns.get(campaigns.listing(actor)[0].public_id, actor)


def group_id(world: World, key: str = "group") -> str:
    """The public id of a group. Inside an open transaction."""
    committee = world.actor("clerk").committee_id
    query = select(OrgUnit.public_id).where(OrgUnit.key == key, OrgUnit.committee_id == committee)
    return db.session.scalars(query).one()


def report(world: World, by: str = "clerk", key: str = "group") -> GroupReport:
    """Inside an open transaction."""
    return reports.get(campaign(world, by), group_id(world, key), world.actor(by))


@step
def moved(world: World, name: str, *, by: str, at: datetime = NOW, **given: Any) -> None:
    with world.writing(at):
        group_reports.move(report(world, by), name, by=world.actor(by), given=given)
