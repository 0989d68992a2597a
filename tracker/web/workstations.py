"""工作室: studios, members' homes, stations and contact points, with the days they receive residents."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import activities as acts
from tracker.actions import contact_page
from tracker.door.forms import values, version
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.activities import (
    ClosingIn,
    PlannedDayGone,
    PlannedDayIn,
    ReceptionIn,
    WorkstationEdit,
    WorkstationIn,
)
from tracker.incoming.schema import Input, read
from tracker.models import Workstation
from tracker.queries import activities
from tracker.queries import heard as heard_there
from tracker.queries.heard import Place
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_
from tracker.web import campaign_list, contact_decision, faults, heard, words

blueprint = Blueprint("workstations", __name__, url_prefix="/workstations")

Page = tuple[str, int]


@blueprint.get("")
def index() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "workstation.read")
    return render_template(
        "workstations/index.html",
        tabs=campaign_list.tabs("workstations"),
        rows=[(found, words.say(words.STATIONS, found.kind)) for found in activities.workstations(actor)],
        may_add=bool(activities.units(actor, Workstation)),
        may_publish=permissions.may_any(actor, "workstation.publish"),
        public=contact_decision.public_address(actor),
    )


@blueprint.get("/public")
def public() -> str:
    return contact_decision.page()


@blueprint.post("/public")
def publish() -> Page | Response:
    return contact_decision.decide()


@blueprint.get("/poster")
def poster() -> Response:
    return contact_decision.poster()


@blueprint.get("/new")
def new() -> str:
    permissions.require_any(door.signed_in(), "workstation.edit")
    return _form(None, {"opened_on": _today(), "kind": "studio"})


@blueprint.post("/new")
def create() -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "workstation.edit")
    try:
        with door.attempt():
            made = acts.set_up(read(WorkstationIn, values(request.form)), by=by)
    except faults.REDRAWN as refused:
        return _form(None, values(request.form), faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已登记。", name=made.name), "ok")
    return make_response(redirect(url_for("workstations.show", public_id=made.public_id)))


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    station = activities.workstation(public_id, door.signed_in())
    return _form(station, _typed(station))


@blueprint.post("/<public_id>")
def edit(public_id: str) -> Page | Response:
    was_public = activities.workstation(public_id, door.signed_in()).is_published
    act = partial(acts.edit_workstation, expect=version(request.form))
    answer = _done(public_id, "edit", WorkstationEdit, act, N_("已保存。"))
    if was_public and not activities.workstation(public_id, door.signed_in()).is_published:
        flash(gettext("公布的内容改了，已先停止公布，政协办公室确认以后群众才看得到。"), "warn")
    return answer


@blueprint.post("/<public_id>/close")
def close(public_id: str) -> Page | Response:
    return _done(public_id, "close", ClosingIn, acts.close_workstation, N_("已关闭，不再统计。"))


@blueprint.post("/<public_id>/days")
def receive(public_id: str) -> Page | Response:
    return _done(public_id, "receive", ReceptionIn, acts.receive_residents, N_("接待日已登记。"))


@blueprint.post("/<public_id>/plan")
def plan(public_id: str) -> Page | Response:
    return _done(public_id, "plan", PlannedDayIn, contact_page.plan_day, N_("已列入计划。"))


@blueprint.post("/<public_id>/cancel")
def cancel_plan(public_id: str) -> Page | Response:
    return _done(public_id, "cancel", PlannedDayGone, contact_page.cancel_day, N_("已从计划里去掉。"))


def _done(
    public_id: str, form: str, takes: type[Input], act: Callable[..., Any], sentence: str
) -> Page | Response:
    """``act`` takes the workstation and what was sent; a refusal draws the page with that form open."""
    by, typed = door.signed_in(), values(request.form)
    station = activities.workstation(public_id, by)
    permissions.require(by, "edit", station)
    try:
        with door.attempt():
            act(station, read(takes, typed), by=by)
    except faults.REDRAWN as refused:
        given = (
            typed if form == "edit" else _typed(station) | {f"{form}.{name}": typed[name] for name in typed}
        )
        return _form(station, given, faults.told(refused), form), faults.status(refused)
    flash(gettext(sentence), "ok")
    return make_response(redirect(url_for("workstations.show", public_id=public_id)))


def _form(
    station: Workstation | None,
    given: Mapping[str, Any],
    errors: Sequence[FieldError] = (),
    opened: str = "edit",
) -> str:
    actor = door.signed_in()
    return render_template(
        "workstations/form.html",
        station=station,
        may_edit=station is None or permissions.may(actor, "edit", station),
        units=[(unit.public_id, unit.name) for unit in activities.units(actor, Workstation)],
        kinds=words.choices(words.STATIONS),
        days=_days(station, actor) if station else [],
        planned=[(_day(day.held_on), day) for day in station.planned] if station else [],
        may_publish=permissions.may_any(actor, "workstation.publish"),
        today=_today(),
        given=given,
        errors=errors,
        opened=opened,
    )


def _days(station: Workstation, actor: Actor) -> list[tuple[Any, ...]]:
    """Each reception day with what was heard on it, and where the next concern is written down."""
    found = heard_there.on_days(station, actor)
    return [
        (words.full_day(day.held_on), day, heard.lines(found[day.id]), heard.ways(Place(day=day), actor))
        for day in station.held
    ]


def _typed(station: Workstation) -> dict[str, Any]:
    found = {name: getattr(station, name) for name in WorkstationEdit.model_fields}
    return found | {"opened_on": station.opened_on.isoformat()}


def _day(on: date) -> str:
    return f"{words.full_day(on)} {words.weekday(on)}"


def _today() -> str:
    return shanghai_date(clock()).isoformat()
