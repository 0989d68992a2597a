"""An assignment. Departments read these shapes: they never tell who raised the case or who lives where."""

from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Row

from tracker.api.answers.base import Answer, MoveOption, move_options, state_label
from tracker.api.answers.events import EventAnswer, event_answer
from tracker.models import Assignment
from tracker.queries import events
from tracker.queries.moves import moves_for
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date


class AssignmentBrief(Answer):
    """As it stands among the parts of a case."""

    id: str
    unit: str
    unit_name: str
    role: str
    state: str
    state_label: str
    sla_class: str
    dispatched_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    replied_at: datetime | None
    completed_at: datetime | None
    version: int


class AssignmentRow(Answer):
    id: str
    reference: str
    unit: str
    unit_name: str
    role: str
    state: str
    state_label: str
    sla_class: str
    transfer_text: str | None
    dispatched_at: datetime | None
    due_at: datetime | None
    updated_at: datetime
    version: int


class AssignmentList(Answer):
    items: list[AssignmentRow]
    next: str | None


class ReplyAnswer(Answer):
    result_class: str
    text: str
    contact_record: str | None
    contact_reason: str
    created_at: datetime
    approved_at: datetime | None
    rework_reason: str


class ReturnAnswer(Answer):
    reason: str
    suggested_unit: str | None
    suggested_unit_name: str | None
    created_at: datetime
    granted: bool | None
    decided_at: datetime | None
    decision_note: str


class AssignmentAnswer(AssignmentBrief):
    """``week`` and ``township`` stand in for the day and the address, which stay in the office."""

    reference: str
    transfer_text: str | None = Field(description="null for readers of the record only")
    week: str = Field(description="ISO week in which the case was raised, e.g. 2026-W48")
    township: str | None
    accept_due_at: datetime | None
    return_due_at: datetime | None
    due_provisional: bool
    rework_count: int
    replies: list[ReplyAnswer]
    returns: list[ReturnAnswer]
    events: list[EventAnswer]
    moves: list[MoveOption]


def assignment_brief(share: Assignment) -> AssignmentBrief:
    return AssignmentBrief(**_brief(share))


def assignment_row(row: Row[*tuple[Any, ...]], actor: Actor) -> AssignmentRow:
    names = ("reference", "role", "state", "sla_class", "dispatched_at", "due_at", "updated_at", "version")
    return AssignmentRow(
        **{name: getattr(row, name) for name in names},
        id=row.public_id,
        unit=row.unit_id,
        unit_name=row.unit,
        state_label=state_label("assignment", row.state),
        transfer_text=row.transfer_text if permissions.may_any(actor, "assignment.read_text") else None,
    )


def assignment_answer(share: Assignment, actor: Actor) -> AssignmentAnswer:
    words = permissions.may(actor, "read_text", share)
    area = share.case.area
    return AssignmentAnswer(
        **_brief(share),
        reference=share.case.reference,
        transfer_text=share.transfer_text if words else None,
        week=_week(share.case.raised_at),
        township=area.township if area else None,
        accept_due_at=share.accept_due_at,
        return_due_at=share.return_due_at,
        due_provisional=share.due_provisional,
        rework_count=share.rework_count,
        replies=[_reply(reply) for reply in share.replies] if words else [],
        returns=[_return(asked) for asked in share.returns] if words else [],
        events=[event_answer(entry) for entry in events.of_assignment(share, actor)],
        moves=move_options(moves_for(share, actor)),
    )


def _brief(share: Assignment) -> dict[str, Any]:
    names = (
        "role", "state", "sla_class", "dispatched_at", "accepted_at", "due_at", "replied_at", "completed_at",
        "version",
    )  # fmt: skip
    return {name: getattr(share, name) for name in names} | {
        "id": share.public_id,
        "unit": share.unit.public_id,
        "unit_name": share.unit.name,
        "state_label": state_label("assignment", share.state),
    }


def _week(moment: datetime) -> str:
    year, week, _day = shanghai_date(moment).isocalendar()
    return f"{year}-W{week:02}"


def _reply(reply: Any) -> ReplyAnswer:
    return ReplyAnswer(**{name: getattr(reply, name) for name in ReplyAnswer.model_fields})


def _return(asked: Any) -> ReturnAnswer:
    unit = asked.suggested_unit
    names = set(ReturnAnswer.model_fields) - {"suggested_unit", "suggested_unit_name"}
    return ReturnAnswer(
        **{name: getattr(asked, name) for name in names},
        suggested_unit=unit.public_id if unit else None,
        suggested_unit_name=unit.name if unit else None,
    )
