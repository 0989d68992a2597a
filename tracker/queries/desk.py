"""待我办理: what waits for this actor, which deadline is nearest, what moved since yesterday."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.extensions import db
from tracker.models import (
    Activity,
    Assignment,
    Booklet,
    Case,
    Event,
    FormImport,
    GroupReport,
    Letter,
    Meeting,
    Membership,
    OrgUnit,
    Person,
    Submission,
)
from tracker.queries import kept, moves, scope, waiting
from tracker.queries.moves import RULEBOOKS, MoveView
from tracker.queries.waiting import Asking, Queue
from tracker.rules import permissions
from tracker.rules.actors import Actor


@dataclass(frozen=True)
class Tray:
    """One number of the desk. ``mine``: the actor owes the next step; ``hot``: a number nobody wants.

    ``rare``: comes a few times a year, and is not spoken of while there is none.
    """

    noun: str
    name: str
    mine: bool = False
    hot: bool = False
    rare: bool = False

    @property
    def queue(self) -> Queue:
        return QUEUES[self.noun][self.name]


QUEUES: Mapping[str, Mapping[str, Queue]] = {
    "case": waiting.CASES,
    "assignment": waiting.ASSIGNMENTS,
    "letter": waiting.LETTERS,
    "person": waiting.PEOPLE,
    "submission": waiting.SUBMISSIONS,
    "booklet": waiting.BOOKLETS,
    "import": waiting.IMPORTS,
    "group_report": waiting.REPORTS,
    "activity": waiting.ACTIVITIES,
    "meeting": waiting.MEETINGS,
}
_SOON, _LATE = Tray("case", "soon"), Tray("case", "overdue", hot=True)
_FORMS = Tray("import", "forms_to_confirm", mine=True, rare=True)
_TO_CHECK = Tray("booklet", "booklets_to_check", mine=True, rare=True)
_COMING = (Tray("case", "to_coordinate"), Tray("case", "handling"))
TRAYS: Mapping[str, tuple[Tray, ...]] = {
    "clerk": (
        Tray("case", "to_coordinate", mine=True),
        Tray("assignment", "to_review", mine=True),
        Tray("assignment", "to_decide", mine=True),
        Tray("case", "to_handle", mine=True),
        Tray("case", "to_answer", mine=True),
        Tray("letter", "to_issue", mine=True),
        Tray("letter", "to_deliver", mine=True),
        Tray("submission", "to_select", mine=True),
        _FORMS,
        Tray("group_report", "reports_to_receive", mine=True, rare=True),
        _TO_CHECK,
        Tray("booklet", "booklets_sent_back", mine=True, rare=True),
        Tray("meeting", "meetings_to_record", mine=True, rare=True),
        _SOON,
        _LATE,
    ),
    "director": (
        Tray("letter", "to_sign", mine=True),
        Tray("assignment", "second_return", mine=True),
        Tray("submission", "briefs_to_sign", mine=True),
        Tray("case", "accusations", mine=True),
        _TO_CHECK,
        Tray("booklet", "booklets_to_approve", mine=True, rare=True),
        Tray("activity", "invitees_to_approve", mine=True, rare=True),
        Tray("group_report", "reports_to_receive", rare=True),
        Tray("meeting", "meetings_to_record", rare=True),
        Tray("case", "to_coordinate"),
        Tray("assignment", "to_review"),
        _SOON,
        _LATE,
    ),
    "handler": (
        Tray("assignment", "to_accept", mine=True),
        Tray("assignment", "working", mine=True),
        Tray("assignment", "reworking", mine=True),
        Tray("assignment", "returning"),
        Tray("assignment", "replied"),
        Tray("assignment", "soon"),
        Tray("assignment", "overdue", hot=True),
    ),
    "member": (
        *_COMING,
        Tray("case", "to_tell", mine=True),
        Tray("case", "to_rate", mine=True),
        _FORMS,
        Tray("case", "fed_back"),
    ),
    "secretary": (*_COMING, Tray("case", "to_tell"), _FORMS, Tray("case", "fed_back"), _SOON, _LATE),
    "leader": (
        *_COMING,
        Tray("case", "to_tell"),
        Tray("case", "fed_back"),
        _LATE,
        Tray("case", "dissatisfied", hot=True),
    ),
    "auditor": (*_COMING, Tray("case", "fed_back"), _LATE, Tray("case", "dissatisfied", hot=True)),
    "admin": (_FORMS, Tray("person", "active"), Tray("person", "invited"), Tray("person", "inactive")),
}

# Not news for anybody: looking, correcting, preparing.
_QUIET = ("edit", "draft", "freeze", "reveal", "issue_code", "reset_letter_lock", "note")

_IS_HANDLER = (
    exists().where(Membership.person_id == Event.actor_id, Membership.role == "handler").correlate(Event)
)


@dataclass(frozen=True)
class Deadline:
    """A row of the desk: the thing that is due and, where the actor has one, the next act and on what."""

    thing: Any
    act: str | None
    act_on: Any


def trays(actor: Actor) -> list[Tray]:
    """The actor's numbers, role by role, each once."""
    found = [tray for role in TRAYS if role in actor.roles for tray in TRAYS[role]]
    return list({(tray.noun, tray.name): tray for tray in found}.values())


