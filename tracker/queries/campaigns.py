"""Campaigns of one's own committee."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Campaign
from tracker.rules.actors import Actor
from tracker.rules.words import N_


def listing(actor: Actor) -> Sequence[Campaign]:
    """The newest first."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.committee_id == actor.committee_id)
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    ).all()


def get(public_id: str, actor: Actor) -> Campaign:
    """With its phases, quotas, plan, exemptions and what counts how much, or NotFound."""
    found = db.session.scalar(
        select(Campaign)
        .where(Campaign.public_id == public_id, Campaign.committee_id == actor.committee_id)
        .options(
            selectinload(Campaign.phases),
            selectinload(Campaign.quotas),
            selectinload(Campaign.plan),
            selectinload(Campaign.exemptions),
            selectinload(Campaign.score_items),
        )
    )
    if found is None:
        raise NotFound(N_("没有这项活动，或者您不能查看"))
    return found


def by_key(key: str, committee_id: int) -> Campaign | None:
    return db.session.scalar(
        select(Campaign).where(Campaign.committee_id == committee_id, Campaign.key == key)
    )


def running(committee_id: int, on: date) -> Campaign | None:
    """What a visit of this day counts for: of several campaigns the one that began last."""
    ends = func.coalesce(Campaign.catch_up_until, Campaign.ends_on)
    return db.session.scalar(
        select(Campaign)
        .where(Campaign.committee_id == committee_id, Campaign.starts_on <= on, ends >= on)
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
        .limit(1)
    )
