"""The permission file as SQL: which rows an actor may see. A test demands that it agrees with may()."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.models import (
    Assignment,
    Booklet,
    Case,
    ContactLink,
    Conversion,
    FormImport,
    GroupReport,
    Letter,
    LiaisonDuty,
    OrgUnit,
    Submission,
    Visit,
    Visitor,
)
from tracker.rules import permissions
from tracker.rules.actors import Actor

Condition = ColumnElement[bool]
Relation = Callable[[Actor, str], Condition]

_SUBJECT = aliased(OrgUnit, name="subject_unit")
_UNIT = aliased(OrgUnit, name="handling_unit")


def cases(actor: Actor, verb: str = "read") -> Condition:
    """Condition on Case."""
    return and_(
        Case.committee_id == actor.committee_id,
        _any(actor, f"case.{verb}", {"own": _owns_case, "group": _groups_case}),
        _not_hidden_accusation(actor, "case", verb),
    )


def assignments(actor: Actor, verb: str = "read") -> Condition:
    """Condition on Assignment; the query joins Case."""
    condition = and_(
        Assignment.committee_id == actor.committee_id,
        _any(actor, f"assignment.{verb}", {"own": _owns_case, "group": _groups_case, "unit": _handles}),
        _not_hidden_accusation(actor, "assignment", verb),
    )
    return and_(condition, ~_conflict()) if actor.has("handler") else condition


def letters(actor: Actor, verb: str = "read") -> Condition:
    """Condition on Letter; the query joins Case."""
    return and_(
        Letter.committee_id == actor.committee_id,
        _any(actor, f"letter.{verb}", {"own": _owns_case, "group": _groups_case}),
        _not_hidden_accusation(actor, "letter", verb),
    )


def visits(actor: Actor, verb: str = "read") -> Condition:
    """Condition on Visit."""
    return and_(
        Visit.committee_id == actor.committee_id,
        _any(actor, f"visit.{verb}", _members_and_groups(Visit.member_id, Visit.group_id) | {"along": _went}),
    )


def _went(actor: Actor, _role: str) -> Condition:
    """By number rather than by EXISTS: either half of the OR is then found in an index."""
    return Visit.id.in_(select(Visitor.visit_id).where(Visitor.person_id == actor.person_id))


def contact_links(actor: Actor, verb: str = "read") -> Condition:
    """Condition on ContactLink."""
    return and_(
        ContactLink.committee_id == actor.committee_id,
        _any(actor, f"contact_link.{verb}", _members_and_groups(ContactLink.person_id, ContactLink.group_id)),
    )


def submissions(actor: Actor, verb: str = "read") -> Condition:
    """Condition on Submission."""
    return and_(
        Submission.committee_id == actor.committee_id,
        _any(actor, f"submission.{verb}", _members_and_groups(Submission.member_id, Submission.group_id)),
        true() if permissions.accusation_circle(actor, "submission", verb) == "all" else ~became_accusation(),
    )


def became_accusation() -> Condition:
    """Condition on Submission: its matter goes on as an accusation."""
    carried_on = and_(Conversion.submission_id == Submission.id, Conversion.case_id == Case.id)
    found = select(literal(1)).where(carried_on, Case.is_accusation)
    return found.correlate(Submission).exists()


def imports(actor: Actor, verb: str = "read") -> Condition:
    """Condition on FormImport."""
    return and_(
        FormImport.committee_id == actor.committee_id,
        _any(actor, f"import.{verb}", {"own": lambda a, _role: FormImport.by_id == a.id}),
    )


def booklets(actor: Actor, verb: str = "read") -> Condition:
    """Condition on Booklet."""
    return and_(Booklet.committee_id == actor.committee_id, _any(actor, f"booklet.{verb}", {}))


def group_reports(actor: Actor, verb: str = "read") -> Condition:
    """Condition on GroupReport; unit: whoever looks after the group by liaison duty."""
    relations: dict[str, Relation] = {
        "group": lambda actor, role: GroupReport.group_id.in_(actor.units(role)),
        "unit": _looks_after,
    }
    return and_(
        GroupReport.committee_id == actor.committee_id, _any(actor, f"group_report.{verb}", relations)
    )


def _looks_after(actor: Actor, role: str) -> Condition:
    duty = select(literal(1)).where(
        LiaisonDuty.report_id == GroupReport.id,
        LiaisonDuty.unit_id.in_(actor.units(role)),
        LiaisonDuty.ended_at.is_(None),
    )
    return duty.correlate(GroupReport).exists()


def _any(actor: Actor, question: str, relations: dict[str, Relation]) -> Condition:
    known = relations | {"committee": lambda _actor, _role: true()}
    found = [
        known[relation](actor, role)
        for role, granted in permissions.grants(actor, question).items()
        for relation in sorted(granted)
        if relation in known
    ]
    return or_(false(), *found)


def _members_and_groups(
    owner: InstrumentedAttribute[int], group: InstrumentedAttribute[int | None]
) -> dict[str, Relation]:
    """The relations of what one member brought in, in the group of that day."""
    return {
        "own": lambda actor, _role: owner == actor.id,
        "group": lambda actor, role: group.in_(actor.units(role)),
    }


def _owns_case(actor: Actor, _role: str) -> Condition:
    return Case.id == actor.id if actor.kind == "resident" else Case.raised_by_id == actor.id


def _groups_case(actor: Actor, role: str) -> Condition:
    return Case.group_id.in_(actor.units(role))


def _handles(actor: Actor, role: str) -> Condition:
    return and_(Assignment.unit_id.in_(actor.units(role)), Assignment.dispatched_at.is_not(None))


def _not_hidden_accusation(actor: Actor, noun: str, verb: str) -> Condition:
    """rules.permissions.accusation_circle in SQL."""
    plain = Case.is_accusation.is_(False)
    own = _owns_case(actor, "")
    return {
        "all": true(),
        "own": or_(plain, own),
        "own_waiting": or_(plain, and_(own, Case.state == "raised")),
        "none": plain,
    }[permissions.accusation_circle(actor, noun, verb)]


def _conflict() -> Condition:
    """The handling unit is the subject, above it or below it (rules.conflicts in SQL)."""
    above = and_(_UNIT.parent_id.is_not(None), _SUBJECT.path.startswith(_UNIT.path))
    below = and_(_SUBJECT.parent_id.is_not(None), _UNIT.path.startswith(_SUBJECT.path))
    return (
        select(literal(1))
        .where(_SUBJECT.id == Case.subject_unit_id, _UNIT.id == Assignment.unit_id, or_(above, below))
        .correlate(Case, Assignment)
        .exists()
    )