def counts(
    actor: Actor, now: datetime, *, mine_only: bool = False, noun: str | None = None, cap: int = 1000
) -> dict[Tray, int]:
    """Capped counts in one statement; a count of ``cap + 1`` means more.

    Late, soon and what the background has read may lag a minute.
    """
    wanted = [tray for tray in trays(actor) if tray.mine or not mine_only]
    wanted = [tray for tray in wanted if noun in (None, tray.noun)]
    if not wanted:
        return {}
    asking = Asking(actor, now)

    def count() -> tuple[int, ...]:
        return tuple(db.session.execute(select(*[_capped(tray, asking, cap) for tray in wanted])).one())

    found = kept.until_next_event(actor, ("counts", tuple(wanted), cap), count, now=now)
    return dict(zip(wanted, found, strict=True))


def waiting_counts(actor: Actor, now: datetime) -> dict[str, int]:
    """The same by name, as the API tells it."""
    return {tray.name: count for tray, count in counts(actor, now).items()}


def nearest(actor: Actor, now: datetime, limit: int = 10) -> list[Deadline]:
    """What is due next, most urgent first; a department's own shares, everybody else's cases."""
    if actor.has("handler"):
        return [_deadline(share, [share], actor) for share in _nearest_shares(actor, limit)]
    return [
        _deadline(case, [*case.assignments, *case.letters, case], actor)
        for case in _nearest_cases(actor, limit)
    ]


def recent(actor: Actor, since: datetime, limit: int = 8) -> Sequence[Any]:
    """The last thing that happened since then to each case the actor may see; newest first."""
    query = (
        select(
            Event.verb,
            Event.at,
            Event.actor_kind,
            Event.actor_id,
            Event.object_kind,
            Event.data,
            Person.name.label("person"),
            Case.reference,
            Case.summary,
            OrgUnit.name.label("unit"),
            Assignment.public_id.label("share"),
            Assignment.transfer_text,
            _IS_HANDLER.label("by_handler"),
        )
        .join(Case, Case.id == Event.case_id)
        .outerjoin(Person, (Event.actor_kind == "person") & (Person.id == Event.actor_id))
        .outerjoin(Assignment, Assignment.id == Event.assignment_id)
        .outerjoin(OrgUnit, OrgUnit.id == Assignment.unit_id)
        .where(Event.committee_id == actor.committee_id, Event.at >= since, Event.verb.not_in(_QUIET))
    )
    query = query.where(Case.is_accusation.is_(False))
    # A department hears of its own shares only: for it a case has no title and no members.
    visible = scope.assignments(actor) if actor.has("handler") else scope.cases(actor)
    rows = db.session.execute(query.where(visible).order_by(Event.id.desc()).limit(limit * 8)).all()
    latest = {row.share if actor.has("handler") else row.reference: row for row in reversed(rows)}
    return sorted(latest.values(), key=lambda row: row.at, reverse=True)[:limit]


