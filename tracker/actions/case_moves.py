"""What each move of a case takes, what it changes first, and what follows from it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tracker.actions import deadlines, diary, dispatch, index
from tracker.actions.base import apply, lock
from tracker.errors import FieldError, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.cases import (
    CoordinateIn,
    FeedBackIn,
    HandleIn,
    MergeIn,
    ReasonIn,
)
from tracker.incoming.schema import Input
from tracker.models import Case
from tracker.queries import cases, reference
from tracker.rules import periods
from tracker.rules.actors import Actor, system
from tracker.rules.words import N_

Step = Callable[[Case, Any, Actor], None]

TAKES: dict[str, type[Input]] = {
    "coordinate": CoordinateIn,
    "handle": HandleIn,
    "feed_back": FeedBackIn,
    "rework": ReasonIn,
    "withdraw": ReasonIn,
    "decline": ReasonIn,
    "merge": MergeIn,
}


def _nothing(case: Case, value: Any, by: Actor) -> None:
    """Most moves change nothing but the state."""


# --- coordinate
def _prepare_coordination(case: Case, value: CoordinateIn, by: Actor) -> None:
    if value.category:
        case.category = reference.category(by, value.category)
    if value.subject_unit:
        case.subject_none = value.subject_unit == "none"
        case.subject_unit = (
            None if case.subject_none else reference.unit(by, value.subject_unit, "subject_unit")
        )
    case.route = value.route
    if value.route == "assign":
        dispatch.prepare_drafts(case, value, by=by)
    elif value.assignments:
        raise Invalid.one("assignments", N_("只有“交办部门”才选承办单位"))
    else:
        dispatch.call_off(case)
    if value.result and value.route != "assign":
        case.outcome_text = value.result


def _send_drafts(case: Case, value: CoordinateIn, by: Actor) -> None:
    deadlines.start_stage(case, clock())
    if value.route != "assign":
        return
    for draft in [share for share in case.assignments if share.state == "draft"]:
        dispatch.send(draft, by=by)
    deadlines.follow_lead(case)


# --- handle
def _set_outcome(case: Case, value: HandleIn, by: Actor) -> None:
    # Those hung under it while it waited for its lock; the head of the diary must be the last lock.
    for child in list(case.children):
        lock(child)
    if case.route == "assign":
        answers = [
            share
            for share in case.assignments
            if share.role in ("lead", "separate") and share.state == "completed"
        ]
        if answers and answers[-1].latest_reply:
            case.outcome_class = answers[-1].latest_reply.result_class
        return
    if value.result:
        case.outcome_text = value.result
    case.outcome_class = value.result_class or ("A" if case.route == "quick" else "D")
    if case.route == "refer":
        case.disposition = "referred_out"


def _handle_children(case: Case, value: HandleIn, by: Actor) -> None:
    deadlines.start_stage(case, clock())
    index.refresh(case)
    for child in case.children:
        if child.state in ("raised", "coordinated"):
            _handle_with_master(child, case)
        elif child.state == "handled":
            _take_outcome(child, case)


def _handle_with_master(child: Case, master: Case) -> None:
    from_state = child.state
    apply(child, "handle", "with_master")
    now = clock()
    child.route = child.route or master.route
    child.coordinated_at, child.handled_at = child.coordinated_at or now, now
    _take_outcome(child, master)
    due = deadlines.after(now, periods.days("letter"))
    child.due_at, child.due_provisional = due.at, due.provisional
    diary.write(
        child,
        "handle",
        by=system(child.committee_id, "merge"),
        before=from_state,
        after=child.state,
        data={"variant": "with_master", "master": master.id},
    )


def _take_outcome(child: Case, master: Case) -> None:
    child.outcome_class, child.outcome_text = master.outcome_class, master.outcome_text


# --- feed back
def _record_told(case: Case, value: FeedBackIn, by: Actor) -> None:
    if value.told is None:
        return
    if value.told == "code_page" and not (case.resident is None or case.resident.is_anonymous):
        raise Invalid.one("told", N_("留了姓名或电话的群众要当面、电话或用函反馈"))
    case.told_kind, case.told_at = value.told, clock()


def _stop_clock(case: Case, value: Any, by: Actor) -> None:
    deadlines.start_stage(case, clock())


# --- back again
def _rework_departments(case: Case, value: Any, by: Actor) -> None:
    deadlines.start_stage(case, clock())
    _send_back(case, by, "rework")


def _reopen_departments(case: Case, value: Any, by: Actor) -> None:
    deadlines.start_stage(case, clock())
    _send_back(case, by, "reopened")


def _send_back(case: Case, by: Actor, period: str) -> None:
    """The answering departments do it again; a result without departments is struck, to be written anew."""
    case.outcome_class = None
    if case.disposition == "referred_out":
        case.disposition = None
    _void_open_letters(case)
    if case.route != "assign":
        case.outcome_text = ""
        return
    for share in case.assignments:
        if share.role in ("lead", "separate") and share.state == "completed":
            dispatch.send_back(share, period)
    deadlines.follow_lead(case)


def _void_open_letters(case: Case) -> None:
    """They tell of an outcome that no longer stands."""
    for letter in case.letters:
        if letter.state in ("draft", "submitted", "approved"):
            before = letter.state
            apply(letter, "void")
            letter.updated_at = clock()
            diary.write(
                letter, "void", by=system(letter.committee_id, "case"), before=before, after=letter.state
            )


# --- dispositions
def _withdraw(case: Case, value: ReasonIn, by: Actor) -> None:
    case.disposition, case.closed_at = "withdrawn", clock()
    _call_off(case)


def _decline(case: Case, value: ReasonIn, by: Actor) -> None:
    case.disposition = "not_accepted"
    case.outcome_text = value.reason
    _call_off(case)


def _call_off(case: Case) -> None:
    deadlines.start_stage(case, clock())
    dispatch.call_off(case)


def _master(value: MergeIn, by: Actor) -> Case:
    try:
        return cases.get(value.into, by)
    except NotFound:
        raise Invalid.one("into", N_("没有这件诉求，请核对编号")) from None


def _choose_master(case: Case, value: MergeIn, by: Actor) -> None:
    master = _master(value, by)
    faults = {
        N_("不能并入自己"): master.id == case.id,
        N_("那件诉求已经并入别的诉求，请并入主案"): master.is_merged,
        N_("那件诉求已经结束，不能再并入"): not master.is_open
        or master.state not in ("raised", "coordinated"),
        N_("检举控告不能并案"): master.is_accusation or case.is_accusation,
    }
    found = [FieldError("into", sentence) for sentence, wrong in faults.items() if wrong]
    if found:
        raise Invalid(found[:1])
    case.master, case.merge_reason = master, value.reason


def _merge(case: Case, value: MergeIn, by: Actor) -> None:
    case.disposition = "merged"
    _call_off(case)


def _stand_alone(case: Case, value: Any, by: Actor) -> None:
    case.master, case.disposition, case.merge_reason = None, None, None
    if case.state == "coordinated" and case.all_returned:
        _back_to_coordination(case)
    deadlines.start_stage(case, clock())


def _back_to_coordination(case: Case) -> None:
    """Its departments were called off when it was merged, so it waits for others."""
    apply(case, "recall")
    case.coordinated_at = None
    diary.write(
        case, "recall", by=system(case.committee_id, "unmerge"), before="coordinated", after=case.state
    )


def _close(case: Case, value: Any, by: Actor) -> None:
    case.closed_at = clock()
    deadlines.start_stage(case, case.closed_at)


# The other cases of a move: locked together with its own, because nobody may change them meanwhile.
BESIDE: dict[str, Callable[[Case, Any, Actor], list[Case]]] = defaultdict(
    lambda: lambda case, value, by: [],
    {
        "handle": lambda case, value, by: list(case.children),
        "merge": lambda case, value, by: [_master(value, by)],
    },
)
# Applied first, so that the needs see it; rolled back with everything else on refusal.
BEFORE: dict[str, Step] = defaultdict(
    lambda: _nothing,
    {
        "coordinate": _prepare_coordination,
        "handle": _set_outcome,
        "feed_back": _record_told,
        "merge": _choose_master,
    },
)
AFTER: dict[str, Step] = defaultdict(
    lambda: _nothing,
    {
        "coordinate": _send_drafts,
        "handle": _handle_children,
        "feed_back": _stop_clock,
        "rework": _rework_departments,
        "reopen": _reopen_departments,
        "recall": _stop_clock,
        "withdraw": _withdraw,
        "decline": _decline,
        "merge": _merge,
        "unmerge": _stand_alone,
        "close": _close,
    },
)
