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
from tracker.queries import activities, waiting
from tracker.rules import permissions
from tracker.rules.clock import shanghai_date
from tracker.web import activity_page, campaign_list, faults, words

blueprint = Blueprint("activities", __name__, url_prefix="/activities")

Page = tuple[str, int]


@blueprint.get("")
def index() -> str:
    actor, now = door.signed_in(), clock()
    permissions.require_any(actor, "activity.read")
    name = request.args.get("waiting", "")
    found = activities.events(actor, waits=name, now=now)
    return render_template(
        "activities/index.html",
        tabs=campaign_list.tabs("activities"),
        rows=[(event, words.full_day(event.held_on), *activity_page.said(event)) for event in found],
        today=shanghai_date(now),
        waiting=gettext(waiting.ACTIVITIES[name].label) if name else "",
        may_add=bool(activities.units(actor, Activity)),
    )


@blueprint.get("/new")
def new() -> str:
    permissions.require_any(door.signed_in(), "activity.edit")
    return _form({"held_on": shanghai_date(clock()).isoformat(), "kind": "service"})


@blueprint.post("/new")
def create() -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "activity.edit")
    try:
        with door.attempt():
            made = acts.hold(read(ActivityIn, values(request.form)), by=by)
    except faults.REDRAWN as refused:
        return _form(values(request.form), faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已登记。", name=made.title), "ok")
    return make_response(redirect(url_for("activities.show", public_id=made.public_id)))


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return activity_page.draw(activities.event(public_id, door.signed_in()))


@blueprint.post("/<public_id>")
def edit(public_id: str) -> Page | Response:
    by = door.signed_in()
    event = activities.event(public_id, by)
    permissions.require(by, "edit", event)
    try:
        with door.attempt():
            given = read(ActivityEdit, values(request.form))
            awaited = acts.edit_event(event, given, by=by, expect=version(request.form))
    except faults.REDRAWN as refused:
        page = activity_page.draw(event, values(request.form), faults.told(refused), "edit")
        return page, faults.status(refused)
    flash(gettext("“%(name)s”已保存。", name=event.title), "ok")
    _ask_to_tell(awaited)
    return make_response(redirect(url_for("activities.show", public_id=public_id)))


@blueprint.post("/<public_id>/cancel")
def cancel(public_id: str) -> Response:
    by = door.signed_in()
    event = activities.event(public_id, by)
    permissions.require(by, "edit", event)
    awaited = acts.cancel_event(event, by=by)
    flash(gettext("“%(name)s”已撤下，不再统计。", name=event.title), "ok")
    _ask_to_tell(awaited)
    return make_response(redirect(url_for("activities.index")))


def _ask_to_tell(awaited: int) -> None:
    if awaited:
        flash(gettext("已经同意邀请 %(n)s 位，请告诉他们。提出邀请的人也会收到通知。", n=awaited), "warn")


def _form(given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "activities/form.html",
        units=[(unit.public_id, unit.name) for unit in activities.units(door.signed_in(), Activity)],
        **activity_page.options(),
        given=given,
        errors=errors,
    )