def _capped(tray: Tray, asking: Asking, cap: int) -> ScalarSelect[int]:
    base = _SELECTS[tray.noun](asking.actor).where(tray.queue.where(asking)).limit(cap + 1)
    return select(func.count()).select_from(base.subquery()).scalar_subquery()


def _cases(actor: Actor) -> Select[int]:
    return select(Case.id).where(scope.cases(actor))


def _shares(actor: Actor) -> Select[int]:
    return select(Assignment.id).join(Case, Case.id == Assignment.case_id).where(scope.assignments(actor))


def _letters(actor: Actor) -> Select[int]:
    return select(Letter.id).join(Case, Case.id == Letter.case_id).where(scope.letters(actor))


def _people(actor: Actor) -> Select[int]:
    return select(Person.id).where(Person.committee_id == actor.committee_id)


def _submissions(actor: Actor) -> Select[int]:
    return select(Submission.id).where(scope.submissions(actor))


def _booklets(actor: Actor) -> Select[int]:
    return select(Booklet.id).where(scope.booklets(actor))


def _imports(actor: Actor) -> Select[int]:
    return select(FormImport.id).where(scope.imports(actor, "confirm"))


def _reports(actor: Actor) -> Select[int]:
    return select(GroupReport.id).where(scope.group_reports(actor))


def _activities(actor: Actor) -> Select[int]:
    return select(Activity.id).where(Activity.committee_id == actor.committee_id)


def _meetings(actor: Actor) -> Select[int]:
    return select(Meeting.id).where(Meeting.committee_id == actor.committee_id)


_SELECTS = {
    "case": _cases,
    "assignment": _shares,
    "letter": _letters,
    "person": _people,
    "submission": _submissions,
    "booklet": _booklets,
    "import": _imports,
    "group_report": _reports,
    "activity": _activities,
    "meeting": _meetings,
}


def _nearest_cases(actor: Actor, limit: int) -> Sequence[Case]:
    query = (
        select(Case)
        .where(
            scope.cases(actor),
            Case.state.in_(waiting.PENDING_CASE),
            Case.due_at.is_not(None),
            waiting.case_is_open(),
        )
        .options(
            selectinload(Case.assignments).joinedload(Assignment.unit),
            selectinload(Case.assignments).selectinload(Assignment.returns),
            selectinload(Case.letters),
            selectinload(Case.children),
            joinedload(Case.category),
            joinedload(Case.area),
            joinedload(Case.raised_by),
            joinedload(Case.subject_unit),
        )
        .order_by(Case.due_at, Case.id)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def _nearest_shares(actor: Actor, limit: int) -> Sequence[Assignment]:
    query = (
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            scope.assignments(actor),
            Assignment.state.in_(waiting.PENDING_SHARE),
            Assignment.due_at.is_not(None),
        )
        .options(
            joinedload(Assignment.unit),
            selectinload(Assignment.returns),
            joinedload(Assignment.case).selectinload(Case.assignments).selectinload(Assignment.returns),
        )
        .order_by(Assignment.due_at, Assignment.id)
        .limit(limit)
    )
    return db.session.scalars(query).all()


def _deadline(thing: Any, candidates: list[Any], actor: Actor) -> Deadline:
    for candidate in candidates:
        for view in moves.moves_for(candidate, actor):
            if _is_next(candidate, view):
                return Deadline(thing, view.name, candidate)
    if _wants_letter(thing) and permissions.may(actor, "draft_letter", thing):
        return Deadline(thing, "draft_letter", thing)
    return Deadline(thing, None, thing)


def _is_next(thing: Any, view: MoveView) -> bool:
    """The move whose clock runs, or a primary one for which nothing is left to be brought."""
    return view.name == _clock_of(thing) or (view.primary and view.enabled and not view.brings)


def _wants_letter(thing: Any) -> bool:
    """Nobody has drafted the answer yet; what was delivered before told of an earlier one."""
    done = ("voided", "delivered", "acknowledged")
    return _clock_of(thing) == "feedback" and all(letter.state in done for letter in thing.letters)


def _clock_of(thing: Any) -> str | None:
    return RULEBOOKS[thing.noun].states[thing.state].clock
