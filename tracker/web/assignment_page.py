"""The page of one assignment: for the department all there is, for the office the place to review it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from tracker import door
from tracker.actions import assignments
from tracker.door import forms
from tracker.door.language import gettext
from tracker.errors import FieldError, NotFound
from tracker.extensions import clock
from tracker.models import Assignment, ReturnRequest
from tracker.outgoing.slip import TransferSlip, transfer_html
from tracker.queries import assignments as find
from tracker.queries import events
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import SHANGHAI, shanghai_date
from tracker.rules.words import N_
from tracker.web import agenda_page, case_parts, faults, files, move_forms, timelines, words
from workflows.assignment import KINDS, SLA_CLASSES


def show(public_id: str) -> str:
    return _draw(find.get(public_id, door.signed_in()))


def move(public_id: str) -> ResponseReturnValue:
    """Make a move; on refusal the page comes back with everything that was typed."""
    actor = door.signed_in()
    share = find.get(public_id, actor)
    opened = request.form.get("move", "")
    name, variant = move_forms.split(opened)
    given = forms.values(request.form)
    try:
        with door.attempt():
            assignments.move(share, name, by=actor, given=given | variant, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return _draw(share, opened, given, faults.told(refused)), faults.status(refused)
    flash(gettext(_DONE.get(name, N_("已办理"))))
    return redirect(_next(share))


def slip(public_id: str) -> Response:
    """The transfer slip on paper: what the department may know, and nothing else (T02)."""
    actor = door.signed_in()
    share = find.get(public_id, actor)
    permissions.require(actor, "read_text", share)
    if share.dispatched_at is None:
        raise NotFound(N_("交办之后才有转办单"))
    return files.pdf(files.render(transfer_html(_paper(share))), f"{share.case.reference}-{share.unit.name}")


_DONE = {
    "accept": N_("已签收，请在期限内答复"),
    "reply": N_("答复已送办公室审核"),
    "request_return": N_("退回申请已送办公室"),
    "approve_reply": N_("答复已审核通过"),
    "rework": N_("已退回重办"),
    "waive": N_("已免会办"),
}


def _next(share: Assignment) -> str:
    if request.form.get("next") == "case":
        return url_for("cases.show", reference=share.case.reference, _anchor=f"reply-{share.public_id}")
    return url_for("assignments.show", public_id=share.public_id)


def _draw(
    share: Assignment,
    opened: str = "",
    typed: Mapping[str, Any] | None = None,
    errors: Sequence[FieldError] = (),
) -> str:
    actor, now = door.signed_in(), clock()
    may_read = permissions.may(actor, "read_text", share)
    return render_template(
        "assignments/show.html",
        share=share,
        reference=share.case.reference,
        may_open_case=permissions.may(actor, "read", share.case),
        may_read=may_read,
        role=words.say(KINDS, share.role),
        sign=words.sign("assignment", share.state),
        due=case_parts.due_of(share, now),
        facts=_facts(share, actor, now),
        replies=[case_parts.reply_view(reply, now) for reply in reversed(share.replies)] if may_read else [],
        returns=[_return_view(entry, now) for entry in reversed(share.returns)] if may_read else [],
        decisions=agenda_page.passed_on(share) if may_read else [],
        moves=move_forms.buttons(share, actor, typed or {}, opened),
        opened=opened,
        errors=list(errors),
        timeline=timelines.unmarked(events.of_assignment(share, actor), now),
        may_print=may_read and share.dispatched_at is not None,
    )


def _facts(share: Assignment, actor: Actor, now: datetime) -> list[tuple[str, Any]]:
    """Week and township: enough to act on, too little to find a household (T05)."""
    case = share.case
    year, week, _ = case.raised_at.astimezone(SHANGHAI).isocalendar()
    found: list[tuple[str, Any]] = [
        (gettext("承办单位"), share.unit.name),
        (gettext("期限"), words.say(SLA_CLASSES, share.sla_class)),
        (gettext("反映时间"), gettext("%(year)s年第%(week)s周", year=year, week=week)),
        (gettext("地点"), case.area.township if case.area else ""),
        (pgettext("assignment", "交办"), words.moment(share.dispatched_at, now)),
        (pgettext("assignment", "签收"), words.moment(share.accepted_at, now)),
        (gettext("应答复"), words.moment(share.due_at, now)),
    ]
    if share.state in ("dispatched", "accepted"):
        found.append((gettext("可申请退回至"), words.moment(share.return_due_at, now)))
    if case.is_petition:
        found.append((gettext("性质"), gettext("信访事项")))
    return found


def _return_view(entry: ReturnRequest, now: datetime) -> dict[str, str]:
    verdicts = {None: gettext("待定"), True: gettext("已同意"), False: gettext("未同意")}
    return {
        "when": words.moment(entry.created_at, now),
        "reason": entry.reason,
        "unit": entry.suggested_unit.name if entry.suggested_unit else "",
        "verdict": verdicts[entry.granted],
        "note": entry.decision_note,
    }


def _paper(share: Assignment) -> TransferSlip:
    assert share.dispatched_at is not None
    return TransferSlip(
        office=share.case.committee.full_name,
        reference=share.case.reference,
        transfer_text=share.transfer_text,
        unit=share.unit.name,
        role=KINDS[share.role],
        class_name=SLA_CLASSES[share.sla_class],
        dispatched_on=shanghai_date(share.dispatched_at),
        due_on=shanghai_date(share.due_at) if share.due_at else None,
    )
