"""One line of the diary."""

from datetime import datetime

from pydantic import Field

from tracker.api.answers.base import Answer
from tracker.queries.events import Entry


class EventAnswer(Answer):
    at: datetime
    verb: str
    object: str = Field(description="case, assignment, letter, …")
    variant: str | None
    before: str | None
    after: str | None
    side: str = Field(description="who acted: member, office, department, resident or system")
    by: str | None = Field(description="the person's name, where you may know it")
    assignment: str | None
    unit_name: str | None
    letter: str | None
    number: str | None
    note: str | None
    audience: str | None = Field(description="for whom the note was written: office, unit or public")


class EventList(Answer):
    items: list[EventAnswer]
    next: None = None


def event_answer(entry: Entry) -> EventAnswer:
    return EventAnswer(
        at=entry.at,
        verb=entry.verb,
        object=entry.object_kind,
        variant=entry.variant,
        before=entry.before,
        after=entry.after,
        side=entry.side,
        by=entry.actor_name or None,
        assignment=entry.assignment,
        unit_name=entry.unit or None,
        letter=entry.letter,
        number=entry.number,
        note=entry.note or None,
        audience=entry.audience,
    )
