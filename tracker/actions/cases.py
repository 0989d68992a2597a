"""What can happen to a case: it is registered, edited, noted, and moved by the table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.actions import deadlines, diary, hearing, index, numbers, outbox, residents
from tracker.actions.base import action, apply, lock, lock_in_order, session
from tracker.actions.case_moves import AFTER, BEFORE, BESIDE, TAKES
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.cases import CaseEdit, CaseIn, NoteIn
from tracker.incoming.schema import Nothing, read
from tracker.models import Case, Committee, Event, Visit
from tracker.queries import moves, reference, visits
from tracker.rules import corrections, permissions
from tracker.rules import numbers as formats
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from workflows.case import CASE


@action
def register(given: CaseIn, *, by: Actor, visit: Visit | None = None, owner: Actor | None = None) -> Case:
    """Give the concern its number and its first deadline; nothing acknowledged after this is ever lost.

    ``owner`` is whose case it is, where somebody else writes it down with the visit, the activity or the
    reception day on which it was heard.
    """
    place = hearing.place(given, by)
    # Whoever may hear there may also write it down for a member.
    if not (owner and place):
        permissions.require_any(by, "visit.create_for" if owner and visit else "case.create")
    now = clock()
    committee = session().get_one(Committee, by.committee_id)
    case = new(given, committee, by=owner or by, now=now)
    _place(case, given, by)
    heard_on = visit or (_visit(given.visit, by) if given.visit else None)
    case.resident = residents.register(given.resident, by=by)
    year = formats.shanghai_year(now)
    case.reference = formats.case_reference(
        committee.case_prefix, year, numbers.take(f"case:{committee.code}", year)
    )
    deadlines.start_stage(case, now)
    # Last, because a visit brings its cases into the session before they have all they need.
    case.visit = heard_on
    if place:
        case.activity, case.reception_day = place.activity, place.day
    session().add(case)
    event = diary.write(case, "raise", by=by, after=case.state)
    outbox.put("receipt", f"receipt:{event.id}", {"event": event.id}, case.committee_id)
    index.refresh(case)
    return case


def new(given: CaseIn, committee: Committee, *, by: Actor, now: datetime) -> Case:
    """A raised case with the words it came with; its place, number, date and people are the caller's."""
    return Case(
        reference="",
        committee_id=committee.id,
        committee=committee,
        summary=given.summary,
        narrative=given.narrative,
        source=given.source,
        origin=given.origin,
        urgency=given.urgency,
        is_petition=given.is_petition,
        is_accusation=given.is_accusation,
        raised_by_id=by.person_id,
        group_id=min(by.units("member"), default=None),
        raised_at=now,
        updated_at=now,
        state=CASE.initial,
    )


@action
def edit(case: Case, given: CaseEdit, *, by: Actor, expect: int | None = None) -> Event:
    """Correct what triage may still correct; the diary names the fields, not their words."""
    permissions.require(by, "edit", case)
    lock(case, expect)
    if not corrections.is_open_to(by, case):
        raise Invalid.one("summary", N_("已经协调，不能再改；请联系政协办公室"))
    changed = given.model_dump(exclude_unset=True, exclude_none=True)
    for name in ("summary", "narrative", "urgency", "is_petition", "is_accusation"):
        if name in changed:
            setattr(case, name, changed[name])
    if "category" in changed:
        case.category = reference.category(by, changed["category"]) if changed["category"] else None
    if "area" in changed:
        case.area = reference.area(by, changed["area"])
    if "subject_unit" in changed:
        set_subject(case, changed["subject_unit"], by)
    session().flush()
    index.refresh(case)
    return diary.write(case, "edit", by=by, data={"fields": sorted(changed)}, notify=False)


def set_subject(case: Case, token: str, by: Actor) -> None:
    """Whose conduct is complained of: a unit of the committee, or ``none``."""
    case.subject_none = token == "none"
    case.subject_unit = None if case.subject_none else reference.unit(by, token, "subject_unit")


@action
def move(
    case: Case, name: str, *, by: Actor, given: Mapping[str, Any] | None = None, expect: int | None = None
) -> Event:
    """Make one move: may they, is the input whole, is the row still the same, does the table allow it."""
    if name not in CASE.names:
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, name, case)
    value = read(TAKES.get(name, Nothing), given or {})
    lock_in_order({case, *BESIDE[name](case, value, by)})
    lock(case, expect)
    row = moves.find(case, name, getattr(value, "route", None) if name == "coordinate" else None)
    if row.move.by_system and by.kind != "system":
        raise Conflict(N_("这一步由系统自动办理"), version=case.version)
    before = case.state
    BEFORE[name](case, value, by)
    # The needs look at columns; what the step hung on the case fills them only now.
    session().flush()
    apply(case, name, row.move.variant)
    _stamp(case)
    event = diary.write(
        case, name, by=by, before=before, after=case.state, note=_note(value), data=_facts(row.move.variant)
    )
    AFTER[name](case, value, by)
    session().flush()
    return event


@action
def note(case: Case, given: NoteIn, *, by: Actor, verb: str = "note") -> Event:
    """A word for the file (``note``) or from the leader (``instruct``)."""
    permissions.require(by, verb, case)
    return diary.write(case, verb, by=by, note=given.text, notify=verb == "instruct")


def _visit(public_id: str, by: Actor) -> Visit:
    """Whoever only went along raises a case of their own, beside the visit."""
    try:
        found = visits.get(public_id, by)
    except NotFound as unknown:
        raise Invalid.one("visit", unknown.message) from None
    if not permissions.may(by, "raise_case", found):
        raise Invalid.one("visit", N_("诉求由登记这次走访的委员提出，您可以单独登记"))
    return found


def _place(case: Case, given: CaseIn, by: Actor) -> None:
    case.area = reference.area(by, given.area)
    if given.category:
        case.category = reference.category(by, given.category)
    if given.subject_unit:
        set_subject(case, given.subject_unit, by)


def _stamp(case: Case) -> None:
    """Write down when each stage was reached; going back clears the later ones."""
    now = clock()
    order = ("raised", "coordinated", "handled", "fed_back")
    reached = order.index(case.state)
    for position, stage in enumerate(order[1:], start=1):
        column = f"{stage}_at"
        if position > reached:
            setattr(case, column, None)
        elif getattr(case, column) is None and (stage == case.state or not case.is_declined):
            setattr(case, column, now)
    if case.state != "fed_back" and not case.is_declined:
        case.told_kind, case.told_at = None, None


def _note(value: Any) -> str:
    return getattr(value, "note", "") or getattr(value, "reason", "")


def _facts(variant: str | None) -> dict[str, Any]:
    return {"variant": variant} if variant else {}
