"""The rows before and after one in the list it was opened from."""

from dataclasses import dataclass
from datetime import datetime

from tracker.extensions import db
from tracker.models import Case
from tracker.queries import cases
from tracker.queries.cases import CaseFilter
from tracker.rules.actors import Actor

# As far as anybody goes through a list case by case. Further on the place would have to be counted.
REACH = 100


@dataclass(frozen=True)
class Beside:
    """References of the neighbours, None at either end.

    ``place`` counts from 1 and is 0 where it is not known; a ``total`` above ``REACH`` means more than that.
    """

    before: str | None
    after: str | None
    place: int = 0
    total: int = 0


def of_case(case: Case, actor: Actor, wanted: CaseFilter, now: datetime) -> Beside:
    """Newest first, as the list shows them."""
    listed = cases.listing(actor, wanted, now).with_only_columns(Case.reference)
    newer = listed.where(Case.id > case.id).order_by(Case.id).limit(1)
    older = listed.where(Case.id < case.id).order_by(Case.id.desc()).limit(1)
    return Beside(db.session.scalar(newer), db.session.scalar(older))


def in_list(case: Case, actor: Actor, wanted: CaseFilter, now: datetime) -> Beside:
    """With its place there, as long as it is among the first: one statement, no count of the whole list."""
    listed = cases.listing(actor, wanted, now).with_only_columns(Case.reference)
    first = db.session.scalars(listed.order_by(Case.id.desc()).limit(REACH + 1)).all()
    if case.reference not in first[:REACH]:
        # Further down, or no longer there because it moved on since.
        return of_case(case, actor, wanted, now)
    place = first.index(case.reference)
    before = first[place - 1] if place else None
    after = first[place + 1] if place + 1 < len(first) else None
    return Beside(before, after, place + 1, len(first))
