"""The rules of work of one's own committee, the version in force and those before it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import WorkRules
from tracker.rules.actors import Actor
from tracker.rules.words import N_


def versions(actor: Actor) -> Sequence[WorkRules]:
    """The one in force first."""
    return db.session.scalars(
        select(WorkRules)
        .where(WorkRules.committee_id == actor.committee_id)
        .order_by(WorkRules.number.desc())
        .options(joinedload(WorkRules.author))
    ).all()


def in_force(actor: Actor) -> WorkRules | None:
    return next(iter(versions(actor)), None)


def version(number: str, actor: Actor) -> WorkRules:
    """The one of this number, as an address names it."""
    found = next((one for one in versions(actor) if str(one.number) == number), None)
    if found is None:
        raise NotFound(N_("没有这一版工作制度"))
    return found
