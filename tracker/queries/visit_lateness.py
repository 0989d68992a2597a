"""Visits that were reported late, as a condition: the same rule that marks a row (S2-16)."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, false, literal, or_, select

from tracker.extensions import db
from tracker.models import Campaign, Visit
from tracker.models.base import UtcDateTime
from tracker.queries.calendar import calendar
from tracker.rules.clock import ONE_DAY, midnight
from tracker.rules.lateness import Lateness, last_day


def reported(committee_id: int, how: Lateness) -> ColumnElement[bool]:
    """Condition on Visit: counts for one of the committee's campaigns and was reported in this way."""
    found = db.session.scalars(select(Campaign).where(Campaign.committee_id == committee_id))
    of = _catch_up if how == "catch_up" else _late
    return or_(false(), *[and_(Visit.campaign_id == campaign.id, of(campaign)) for campaign in found])


def _catch_up(campaign: Campaign) -> ColumnElement[bool]:
    return Visit.created_at >= _after(campaign.ends_on)


def _late(campaign: Campaign) -> ColumnElement[bool]:
    """Each day of a visit has a last day of its own; a campaign has some hundred of them at most."""
    days = db.session.scalars(
        select(Visit.visited_on).where(Visit.campaign_id == campaign.id).distinct()
    ).all()
    if not days:
        return false()
    known = calendar()
    ends = {day: literal(_after(last_day(day, campaign.report_within, known)), UtcDateTime()) for day in days}
    return and_(Visit.created_at >= case(ends, value=Visit.visited_on), ~_catch_up(campaign))


def _after(day: date) -> datetime:
    return midnight(day + ONE_DAY)
