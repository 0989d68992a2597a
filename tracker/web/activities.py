"""单位活动: what units held, as a list and as a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import activities as acts
from tracker.door.forms import values, version
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.activities import ActivityEdit, ActivityIn
from tracker.incoming.schema import read
from tracker.models import Activity
from tracker.queries import activities
from tracker.rules import permissions
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import campaign_list, faults, words

blueprint = Blueprint("activities", __name__, url_prefix="/activities")

Page = tuple[str, int]
KINDS = {
    "service": N_("服务活动"),
    "symposium": N_("群众代表座谈会"),
    "proposal_meeting": N_("提案办理协商见面"),
    "consultation": N_("专题协商"),
    "sit_in": N_("列席会议"),
    "inspection": N_("视察调研"),
    "supervision": N_("民主监督"),
    "review": N_("部门评议"),
    "proposal_leads": N_("提案线索征集"),
    "summary_meeting": N_("总结会议"),
}
FORMS = {"activity_day": N_("政协活动日"), "activity_week": N_("界别活动周"), "other": N_("其他")}
SERVICES = {
    "pairing": N_("结对帮扶"),
    "warmth": N_("送暖问需"),
    "legal_aid": N_("法律援助"),
    "advice": N_("建言献策"),
    "research": N_("调查研究"),
}


@blueprint.get("")
def index() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "activity.read")
    found = activities.events(actor)
    return render_template(
        "activities/index.html",
        tabs=campaign_list.tabs("activities"),
        rows=[(event, words.full_day(event.held_on), *_said(event)) for event in found],
        may_add=bool(activities.units(actor, Activity)),
    )


@blueprint.get("/new")
def new() -> str:
    permissions.require_any(door.signed_in(), "activity.edit")
    return _form(None, {"held_on": shanghai_date(clock()).isoformat(), "kind": "service"})


@blueprint.post("/new")
def create() -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "activity.edit")
    try:
        with door.attempt():
            made = acts.hold(read(ActivityIn, values(request.form)), by=by)
    except faults.REDRAWN as refused:
        return _form(None, values(request.form), faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已登记。", name=made.title), "ok")
    return make_response(redirect(url_for("activities.index")))


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    event = activities.event(public_id, door.signed_in())
    return _form(event, _typed(event))


@blueprint.post("/<public_id>")
def edit(public_id: str) -> Page | Response:
    by = door.signed_in()
    event = activities.event(public_id, by)
    permissions.require(by, "edit", event)
    try:
        with door.attempt():
            given = read(ActivityEdit, values(request.form))
            acts.edit_event(event, given, by=by, expect=version(request.form))
    except faults.REDRAWN as refused:
        return _form(event, values(request.form), faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已保存。", name=event.title), "ok")
    return make_response(redirect(url_for("activities.index")))


@blueprint.post("/<public_id>/cancel")
def cancel(public_id: str) -> Response:
    by = door.signed_in()
    event = activities.event(public_id, by)
    permissions.require(by, "edit", event)
    acts.cancel_event(event, by=by)
    flash(gettext("“%(name)s”已撤下，不再统计。", name=event.title), "ok")
    return make_response(redirect(url_for("activities.index")))


def _form(event: Activity | None, given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    actor = door.signed_in()
    return render_template(
        "activities/form.html",
        event=event,
        may_edit=event is None or permissions.may(actor, "edit", event),
        units=[(unit.public_id, unit.name) for unit in activities.units(actor, Activity)],
        kinds=words.choices(KINDS),
        forms=words.choices(FORMS),
        services=words.choices(SERVICES),
        given=given,
        errors=errors,
    )


def _typed(event: Activity) -> dict[str, Any]:
    names = ActivityEdit.model_fields
    return {name: getattr(event, name) for name in names} | {"held_on": event.held_on.isoformat()}


def _said(event: Activity) -> tuple[str, str]:
    """The kind, with the form where it has one, and the contents in words."""
    services = gettext("、").join(words.say(SERVICES, code) for code in event.categories)
    kind = words.say(KINDS, event.kind)
    held = kind if event.form == "other" else f"{kind}（{words.say(FORMS, event.form)}）"
    return held, services
