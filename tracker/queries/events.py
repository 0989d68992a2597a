"""The diary as somebody may read it: events of a case or of one assignment, with the words meant for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import selectinload

from tracker.extensions import db
from tracker.models import Assignment, Booklet, Case, Event, Letter, Note, Person, Submission
from tracker.rules import permissions
from tracker.rules.actors import Actor

_SIDES = {"member": "member", "secretary": "member", "handler": "department"}


@dataclass(frozen=True)
class Entry:
    """One line of the diary.

    ``side`` says which house acted (office, member, department, …); ``actor_name`` is empty where the reader
    is not told. ``assignment`` and ``letter`` are public ids, ``fields`` what an edit of the case touched.
    """

    seq: int
    at: datetime
    verb: str
    object_kind: str
    variant: str | None
    before: str | None
    after: str | None
    side: str
    actor_name: str
    assignment: str | None
    unit: str
    letter: str | None
    number: str | None
    note: str
    audience: str | None
    fields: tuple[str, ...] = ()


def timeline(case: Case, actor: Actor) -> list[Entry]:
    """The whole case, oldest first; nothing of an accusation whose story is closed to this actor."""
    if case.is_accusation and not permissions.may(actor, "read_story", case):
        return []
    shares = {share.id: share for share in case.assignments}
    letters = {letter.id: letter for letter in case.letters}
    return _entries(Event.case_id == case.id, actor, shares, letters)


def of_assignment(share: Assignment, actor: Actor) -> list[Entry]:
    """What happened to one assignment, oldest first: all of the diary a department ever reads."""
    return _entries(Event.assignment_id == share.id, actor, {share.id: share}, {})


def of_submission(found: Submission, actor: Actor) -> list[Entry]:
    """What happened to a brief, a suggestion or a lead, oldest first; the writer reads what is told."""
    which = and_(Event.object_kind == "submission", Event.object_id == found.id, Event.case_id.is_(None))
    return _entries(which, actor, {}, {})


def of_booklet(found: Booklet, actor: Actor) -> list[Entry]:
    """The steps a booklet took, oldest first; single changes of words stay in the diary."""
    which = and_(Event.object_kind == "booklet", Event.object_id == found.id, Event.verb != "edit")
    return _entries(which, actor, {}, {})


def _entries(
    which: ColumnElement[bool], actor: Actor, shares: dict[int, Assignment], letters: dict[int, Letter]
) -> list[Entry]:
    events = db.session.scalars(select(Event).where(which).order_by(Event.id)).all()
    notes = db.session.scalars(
        select(Note).join(Event, Event.id == Note.event_id).where(which, _meant_for(actor)).order_by(Note.id)
    )
    words = {note.event_id: note for note in notes}
    people = _people(events)
    return [
        _entry(event, actor, people, shares.get(event.assignment_id or 0), letters, words.get(event.id))
        for event in events
    ]


def _meant_for(actor: Actor) -> ColumnElement[bool]:
    """The audience rule in SQL, so that a word for the office never leaves the database for others."""
    if actor.has("clerk", "director"):
        return true()
    if actor.has("handler"):
        return and_(Note.audience.in_(("unit", "public")), Note.assignment_id.is_not(None))
    if actor.has("auditor"):
        return false()
    return or_(Note.audience == "public", Note.author_id == actor.person_id)


def _people(events: Sequence[Event]) -> dict[int, Person]:
    wanted = {event.actor_id for event in events if event.actor_kind == "person"}
    found = db.session.scalars(
        select(Person).where(Person.id.in_(wanted)).options(selectinload(Person.posts))
    )
    return {person.id: person for person in found}


def _entry(
    event: Event,
    actor: Actor,
    people: dict[int, Person],
    share: Assignment | None,
    letters: dict[int, Letter],
    note: Note | None,
) -> Entry:
    person = people.get(event.actor_id or 0) if event.actor_kind == "person" else None
    side = _side(person) if person else event.actor_kind
    letter = letters.get(event.object_id or 0) if event.object_kind == "letter" else None
    # A department learns that the office acted, never who; members' names do not reach it at all.
    told = person is not None and (side == "department" or not actor.has("handler"))
    return Entry(
        seq=event.seq,
        at=event.at,
        verb=event.verb,
        object_kind=event.object_kind,
        variant=event.data.get("variant"),
        before=event.before,
        after=event.after,
        side=side,
        actor_name=person.name if person and told else "",
        assignment=share.public_id if share else None,
        unit=share.unit.name if share else "",
        letter=letter.public_id if letter else None,
        number=event.data.get("number") if letter else None,
        note=note.text if note and note.erased_at is None else "",
        audience=note.audience if note else None,
        fields=tuple(event.data.get("fields", ())) if event.object_kind == "case" else (),
    )


def _side(person: Person) -> str:
    # One account works in one zone, so any of its posts tells which house it belongs to.
    return next((_SIDES[post.role] for post in person.posts if post.role in _SIDES), "office")
