"""Other drives whose visits count for a campaign too (S1-09): which there are, and how many visits."""

from datetime import date

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models import Campaign, Visit
from tracker.queries import campaigns
from tracker.queries.quotas import counts_all
from tracker.rules.actors import Actor


def named(actor: Actor) -> list[str]:
    """Everything any campaign of the committee names, each once."""
    rows = db.session.scalars(
        select(Campaign.drives).where(Campaign.committee_id == actor.committee_id).order_by(Campaign.id)
    )
    return list(dict.fromkeys(name for drives in rows for name in drives))


def on(day: date, actor: Actor) -> list[str]:
    """What a visit of this day may be made within."""
    campaign = campaigns.running(actor.committee_id, day)
    return list(campaign.drives) if campaign else []


def within(campaign: Campaign, actor: Actor) -> list[tuple[str, int]]:
    """How many visits of the groups this actor counts were made within each; one without any stands too."""
    query = (
        select(Visit.drive, func.count(Visit.id))
        .where(Visit.campaign_id == campaign.id, Visit.drive != "")
        .group_by(Visit.drive)
        .order_by(Visit.drive)
    )
    if not counts_all(actor):
        query = query.where(Visit.group_id.in_(actor.units("secretary")))
    counted = {drive: number for drive, number in db.session.execute(query)}
    return [(name, counted.get(name, 0)) for name in dict.fromkeys([*campaign.drives, *counted])]
