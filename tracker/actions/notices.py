"""Putting a line behind somebody's bell."""

from collections.abc import Iterable

from sqlalchemy import select

from tracker.actions import diary
from tracker.actions.base import action, session
from tracker.models import Event, Notice, Outbox
from tracker.rules.actors import system


@action
def tell(event_id: int, people: Iterable[int], template: str) -> None:
    """One line a person and event; telling the same again changes nothing."""
    event = session().get_one(Event, event_id)
    known = set(session().scalars(select(Notice.person_id).where(Notice.event_id == event.id)))
    session().add_all(
        Notice(
            committee_id=event.committee_id,
            person_id=person,
            event_id=event.id,
            case_id=event.case_id,
            assignment_id=event.assignment_id,
            template=template,
        )
        for person in people
        if person not in known
    )


@action
def alert(job: Outbox) -> None:
    """A parked job is told to the administrators; one whose own telling failed is not told again."""
    event_id = job.payload.get("event")
    event = session().get(Event, event_id) if isinstance(event_id, int) else None
    if event is not None and event.object_kind == "job":
        return
    diary.write(job, "park", by=system(job.committee_id, "jobs"), data={"kind": job.kind})
