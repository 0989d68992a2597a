"""Who an event is for: the people of its audience who may read what it is about, never whoever made it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.extensions import db
from tracker.models import (
    Assignment,
    Booklet,
    Campaign,
    Case,
    Event,
    GroupReport,
    Invitee,
    Letter,
    Membership,
    Person,
    Submission,
    Workstation,
)
from tracker.queries import people
from tracker.rules import permissions

T = TypeVar("T", GroupReport, Campaign, Booklet, Invitee, Workstation)


@dataclass(frozen=True)
class About:
    """An event with the rows it is about, as far as it has any."""

    event: Event
    case: Case | None
    assignment: Assignment | None
    letter: Letter | None
    submission: Submission | None = None
    report: GroupReport | None = None
    campaign: Campaign | None = None
    booklet: Booklet | None = None
    invitee: Invitee | None = None
    workstation: Workstation | None = None

    @property
    def thing(self) -> Any:
        """What a reader must be allowed to read; None where the audience is enough."""
        return (
            self.letter
            or self.assignment
            or self.submission
            or self.report
            or self.booklet
            or self.invitee
            or self.workstation
            or self.case
            or self.campaign
        )


def about(event_id: int) -> About:
    event = db.session.get_one(Event, event_id)
    letter = event.object_id if event.object_kind == "letter" else None
    submission = event.object_id if event.object_kind == "submission" else None
    report = _object(event, GroupReport)
    return About(
        event,
        db.session.get(Case, event.case_id) if event.case_id else None,
        db.session.get(Assignment, event.assignment_id) if event.assignment_id else None,
        db.session.get(Letter, letter) if letter else None,
        db.session.get(Submission, submission) if submission else None,
        report,
        report.campaign if report else _object(event, Campaign),
        _object(event, Booklet),
        _object(event, Invitee),
        _object(event, Workstation),
    )


def _object(event: Event, kind: type[T]) -> T | None:
    """What the event is about, where it is one of these."""
    return db.session.get(kind, event.object_id) if event.object_kind == kind.noun else None


def of(what: About, audience: Iterable[str]) -> list[Person]:
    """Each person once, in the order of their accounts."""
    found = {person.id: person for name in audience for person in AUDIENCES[name](what)}
    return [
        person for _, person in sorted(found.items()) if not _made_it(person, what) and _hears(person, what)
    ]


def of_receipt(what: About) -> list[Person]:
    """Whoever raised it hears that it arrived, although they made the event themselves."""
    return [person for person in _raiser(what) if _hears(person, what)]


def _made_it(person: Person, what: About) -> bool:
    return what.event.actor_kind == "person" and what.event.actor_id == person.id


def _hears(person: Person, what: About) -> bool:
    readable = what.thing is None or permissions.may(people.as_actor(person), "read", what.thing)
    return person.is_active and readable


def _holders(what: About, *roles: str, unit: int | None = None) -> Sequence[Person]:
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.committee_id == what.event.committee_id, Membership.role.in_(roles))
        .options(selectinload(Person.posts))
    )
    if unit is not None:
        query = query.where(Membership.unit_id == unit)
    return db.session.scalars(query.distinct()).all()


def _clerks(what: About) -> Sequence[Person]:
    """The office; an accusation is the director's (Petition Regulation art. 30)."""
    hidden = what.case is not None and what.case.is_accusation
    return _holders(what, "clerk", "director") if hidden else _holders(what, "clerk")


def _directors(what: About) -> Sequence[Person]:
    return _holders(what, "director")


def _leaders(what: About) -> Sequence[Person]:
    return _holders(what, "leader")


def _signers(what: About) -> Sequence[Person]:
    """Whoever may sign this letter: never the one who drafted it."""
    letter = what.letter
    return [
        person
        for person in _holders(what, "director")
        if letter is not None and permissions.may(people.as_actor(person), "approve", letter)
    ]


def _handlers(what: About) -> Sequence[Person]:
    """The department's people, once the assignment has been sent to them."""
    share = what.assignment
    if share is None or share.dispatched_at is None:
        return []
    return _holders(what, "handler", unit=share.unit_id)


def _raiser(what: About) -> Sequence[Person]:
    return [what.case.raised_by] if what.case is not None else []


def _drafter(what: About) -> Sequence[Person]:
    return [what.letter.drafter] if what.letter is not None else []


def _writer(what: About) -> Sequence[Person]:
    return [what.submission.member] if what.submission is not None else []


def _editor(what: About) -> Sequence[Person]:
    editor = what.submission.editor if what.submission is not None else None
    return [editor] if editor is not None else []


def _proposer(what: About) -> Sequence[Person]:
    return [what.invitee.proposer] if what.invitee is not None else []


def _decider(what: About) -> Sequence[Person]:
    decider = what.invitee.decider if what.invitee is not None else None
    return [decider] if decider is not None else []


def _brief_signers(what: About) -> Sequence[Person]:
    """Whoever may sign this brief: never the one who edited it."""
    brief = what.submission
    return [
        person
        for person in _holders(what, "director")
        if brief is not None and permissions.may(people.as_actor(person), "sign", brief)
    ]


def _group_secretaries(what: About) -> Sequence[Person]:
    return _holders(what, "secretary", unit=what.report.group_id) if what.report is not None else []


def _reminded(what: About) -> Sequence[Person]:
    """Those the reminder was sent to: they owed something at that moment."""
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(what.event.data["people"]), Person.committee_id == what.event.committee_id)
        .options(selectinload(Person.posts))
    ).all()


def _admins(what: About) -> Sequence[Person]:
    return _holders(what, "admin")


AUDIENCES: dict[str, Callable[[About], Sequence[Person]]] = {
    "clerks": _clerks,
    "directors": _directors,
    "leaders": _leaders,
    "signers": _signers,
    "handlers": _handlers,
    "raiser": _raiser,
    "drafter": _drafter,
    "writer": _writer,
    "editor": _editor,
    "proposer": _proposer,
    "decider": _decider,
    "brief_signers": _brief_signers,
    "group_secretaries": _group_secretaries,
    "reminded": _reminded,
    "admins": _admins,
}
