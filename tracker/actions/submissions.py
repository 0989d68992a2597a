"""What can happen to a suggestion, a brief or a lead: handed in, corrected, moved by its table."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from tracker.actions import diary, hearing
from tracker.actions.base import action, apply, lock, session
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.schema import Input, Nothing, read
from tracker.incoming.submissions import (
    AdoptIn,
    AnswerIn,
    CheckIn,
    FollowUpIn,
    ForwardIn,
    LeaderNoteIn,
    SendUpIn,
    SubmissionEdit,
    SubmissionIn,
    WhyIn,
)
from tracker.models import Adoption, Event, FollowUp, LeaderNote, Person, Submission, Visit
from tracker.models.base import new_public_id
from tracker.queries import campaigns, moves, people, submissions, visits
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from workflows.submission import BOOKS

Step = Callable[[Submission, Any, Actor], None]

TAKES: dict[str, type[Input]] = {
    "keep": WhyIn,
    "check": CheckIn,
    "send_back": WhyIn,
    "send_up": SendUpIn,
    "adopt": AdoptIn,
    "leader_note": LeaderNoteIn,
    "tell": WhyIn,
    "forward": ForwardIn,
    "answer": AnswerIn,
    "follow_up": FollowUpIn,
    "settle": WhyIn,
    "drop": WhyIn,
}
# What the writer reads of a move beside its name; the rest stays in the office.
_TOLD = frozenset({"keep", "tell", "settle", "drop"})
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_TITLE = 80


@action
def submit(given: SubmissionIn, *, by: Actor) -> Submission:
    """Hand something in, for oneself or for ``given.member``; the same client id twice gives the first.

    The group and the campaign are those of the day it is handed in.
    """
    permissions.require_any(by, "submission.create")
    member = _member(given, by)
    if given.client_id:
        # The same sent twice at once: the second waits, and then finds the first.
        lock(member)
        if known := submissions.by_client_id(member.id, given.client_id):
            permissions.require(by, "read", known)
            return known
    fresh = new(given, member, by)
    permissions.require(by, "create", fresh)
    store(fresh, by=by)
    return fresh


@action
def store(fresh: Submission, *, by: Actor) -> None:
    """Keep what was made of a form or of a case; the writer hears of it where somebody else did it."""
    session().add(fresh)
    if by.person_id == fresh.member_id:
        diary.write(fresh, "submit", by=by, after=fresh.state, notify=False)
    else:
        diary.write(fresh, "submit_for", by=by, after=fresh.state)


@action
def correct(found: Submission, given: SubmissionEdit, *, by: Actor, expect: int | None = None) -> Event:
    """The writer's own words put right, as long as the office has not begun with them."""
    permissions.require(by, "correct", found)
    if found.kind == "brief":
        # The same limit as when it was handed in.
        read(SubmissionIn, given.model_dump() | {"kind": found.kind})
    lock(found, expect)
    if found.state != "submitted":
        raise Conflict(N_("已经在处理，不能再改；请联系政协办公室"), version=found.version)
    found.title, found.text = given.title, given.text
    return diary.write(found, "correct", by=by)


@action
def move(
    found: Submission,
    name: str,
    *,
    by: Actor,
    given: Mapping[str, Any] | None = None,
    expect: int | None = None,
) -> Event:
    """Make one move of its life; see actions.cases.move for the order of refusals."""
    if not any(name in book.names for book in BOOKS.values()):
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, name, found)
    value = read(TAKES.get(name, Nothing), given or {})
    lock(found, expect)
    # Whoever edited it a moment ago may not sign it either.
    permissions.require(by, name, found)
    moves.find(found, name)
    before = found.state
    BEFORE[name](found, value, by)
    apply(found, name)
    AFTER[name](found, value, by)
    return diary.write(
        found,
        name,
        by=by,
        before=before,
        after=found.state,
        note=getattr(value, "reason", "") or getattr(value, "note", ""),
        audience="public" if name in _TOLD else "office",
    )


def _member(given: SubmissionIn, by: Actor) -> Person:
    if given.member:
        return submissions.member(given.member, by)
    if not by.has("member"):
        raise Invalid.one("member", N_("请选是哪位委员的"))
    return session().get_one(Person, by.id)


