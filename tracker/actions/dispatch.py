"""Sending a case to departments: drafts, the firewall on their text, dispatch, and taking back."""

from tracker.actions import deadlines, diary
from tracker.actions.base import action, apply, session
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.assignments import AssignmentIn
from tracker.incoming.cases import CoordinateIn
from tracker.models import Assignment, Case, Event
from tracker.queries import reference
from tracker.queries.redaction import refused_in
from tracker.rules.actors import Actor, system
from tracker.rules.conflicts import conflicted
from tracker.rules.outcome import ACTIVE
from tracker.rules.words import N_
from workflows.assignment import ASSIGNMENT


@action
def draft(case: Case, given: AssignmentIn, *, by: Actor) -> Assignment:
    """One department's share, not sent yet. Refuses a text that names the resident."""
    if not _takes_drafts(case):
        raise Conflict(
            N_("这件诉求现在不能交办部门"), missing=["case_takes_departments"], version=case.version
        )
    unit = reference.unit(by, given.unit)
    if unit.kind != "department":
        raise Invalid.one("unit", N_("只能交给承办部门"))
    if case.subject_unit is not None and conflicted(unit.lineage, case.subject_unit.lineage):
        raise Invalid.one("unit", N_("这个单位就是被反映的单位，或是它的上级、下级，不能承办"))
    if any(a.unit_id == unit.id and a.state not in ("returned", "revoked") for a in case.assignments):
        raise Invalid.one("unit", N_("这个单位已经在承办名单里"))
    check_text(case, given.transfer_text)
    now = clock()
    share = Assignment(
        committee_id=case.committee_id,
        case=case,
        unit=unit,
        unit_id=unit.id,
        role=given.role,
        sla_class=given.sla_class,
        transfer_text=given.transfer_text,
        updated_at=now,
        state=ASSIGNMENT.initial,
        confirmed_at=now if given.confirmed else None,
        confirmed_by_id=by.person_id if given.confirmed else None,
    )
    session().add(share)
    session().flush()
    return share


def _takes_drafts(case: Case) -> bool:
    """Before the office decided, or while departments handle it; an accusation never (art. 30)."""
    if case.is_accusation or not case.is_open:
        return False
    return case.state == "raised" or (case.state == "coordinated" and case.route == "assign")


def prepare_drafts(case: Case, value: CoordinateIn, *, by: Actor) -> None:
    """Make the drafts a coordination brings with it, and confirm the text for those that wait."""
    if value.transfer_text:
        check_text(case, value.transfer_text)
        case.transfer_text = value.transfer_text
    if value.confirmed and case.transfer_text:
        case.transfer_confirmed_at, case.transfer_confirmed_by_id = clock(), by.person_id
    if value.confirmed:
        _confirm_waiting(case, by)
    if value.assignments and not case.transfer_text:
        raise Invalid.one("transfer_text", N_("请写转办摘要：部门只看得到它"))
    for wanted in value.assignments:
        draft(
            case,
            AssignmentIn(
                unit=wanted.unit,
                role=wanted.role,
                sla_class=wanted.sla_class,
                transfer_text=case.transfer_text,
                confirmed=value.confirmed,
            ),
            by=by,
        )


def _confirm_waiting(case: Case, by: Actor) -> None:
    for share in case.assignments:
        if share.state == "draft" and share.confirmed_at is None:
            share.confirmed_at, share.confirmed_by_id = clock(), by.person_id


def check_text(case: Case, text: str) -> None:
    """The firewall: no name, phone or ID number of anybody's leaves the office (T03)."""
    found = refused_in(case, text)
    if found:
        listed = "、".join(dict.fromkeys(hit.text for hit in found))
        raise Invalid.one("transfer_text", N_("转办摘要里还有个人信息，请改写：%(found)s"), found=listed)


def send(share: Assignment, *, by: Actor, note: str = "") -> Event:
    """Dispatch one draft; every clock starts now."""
    now = clock()
    before = share.state
    apply(share, "dispatch")
    share.dispatched_at = share.updated_at = now
    deadlines.start_assignment(share, now)
    return diary.write(
        share,
        "dispatch",
        by=by,
        before=before,
        after=share.state,
        note=note,
        audience="unit",
        data={"unit": share.unit_id, "role": share.role, "class": share.sla_class},
    )


def send_back(share: Assignment, period: str) -> None:
    """The case came back, so the answer must be given again."""
    now = clock()
    before = share.state
    share.rework_count = 0 if period == "reopened" else share.rework_count
    apply(share, "rework")
    share.rework_count += 1
    share.updated_at, share.completed_at = now, None
    deadlines.start_rework(share, now, period)
    diary.write(
        share,
        "rework",
        by=system(share.committee_id, "case"),
        before=before,
        after=share.state,
        data={"period": period},
    )


def call_off(case: Case) -> None:
    """The case ended otherwise: nothing stays open in any department."""
    for share in case.assignments:
        if share.state == "draft" or share.state in ACTIVE:
            before = share.state
            apply(share, "revoke")
            share.updated_at = clock()
            diary.write(
                share, "revoke", by=system(share.committee_id, "case"), before=before, after=share.state
            )
