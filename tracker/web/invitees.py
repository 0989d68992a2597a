"""邀请名单 of an activity: proposed, approved, signed at the door, and what was said."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import invitees as acts
from tracker.door.forms import values, version
from tracker.door.language import gettext
from tracker.errors import NotFound
from tracker.incoming.invitees import ApproveIn, InviteeIn
from tracker.incoming.schema import read
from tracker.models import Activity
from tracker.outgoing import attendance
from tracker.queries import activities, invitees, reference
from tracker.rules import permissions
from tracker.rules.words import N_
from tracker.web import activity_page, faults, files

blueprint = Blueprint("invitees", __name__, url_prefix="/activities/<public_id>/invitees")

_DONE = {
    "approve": N_("已同意邀请。"),
    "decline": N_("已记下不同意，提出的人会看到理由。"),
    "withdraw": N_("已撤回。"),
    "attend": N_("已登记到会。"),
    "miss": N_("已登记未到。"),
    "speak": N_("发言已记下，可以登记成诉求或写成社情民意。"),
}


@blueprint.post("")
def propose(public_id: str) -> ResponseReturnValue:
    event = _asked(public_id, "propose")

    def act() -> Any:
        return acts.propose(event, read(InviteeIn, values(request.form)), by=door.signed_in())

    return _done(event, "invite", act, N_("已列入名单，等负责人审核。"))


@blueprint.post("/approve")
def approve_all(public_id: str) -> ResponseReturnValue:
    event = _asked(public_id, "approve")

    def act() -> Any:
        return acts.approve_all(event, read(ApproveIn, values(request.form)), by=door.signed_in())

    return _done(event, "", act, N_("名单已审核。"))


@blueprint.post("/<invitee>/moves")
def move(public_id: str, invitee: str) -> ResponseReturnValue:
    by, name = door.signed_in(), request.form.get("move", "")
    event = activities.event(public_id, by)
    found = invitees.get(invitee, by)
    if found.activity_id != event.id:
        raise NotFound(N_("没有这项邀请，或者您不能查看"))
    given = {key: value for key, value in values(request.form).items() if key != "move"}

    def act() -> Any:
        return acts.move(found, name, by=by, given=given, expect=version(request.form))

    return _done(event, found.public_id, act, _DONE.get(name, N_("已办理")))


@blueprint.get("/sheet")
def sheet(public_id: str) -> Response:
    """Whom the director let in, with a line for each to sign."""
    event = _asked(public_id, "export")
    actor = door.signed_in()
    listed = [one for one in invitees.of(event, actor) if one.is_admitted]
    paper = attendance.sheet(event, reference.committee(actor).full_name, listed)
    return files.pdf(files.render(paper), event.title + gettext("签到表"))


def _asked(public_id: str, verb: str) -> Activity:
    actor = door.signed_in()
    event = activities.event(public_id, actor)
    if not invitees.may(actor, "read", event):
        raise NotFound(N_("没有这项邀请，或者您不能查看"))
    permissions.require(actor, verb, invitees.blank(event))
    return event


def _done(event: Activity, opened: str, act: Callable[[], Any], sentence: str) -> ResponseReturnValue:
    """Back to the list; a refusal draws it again with that form open."""
    try:
        with door.attempt():
            act()
    except faults.REDRAWN as refused:
        page = activity_page.draw(event, values(request.form), faults.told(refused), opened)
        return page, faults.status(refused)
    flash(gettext(sentence), "ok")
    return redirect(url_for("activities.show", public_id=event.public_id, _anchor="invitees"))