def new(given: SubmissionIn, member: Person, by: Actor) -> Submission:
    """A submission of this member as of the day it is handed in, not stored yet."""
    on, today = given.submitted_on, shanghai_date(clock())
    if on is not None and on > today:
        raise Invalid.one("submitted_on", N_("日期不能晚于今天"))
    day = on or today
    campaign = campaigns.running(by.committee_id, day)
    place = hearing.place(given, by)
    return Submission(
        public_id=new_public_id(),
        committee_id=member.committee_id,
        campaign_id=campaign.id if campaign else None,
        member_id=member.id,
        group_id=min(people.as_actor(member).units("member"), default=None),
        handed_in_by_id=by.person_id,
        kind=given.kind,
        state=BOOKS["brief"].initial,
        title=given.title or title_of(given.text),
        text=given.text,
        submitted_on=day,
        visit_id=_visit(given.visit, member, by).id if given.visit else None,
        activity=place.activity if place else None,
        reception_day=place.day if place else None,
        client_id=given.client_id or None,
    )


def title_of(text: str) -> str:
    """The first sentence, for a paper form that has no line for a title."""
    first = next((part.strip() for part in _SENTENCE.split(text) if part.strip()), text.strip())
    return first if len(first) <= _TITLE else first[: _TITLE - 1] + "…"


def _visit(public_id: str, member: Person, by: Actor) -> Visit:
    """A visit of the same member."""
    try:
        found = visits.get(public_id, by)
    except NotFound as unknown:
        raise Invalid.one("visit", unknown.message) from None
    if found.member_id != member.id and all(one.person_id != member.id for one in found.visitors):
        raise Invalid.one("visit", N_("这次走访不是这位委员的"))
    return found


def _nothing(found: Submission, value: Any, by: Actor) -> None:
    """Most moves change nothing but the state."""


def _keep_edited(found: Submission, value: CheckIn, by: Actor) -> None:
    found.edited_title, found.edited_text = value.edited_title, value.edited_text
    found.editor_id = by.person_id


def _sign(found: Submission, value: Any, by: Actor) -> None:
    found.signer_id, found.signed_at = by.person_id, clock()


def _send_up(found: Submission, value: SendUpIn, by: Actor) -> None:
    _not_later("sent_up_on", value.sent_up_on)
    found.sent_to, found.sent_up_on = list(value.sent_to), value.sent_up_on


def _adopt(found: Submission, value: AdoptIn, by: Actor) -> None:
    _not_later("adopted_on", value.adopted_on)
    found.adoptions.append(Adoption(**value.model_dump()))


def _leader_note(found: Submission, value: LeaderNoteIn, by: Actor) -> None:
    _not_later("noted_on", value.noted_on)
    found.leader_notes.append(LeaderNote(**value.model_dump()))


def _tell(found: Submission, value: Any, by: Actor) -> None:
    found.told_at = clock()


def _forward(found: Submission, value: ForwardIn, by: Actor) -> None:
    found.forwarded_to = value.forwarded_to


def _answer(found: Submission, value: AnswerIn, by: Actor) -> None:
    found.answer, found.told_at = value.answer, clock()


def _follow_up(found: Submission, value: FollowUpIn, by: Actor) -> None:
    _not_later("done_on", value.done_on)
    if value.next_on is not None and value.next_on < value.done_on:
        raise Invalid.one("next_on", N_("下次联系不能早于这次联系"))
    found.follow_ups.append(FollowUp(**value.model_dump(), by_id=by.person_id))


def _not_later(field: str, on: Any) -> None:
    if on > shanghai_date(clock()):
        raise Invalid.one(field, N_("日期不能晚于今天"))


BEFORE: dict[str, Step] = defaultdict(lambda: _nothing, {"check": _keep_edited})
AFTER: dict[str, Step] = defaultdict(
    lambda: _nothing,
    {
        "sign": _sign,
        "send_up": _send_up,
        "adopt": _adopt,
        "leader_note": _leader_note,
        "tell": _tell,
        "forward": _forward,
        "answer": _answer,
        "follow_up": _follow_up,
    },
)
