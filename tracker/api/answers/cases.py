"""A case as different people may see it: number and title, the facts about it, or the whole story."""

from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from tracker.api.answers.assignments import AssignmentBrief, assignment_brief
from tracker.api.answers.base import Answer, MoveOption, move_options, state_label
from tracker.api.answers.letters import LetterBrief, letter_brief
from tracker.models import Case
from tracker.queries.cases import may_read_story
from tracker.queries.moves import moves_for
from tracker.queries.redaction import story_for
from tracker.queries.residents import identity_for
from tracker.rules import permissions
from tracker.rules.actors import Actor


class SimilarCase(Answer):
    reference: str
    summary: str
    state: str
    raised_at: datetime


class CaseRaised(Answer):
    """``tracking_code`` is shown this once; a repeat under the same key answers without it."""

    model_config = Answer.model_config | {"json_schema_serialization_defaults_required": False}
    reference: str
    state: str
    raised_at: datetime
    due_at: datetime | None
    version: int
    similar: list[SimilarCase]
    tracking_code: str | None = None


class CaseRow(Answer):
    """One line of the list. Without the right to the story only number, title and state are told."""

    reference: str
    summary: str | None
    state: str
    state_label: str
    version: int
    disposition: str | None = None
    route: str | None = None
    urgency: str | None = None
    is_petition: bool | None = None
    is_accusation: bool
    category: str | None = None
    category_name: str | None = None
    area: str | None = None
    area_name: str | None = None
    department: str | None = None
    raised_at: datetime | None = None
    updated_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None


class CaseList(Answer):
    items: list[CaseRow]
    next: str | None


class ResidentSeen(Answer):
    """In clear for the member who raised it, masked for the office."""

    name: str
    phone: str
    address: str
    masked: bool
    is_anonymous: bool
    consent_forward: bool
    consent_publish: bool


class RatingAnswer(Answer):
    rating: str
    by: str = Field(description="resident or member")
    round: int
    created_at: datetime


class Rated(Answer):
    """The rating, and where it left the case: a first `dissatisfied` opens it again."""

    reference: str
    state: str
    state_label: str
    version: int
    rating: RatingAnswer


class CaseAnswer(Answer):
    """Null means empty, or not for you."""

    reference: str
    summary: str | None = None
    state: str
    state_label: str
    version: int
    is_accusation: bool
    moves: list[MoveOption]

    disposition: str | None = None
    route: str | None = None
    source: str | None = None
    origin: str | None = None
    urgency: str | None = None
    is_petition: bool | None = None
    category: str | None = None
    category_name: str | None = None
    area: str | None = None
    area_name: str | None = None
    subject_unit: str | None = Field(None, description="a unit's id, or `none`; null until it is decided")
    subject_unit_name: str | None = None
    member_name: str | None = None
    group: str | None = None
    group_name: str | None = None
    visit: str | None = None
    raised_at: datetime | None = None
    occurred_at: datetime | None = None
    coordinated_at: datetime | None = None
    handled_at: datetime | None = None
    fed_back_at: datetime | None = None
    closed_at: datetime | None = None
    updated_at: datetime | None = None
    due_at: datetime | None = None
    due_provisional: bool | None = None
    outcome_class: str | None = None
    told_kind: str | None = None
    told_at: datetime | None = None
    merged_into: str | None = None
    merge_reason: str | None = None
    merged_from: list[str] = Field(default_factory=list)
    assignments: list[AssignmentBrief] = Field(default_factory=list)
    letters: list[LetterBrief] = Field(default_factory=list)
    ratings: list[RatingAnswer] = Field(default_factory=list)

    narrative: str | None = None
    transfer_text: str | None = None
    outcome_text: str | None = None
    resident: ResidentSeen | None = None


def case_row(row: Row[*tuple[Any, ...]], actor: Actor) -> CaseRow:
    told: dict[str, Any] = {
        "reference": row.reference,
        "summary": row.summary,
        "state": row.state,
        "state_label": state_label("case", row.state),
        "version": row.version,
        "is_accusation": row.is_accusation,
    }
    story = may_read_story(row, actor)
    if row.is_accusation and not story:
        return CaseRow(**told)
    names = (
        "disposition", "route", "urgency", "is_petition", "department", "raised_at", "updated_at", "due_at",
        "closed_at",
    )  # fmt: skip
    told |= {name: getattr(row, name) for name in names}
    told |= {"category": row.category_code, "category_name": row.category}
    told |= {"area": row.area_code, "area_name": row.area}
    return CaseRow(**told | ({} if story else {"summary": None}))


def case_answer(case: Case, actor: Actor) -> CaseAnswer:
    """Without the right to the story: the facts (the auditor), or of an accusation the title (its raiser)."""
    story = permissions.may(actor, "read_story", case)
    told = _title(case, actor)
    if story or not case.is_accusation:
        told |= _facts(case) | _places(case) | _parts(case, actor)
    if story:
        told |= _story(case, actor)
    elif not case.is_accusation:
        told["summary"] = None
    return CaseAnswer(**told)


def similar_case(case: Case) -> SimilarCase:
    return SimilarCase(
        reference=case.reference, summary=case.summary, state=case.state, raised_at=case.raised_at
    )


def _title(case: Case, actor: Actor) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "summary": case.summary,
        "state": case.state,
        "state_label": state_label("case", case.state),
        "version": case.version,
        "is_accusation": case.is_accusation,
        "moves": move_options(moves_for(case, actor)),
    }


def _facts(case: Case) -> dict[str, Any]:
    names = (
        "disposition", "route", "source", "origin", "urgency", "is_petition", "raised_at", "occurred_at",
        "coordinated_at", "handled_at", "fed_back_at", "closed_at", "updated_at", "due_at", "due_provisional",
        "outcome_class", "told_kind", "told_at", "merge_reason",
    )  # fmt: skip
    return {name: getattr(case, name) for name in names}


def _places(case: Case) -> dict[str, Any]:
    subject, group = case.subject_unit, case.group
    return {
        "category": case.category.code if case.category else None,
        "category_name": case.category.full_name if case.category else None,
        "area": case.area.code if case.area else None,
        "area_name": case.area.full_name if case.area else None,
        "subject_unit": subject.public_id if subject else "none" if case.subject_none else None,
        "subject_unit_name": subject.name if subject else None,
        "member_name": case.raised_by.name,
        "group": group.public_id if group else None,
        "group_name": group.name if group else None,
        "visit": case.visit.public_id if case.visit else None,
    }


def _parts(case: Case, actor: Actor) -> dict[str, Any]:
    """What hangs on the case, each part only to whoever may know of it."""
    shares = [share for share in case.assignments if permissions.may(actor, "read", share)]
    letters = [letter for letter in case.letters if permissions.may(actor, "read", letter)]
    children = [child for child in case.children if permissions.may(actor, "read", child)]
    master = case.master if case.master and permissions.may(actor, "read", case.master) else None
    return {
        "assignments": [assignment_brief(share) for share in shares],
        "letters": [letter_brief(letter) for letter in letters],
        "merged_into": master.reference if master else None,
        "merged_from": [child.reference for child in children if child.is_merged],
        "ratings": [
            RatingAnswer(rating=r.rating, by=r.by_kind, round=r.round, created_at=r.created_at)
            for r in case.ratings
        ],
    }


def _story(case: Case, actor: Actor) -> dict[str, Any]:
    seen = identity_for(case, actor)
    return {
        "narrative": story_for(case, actor),
        "transfer_text": case.transfer_text or None,
        "outcome_text": case.outcome_text or None,
        "resident": ResidentSeen(**vars(seen)) if seen else None,
    }
