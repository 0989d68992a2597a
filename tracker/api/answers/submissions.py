"""What a member handed in, as the writer, the group's secretary and the office may read it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from tracker.api.answers.base import Answer, MoveOption, move_options, state_label
from tracker.api.answers.events import EventAnswer, event_answer
from tracker.models import Submission
from tracker.queries import events
from tracker.queries.moves import moves_for
from tracker.rules.actors import Actor
from workflows.submission import LIVES


class SubmissionRow(Answer):
    id: str
    kind: str
    state: str
    state_label: str
    title: str
    member: str
    member_name: str
    group_name: str | None
    submitted_on: date
    created_at: datetime
    version: int


class SubmissionList(Answer):
    items: list[SubmissionRow]
    next: str | None


class AdoptionAnswer(Answer):
    level: str
    manner: str
    adopted_on: date
    place: str


class LeaderNoteAnswer(Answer):
    office: str
    text: str
    noted_on: date


class FollowUpAnswer(Answer):
    done_on: date
    policy_sent: bool
    willingness: str
    next_step: str
    next_on: date | None


class SubmissionAnswer(SubmissionRow):
    """``text`` is the member's own; ``edited_text`` what the office made of it."""

    text: str
    campaign: str | None
    edited_title: str
    edited_text: str
    sent_to: list[str]
    sent_up_on: date | None
    forwarded_to: str
    answer: str
    told_at: datetime | None
    adoptions: list[AdoptionAnswer]
    leader_notes: list[LeaderNoteAnswer]
    follow_ups: list[FollowUpAnswer]
    events: list[EventAnswer]
    moves: list[MoveOption]


def submission_row(row: Row[*tuple[Any, ...]]) -> SubmissionRow:
    names = ("kind", "state", "title", "submitted_on", "created_at", "version")
    return SubmissionRow(
        **{name: getattr(row, name) for name in names},
        id=row.public_id,
        state_label=state_label(LIVES[row.kind], row.state),
        member=row.member_id,
        member_name=row.member,
        group_name=row.group,
    )


def submission_answer(found: Submission, actor: Actor) -> SubmissionAnswer:
    names = (
        "kind", "state", "title", "submitted_on", "created_at", "version", "text", "edited_title",
        "edited_text", "sent_to", "sent_up_on", "forwarded_to", "answer", "told_at",
    )  # fmt: skip
    return SubmissionAnswer(
        **{name: getattr(found, name) for name in names},
        id=found.public_id,
        state_label=state_label(found.life, found.state),
        member=found.member.public_id,
        member_name=found.member.name,
        group_name=found.group.name if found.group else None,
        campaign=found.campaign.public_id if found.campaign else None,
        adoptions=[_plain(AdoptionAnswer, row) for row in found.adoptions],
        leader_notes=[_plain(LeaderNoteAnswer, row) for row in found.leader_notes],
        follow_ups=[_plain(FollowUpAnswer, row) for row in found.follow_ups],
        events=[event_answer(entry) for entry in events.of_submission(found, actor)],
        moves=move_options(moves_for(found, actor)),
    )


def _plain(shape: type[Any], row: Any) -> Any:
    return shape(**{name: getattr(row, name) for name in shape.model_fields})
