"""What can happen to an assignment, between the office and one department."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from tracker.actions import cases, deadlines, diary, dispatch, index
from tracker.actions.base import action, apply, lock, session
from tracker.errors import Invalid
from tracker.extensions import clock
from tracker.incoming.assignments import (
    AssignmentIn,
    DecideReturnIn,
    ReplyIn,
    RequestReturnIn,
    RevokeIn,
    ReworkIn,
)
from tracker.incoming.schema import Input, Nothing, read
from tracker.models import Assignment, Case, Event, Reply, ReturnRequest
from tracker.queries import moves, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor, system
from tracker.rules.words import N_
from workflows.assignment import ASSIGNMENT

Step = Callable[[Assignment, Any, Actor], None]

TAKES: dict[str, type[Input]] = {
    "request_return": RequestReturnIn,
    "decide_return": DecideReturnIn,
    "reply": ReplyIn,
    "rework": ReworkIn,
    "revoke": RevokeIn,
}


@action
def draft(case: Case, given: AssignmentIn, *, by: Actor, expect: int | None = None) -> Assignment:
    """Add a department to a case; ``coordinate`` sends it, later additions are dispatched one by one."""
    permissions.require(by, "assign", case)
    lock(case, expect)
    share = dispatch.draft(case, given, by=by)
    diary.write(share, "draft", by=by, after=share.state, data={"unit": share.unit_id}, notify=False)
    return share


@action
def move(
    share: Assignment,
    name: str,
    *,
    by: Actor,
    given: Mapping[str, Any] | None = None,
    expect: int | None = None,
) -> Event:
    """Make one move of the table; see actions.cases.move for the order of refusals."""
    if name not in ASSIGNMENT.names:
        raise Invalid.one("move", N_("没有这个办理步骤"))
    permissions.require(by, _verb(share, name), share)
    value = read(TAKES.get(name, Nothing), given or {})
    lock(share.case)
    lock(share, expect)
    row = moves.find(share, name, _variant(value))
    permissions.require(by, row.permission, share)
    if name == "dispatch":
        event = dispatch.send(share, by=by, note=getattr(value, "note", ""))
        _follow(share, by)
        return event
    return _make(share, name, row.move.variant, value, by)


def _make(share: Assignment, name: str, variant: str | None, value: Any, by: Actor) -> Event:
    before = share.state
    BEFORE[name](share, value, by)
    apply(share, name, variant)
    share.updated_at = clock()
    AFTER[name](share, value, by)
    event = diary.write(
        share,
        name,
        by=by,
        before=before,
        after=share.state,
        audience="unit",
        note=getattr(value, "reason", "") or getattr(value, "note", ""),
        data={"variant": variant} if variant else {},
    )
    session().flush()
    _follow(share, by)
    return event


def _verb(share: Assignment, name: str) -> str:
    """The permission of the row that would apply here; the plain name where none starts from this state."""
    rows = [row for row in moves.RULEBOOKS["assignment"].open_from(share) if row.name == name]
    return rows[0].permission if rows else name


def _variant(value: Any) -> str | None:
    if isinstance(value, DecideReturnIn):
        return "granted" if value.granted else "refused"
    return None


def _nothing(share: Assignment, value: Any, by: Actor) -> None:
    """Most moves change nothing but the state."""


def _keep_request(share: Assignment, value: RequestReturnIn, by: Actor) -> None:
    unit = reference.unit(by, value.suggested_unit, "suggested_unit") if value.suggested_unit else None
    share.former_state = share.state
    share.returns.append(
        ReturnRequest(
            reason=value.reason, suggested_unit=unit, requested_by_id=by.person_id, created_at=clock()
        )
    )


def _keep_decision(share: Assignment, value: DecideReturnIn, by: Actor) -> None:
    request = share.returns[-1]
    request.granted, request.decided_by_id, request.decided_at = value.granted, by.person_id, clock()
    request.decision_note = value.note


def _keep_reply(share: Assignment, value: ReplyIn, by: Actor) -> None:
    if share.role != "co" and value.contact_record is None:
        raise Invalid.one("contact_record", N_("请选是怎样联系群众的"))
    now = clock()
    # Answering is accepting: the department evidently has it.
    share.accepted_at = share.accepted_at or now
    share.replied_at = now
    share.replies.append(
        Reply(
            result_class=value.result_class,
            text=value.text,
            contact_record=value.contact_record,
            contact_reason=value.contact_reason,
            replied_by_id=by.person_id,
            created_at=now,
        )
    )


def _find_by_words(share: Assignment, value: ReplyIn, by: Actor) -> None:
    """No other step of a department adds a word that can be searched for."""
    index.refresh(share.case)


def _accept(share: Assignment, value: Any, by: Actor) -> None:
    share.accepted_at = clock()


def _approve(share: Assignment, value: Any, by: Actor) -> None:
    reply = share.latest_reply
    if reply is not None:
        reply.approved_by_id, reply.approved_at = by.person_id, clock()
    share.completed_at = clock()


def _rework(share: Assignment, value: ReworkIn, by: Actor) -> None:
    share.rework_count += 1
    share.completed_at = None
    if share.latest_reply is not None:
        share.latest_reply.rework_reason = value.reason
    deadlines.start_rework(share, clock())


def _follow(share: Assignment, by: Actor) -> None:
    """What the case owes to this: its date, and a way back when all was returned."""
    deadlines.follow_lead(share.case)
    session().flush()
    if share.case.state == "coordinated" and share.case.all_returned:
        cases.move(share.case, "recall", by=system(share.committee_id, "all_returned"))


BEFORE: dict[str, Step] = defaultdict(
    lambda: _nothing,
    {
        "request_return": _keep_request,
        "reply": _keep_reply,
    },
)
AFTER: dict[str, Step] = defaultdict(
    lambda: _nothing,
    {
        "accept": _accept,
        "decide_return": _keep_decision,
        "reply": _find_by_words,
        "approve_reply": _approve,
        "rework": _rework,
    },
)
