"""How a campaign goes on: its visits week by week, and how many of them were reported late."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from tracker.extensions import db
from tracker.models import Campaign, Visit
from tracker.queries.calendar import calendar
from tracker.queries.quotas import counts_all
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.lateness import lateness

WEEK = timedelta(days=7)
MOST_WEEKS = 12


@dataclass(frozen=True)
class Trend:
    """``weeks`` are (Monday, visits), the last ones first shown last; the others are numbers of visits."""

    weeks: tuple[tuple[date, int], ...]
    visits: int
    late: int
    catch_up: int


def of(campaign: Campaign, actor: Actor, today: date) -> Trend:
    """Of the groups this actor counts."""
    rows = _rows(campaign, actor)
    weeks: Counter[date] = Counter()
    marks: Counter[str | None] = Counter()
    days = calendar()
    for visited_on, reported_on, number in rows:
        weeks[_monday(visited_on)] += number
        marks[
            lateness(
                visited_on,
                reported_on,
                ends_on=campaign.ends_on,
                within=campaign.report_within,
                calendar=days,
            )
        ] += number
    return Trend(_lined_up(weeks, campaign, today), weeks.total(), marks["late"], marks["catch_up"])


def _rows(campaign: Campaign, actor: Actor) -> list[tuple[date, date, int]]:
    """(day of the visit, day it was reported, how many such)."""
    query = (
        select(Visit.visited_on, Visit.created_at, func.count())
        .where(Visit.campaign_id == campaign.id)
        .group_by(Visit.visited_on, Visit.created_at)
    )
    if not counts_all(actor):
        query = query.where(Visit.group_id.in_(actor.units("secretary")))
    return [(day, shanghai_date(moment), number) for day, moment, number in db.session.execute(query)]


def _lined_up(weeks: Counter[date], campaign: Campaign, today: date) -> tuple[tuple[date, int], ...]:
    """Weeks without a visit stand there too."""
    last = _monday(min(today, max([campaign.catch_up_until or campaign.ends_on, *weeks])))
    first = max(_monday(campaign.starts_on), last - (MOST_WEEKS - 1) * WEEK)
    count = max(0, (last - first).days // 7 + 1)
    return tuple((first + number * WEEK, weeks[first + number * WEEK]) for number in range(count))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
