"""The views a person keeps of a list; nobody else's are ever looked up."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import SavedView
from tracker.rules.actors import Actor
from tracker.rules.words import N_

# More tabs than this nobody finds their way in.
MOST = 20


# Built once: every list asks it.
_OF_LIST = (
    select(SavedView)
    .where(SavedView.person_id == bindparam("person"), SavedView.noun == bindparam("noun"))
    .order_by(SavedView.id)
    .limit(MOST)
)


def of_list(noun: str, actor: Actor) -> Sequence[SavedView]:
    """In the order in which they were made; one statement, by the table's unique key."""
    return db.session.scalars(_OF_LIST, {"person": actor.person_id, "noun": noun}).all()


def get(public_id: str, actor: Actor) -> SavedView:
    found = db.session.scalar(
        select(SavedView).where(SavedView.public_id == public_id, SavedView.person_id == actor.person_id)
    )
    if found is None:
        raise NotFound(N_("没有这个视图"))
    return found
