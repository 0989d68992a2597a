"""Who is asked to an activity: proposed by its unit, approved by somebody else, present or not (S1-33…36)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from tracker.actions import diary, residents
from tracker.actions.base import action, apply, lock, lock_in_order, session
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.cases import NEEDS_CONSENT, ResidentIn
from tracker.incoming.invitees import MOST_INVITED, ApproveIn, DeclineIn, InviteeIn, SpeechIn
from tracker.incoming.schema import Input, Nothing, read
from tracker.models import Activity, ContactLink, Event, Invitee
from tracker.models.base import new_public_id
from tracker.queries import invitees, moves
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from workflows.invitee import INVITEE

TAKES: dict[str, type[Input]] = {"decline": DeclineIn, "speak": SpeechIn}


@action
def propose(event: Activity, given: InviteeIn, *, by: Actor) -> Invitee:
    """One more on the list, before the day comes; nobody is asked until somebody else approved (S1-36)."""
    made = Invitee(
        public_id=new_public_id(),
        committee_id=event.committee_id,
        activity=event,
        capacity=given.capacity,
        proposer_id=by.person_id,
        state=INVITEE.initial,
    )
    permissions.require(by, "propose", made)
    lock(event)
    _still_ahead(event)
    if len(invitees.of(event, by)) >= MOST_INVITED:
        raise Invalid.one("called", N_("一次活动最多邀请 500 人"))
    link = _contact(event, given, by)
    made.link, made.sector = link, _sector(given, link)
    made.resident = residents.register(person, by=by) if (person := _person(given, link, by)) else None
    session().add(made)
    diary.write(made, "propose", by=by, after=made.state, data={"activity": event.id})
    return made


@action
def move(
    found: Invitee,
    name: str,
    *,
    by: Actor,
    given: Mapping[str, Any] | None = None,
    expect: int | None = None,
    notify: bool = True,
) -> Event:
    """Make one move of its life; see actions.cases.move for the order of refusals."""
    if name not in INVITEE.names:
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, name, found)
    value = read(TAKES.get(name, Nothing), given or {})
    lock(found, expect)
    moves.find(found, name)
    before = found.state
    apply(found, name)
    _AFTER[name](found, value, by)
    return diary.write(
        found,
        name,
        by=by,
        before=before,
        after=found.state,
        note=getattr(value, "reason", ""),
        data={"activity": found.activity_id},
        notify=notify,
    )


@action
def approve_all(event: Activity, given: ApproveIn, *, by: Actor) -> int:
    """Those who were seen and still wait, except those one proposed oneself; how many that were."""
    waiting = [
        one
        for one in invitees.of(event, by)
        if one.public_id in given.seen and one.state == "proposed" and permissions.may(by, "approve", one)
    ]
    lock_in_order(waiting)
    told: set[int] = set()
    for one in waiting:
        # One list, one word to each who proposed for it.
        move(one, "approve", by=by, notify=one.proposer_id not in told)
        told.add(one.proposer_id)
    return len(waiting)


def _still_ahead(event: Activity) -> None:
    if event.cancelled_at is not None:
        raise Conflict(N_("活动已经撤下"), version=event.version)
    if event.held_on < shanghai_date(clock()):
        raise Conflict(N_("活动已经举行，不能再邀请"), version=event.version)


def _contact(event: Activity, given: InviteeIn, by: Actor) -> ContactLink | None:
    if not given.contact:
        return None
    found = next((link for link, _ in invitees.contacts(event, by) if link.public_id == given.contact), None)
    if found is None:
        raise Invalid.one("contact", N_("没有这个联系对象，请从列表中选"))
    return found


def _sector(given: InviteeIn, link: ContactLink | None) -> str:
    said = given.sector or (link.institution if link else "")
    if len(said) < 2:
        raise Invalid.one("sector", N_("请写界别或单位"))
    return said


def _person(given: InviteeIn, link: ContactLink | None, by: Actor) -> ResidentIn | None:
    """The name for the list: as typed, or the contact's; an institution may send whom it likes."""
    known = link.resident if link else None
    if not given.called and known is None:
        if link is None:
            raise Invalid.one("called", N_("请写姓名，或者从联系对象中选"))
        return None
    if not given.consent_process:
        raise Invalid.one("consent_process", NEEDS_CONSENT)
    if known is not None:
        return residents.pass_on_name(known, by=by, reason=N_("邀请参加活动"))
    return ResidentIn(name=given.called, consent_process=True)


def _nothing(found: Invitee, value: Any, by: Actor) -> None:
    """Coming, staying away and going back change nothing but the state."""


def _decide(found: Invitee, value: Any, by: Actor) -> None:
    found.decider_id, found.decided_at = by.person_id, clock()
    found.reason = getattr(value, "reason", "")


def _note(found: Invitee, value: SpeechIn, by: Actor) -> None:
    found.speech = value.speech


_AFTER: dict[str, Callable[[Invitee, Any, Actor], None]] = defaultdict(
    lambda: _nothing, {"approve": _decide, "decline": _decide, "speak": _note}
)
