"""Which clock runs now: the due date of a stage is computed once, when the stage begins, and frozen."""

from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value

from tracker.actions.base import session
from tracker.models import Assignment, Case, Letter
from tracker.queries.calendar import calendar
from tracker.rules import clock, periods
from tracker.rules.clock import Due

_CASES = Case.metadata.tables["case"]


def after(start: datetime, working_days: int) -> Due:
    return clock.due(start, working_days, calendar())


def start_stage(case: Case, now: datetime) -> None:
    """Set the case's ``due_at`` to that of the stage that is pending now; None when none is."""
    days = _stage_days(case)
    if days is None:
        case.due_at, case.due_provisional = None, False
        return
    due = after(now, days)
    case.due_at, case.due_provisional = due.at, due.provisional


def follow_lead(case: Case) -> None:
    """While departments handle it, the case is due when its lead (or its last separate handler) is.

    Once all of them have answered, the office's review is what is pending (C7).
    """
    leads = [share for share in case.assignments if share.role in ("lead", "separate") and share.due_at]
    working = [s for s in leads if s.state in ("dispatched", "accepted", "reworking", "return_requested")]
    answered = [share.replied_at for share in leads if share.state == "replied" and share.replied_at]
    if working:
        last = max(working, key=_due_of)
        _move_to(case, last.due_at, last.due_provisional)
    elif answered:
        due = after(max(answered), periods.days("review"))
        _move_to(case, due.at, due.provisional)


def _move_to(case: Case, at: datetime | None, provisional: bool) -> None:
    """Past the mapper: what happens to a share must not raise the case's own version."""
    values = {"due_at": at, "due_provisional": provisional}
    session().execute(_CASES.update().where(_CASES.c.id == case.id).values(values))
    for name, value in values.items():
        set_committed_value(case, name, value)


def start_assignment(assignment: Assignment, now: datetime) -> None:
    """Clocks C2, C3 and C4 (C5 for a co-handler) start at dispatch, not at acceptance."""
    petition = assignment.case.is_petition
    due = after(now, _reply_days(assignment))
    assignment.due_at, assignment.due_provisional = due.at, due.provisional
    assignment.accept_due_at = after(now, periods.days("accept")).at
    assignment.return_due_at = after(now, periods.return_days(petition=petition)).at


def start_rework(assignment: Assignment, now: datetime, period: str = "rework") -> None:
    due = after(now, periods.days(period))
    assignment.due_at, assignment.due_provisional = due.at, due.provisional


def start_letter(letter: Letter, now: datetime) -> None:
    letter.due_at = after(now, periods.days("deliver")).at


def _stage_days(case: Case) -> int | None:
    if case.closed_at is not None or case.disposition in ("merged", "withdrawn"):
        return None
    if case.disposition == "not_accepted":
        return periods.days("letter") if case.state != "fed_back" else None
    if case.state == "raised":
        return periods.coordinate_days(urgent=case.urgency == "urgent")
    if case.state == "coordinated":
        return periods.reply_days("urgent" if case.urgency == "urgent" else "simple")
    return periods.days("letter") if case.state == "handled" else None


def _reply_days(assignment: Assignment) -> int:
    if assignment.role != "co":
        return periods.reply_days(assignment.sla_class)
    leads = [
        a for a in assignment.case.assignments if a.role == "lead" and a.state not in ("returned", "revoked")
    ]
    return periods.co_period(periods.reply_days(leads[-1].sla_class if leads else assignment.sla_class))


def _due_of(assignment: Assignment) -> datetime:
    assert assignment.due_at is not None
    return assignment.due_at
