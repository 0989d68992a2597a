"""What the annexes are filled from, on behalf of whoever takes them along."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.extensions import db
from tracker.models import Campaign, OrgUnit, Person, Submission, Visit, Visitor
from tracker.models.submission import is_counted
from tracker.queries import scope, visits
from tracker.rules.actors import Actor


def visits_of(actor: Actor, most: int, **wanted: Any) -> Sequence[Visit]:
    """The visits of a list with all that stands on annex 1, the newest first; one more than ``most``."""
    query = (
        visits.chosen(actor, **wanted)
        .options(
            selectinload(Visit.visitors).joinedload(Visitor.person),
            joinedload(Visit.member),
            joinedload(Visit.group),
            joinedload(Visit.area),
            joinedload(Visit.resident),
            selectinload(Visit.cases),
        )
        .order_by(Visit.id.desc())
        .limit(most + 1)
    )
    return db.session.scalars(query).all()


def results_of(campaign: Campaign, actor: Actor, member: str | None = None) -> Sequence[Submission]:
    """What counts in this campaign, member by member within the groups; ``member`` narrows it to one."""
    query = (
        select(Submission)
        .join(Person, Person.id == Submission.member_id)
        .outerjoin(OrgUnit, OrgUnit.id == Submission.group_id)
        .where(Submission.campaign_id == campaign.id, is_counted(), scope.submissions(actor, "export"))
        .order_by(OrgUnit.path, Person.name, Person.id, Submission.id)
        .options(joinedload(Submission.member), joinedload(Submission.group))
    )
    if member:
        query = query.where(Person.public_id == member)
    return db.session.scalars(query).all()


def campaigns_of(found: Sequence[Visit]) -> dict[int, Campaign]:
    """The campaigns these visits count for, by their numbers."""
    wanted = {visit.campaign_id for visit in found if visit.campaign_id is not None}
    rows = db.session.scalars(select(Campaign).where(Campaign.id.in_(wanted)))
    return {row.id: row for row in rows}
