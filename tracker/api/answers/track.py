"""What whoever holds the code may read: no name, no phone, no story."""

import datetime

from pydantic import Field

from tracker.api.answers.base import Answer, word
from tracker.door.language import gettext
from tracker.queries.track import Progress
from workflows.assignment import RESULT_CLASSES
from workflows.case import DISPOSITIONS


class TrackStep(Answer):
    name: str = Field(description="raised, coordinated, handled or fed_back")
    label: str
    date: datetime.date | None
    done: bool


class TrackReply(Answer):
    department: str | None
    text: str


class TrackAnswer(Answer):
    """``answer`` stays empty until the resident has been told."""

    reference: str
    state: str
    disposition: str | None
    disposition_label: str | None
    steps: list[TrackStep]
    departments: list[str]
    next_due: datetime.date | None
    result: str | None = Field(description="the outcome in a sentence")
    answer: list[TrackReply]
    letter_available: bool
    may_rate: bool
    is_closed: bool


def track_answer(seen: Progress) -> TrackAnswer:
    return TrackAnswer(
        reference=seen.reference,
        state=seen.state,
        disposition=seen.disposition,
        disposition_label=word(DISPOSITIONS, seen.disposition),
        steps=[
            TrackStep(name=step.name, label=gettext(step.label), date=step.on, done=step.on is not None)
            for step in seen.steps
        ],
        departments=list(seen.departments),
        next_due=seen.next_on,
        result=word(RESULT_CLASSES, seen.outcome_class),
        answer=[TrackReply(department=unit or None, text=text) for unit, text in seen.answer],
        letter_available=seen.letter_available,
        may_rate=seen.may_rate,
        is_closed=seen.is_closed,
    )
