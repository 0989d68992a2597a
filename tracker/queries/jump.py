"""A number typed into the search field leads straight to what it names."""

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Assignment, Case, Letter
from tracker.queries import scope
from tracker.rules import numbers
from tracker.rules.actors import Actor


def target(text: str, actor: Actor) -> Case | Assignment | Letter | None:
    """The case, the department's own share of it, or the letter; None where nothing visible has it."""
    case = numbers.parse_case_reference(text)
    if case is not None:
        return _case(numbers.case_reference(*case), actor)
    document = numbers.parse_document_number(text)
    return _letter(numbers.document_number(*document), actor) if document is not None else None


def _case(reference: str, actor: Actor) -> Case | Assignment | None:
    if not actor.has("handler"):
        return db.session.scalar(select(Case).where(Case.reference == reference, scope.cases(actor)))
    query = select(Assignment).join(Case, Case.id == Assignment.case_id)
    query = query.where(Case.reference == reference, scope.assignments(actor))
    return db.session.scalar(query.order_by(Assignment.id.desc()).limit(1))


def _letter(number: str, actor: Actor) -> Letter | None:
    query = select(Letter).join(Case, Case.id == Letter.case_id)
    return db.session.scalar(query.where(Letter.number == number, scope.letters(actor)))
