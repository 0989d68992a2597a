"""The rows before and after one in the list it was opened from."""

from dataclasses import dataclass
from datetime import datetime

from tracker.extensions import db
from tracker.models import Case
from tracker.queries import cases
from tracker.queries.cases import CaseFilter
from tracker.rules.actors import Actor


@dataclass(frozen=True)
class Beside:
    """References of the neighbours; None at either end."""

    before: str | None
    after: str | None


def of_case(case: Case, actor: Actor, wanted: CaseFilter, now: datetime) -> Beside:
    """Newest first, as the list shows them."""
    listed = cases.listing(actor, wanted, now).with_only_columns(Case.reference)
    newer = listed.where(Case.id > case.id).order_by(Case.id).limit(1)
    older = listed.where(Case.id < case.id).order_by(Case.id.desc()).limit(1)
    return Beside(db.session.scalar(newer), db.session.scalar(older))
