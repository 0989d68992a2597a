"""Pages of a group within a campaign."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import group_reports as acts
from tracker.door.forms import values, version
from tracker.door.language import gettext
from tracker.incoming.group_reports import CorrectionIn, DutyIn, FindingIn, StoryIn
from tracker.incoming.schema import read
from tracker.models import GroupReport
from tracker.queries import campaigns, group_reports
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_
from tracker.web import faults, group_page

blueprint = Blueprint("group_reports", __name__, url_prefix="/campaigns/<public_id>/groups/<group>")

_DONE = {
    "confirm": N_("已确认，并已告诉办公室。"),
    "receive": N_("已记下收到。"),
    "reopen": N_("已退回修改。"),
}


@blueprint.get("")
def show(public_id: str, group: str) -> str:
    return group_page.page(_report(public_id, group))


@blueprint.post("/moves")
def move(public_id: str, group: str) -> ResponseReturnValue:
    by, name = door.signed_in(), request.form.get("move", "")

    def act(report: GroupReport) -> Any:
        return acts.move(report, name, by=by, given=values(request.form), expect=version(request.form))

    return _done(_report(public_id, group), name, act, _DONE.get(name, N_("已办理")))


@blueprint.post("/corrections")
def correct(public_id: str, group: str) -> ResponseReturnValue:
    report, by = _asked(public_id, group, "correct_figure")
    return _done(
        report,
        "correct_figure",
        lambda found: acts.correct(found, read(CorrectionIn, values(request.form)), by=by),
        N_("已更正，统计的数字仍在旁边。"),
    )


@blueprint.post("/corrections/<correction>/end")
def end_correction(public_id: str, group: str, correction: str) -> ResponseReturnValue:
    report, by = _asked(public_id, group, "correct_figure")
    return _done(
        report,
        "correct_figure",
        lambda found: acts.end_correction(found, correction, by=by),
        N_("已取消更正，按统计的数字显示。"),
    )


@blueprint.post("/story")
def write(public_id: str, group: str) -> ResponseReturnValue:
    report, by = _asked(public_id, group, "write_story")
    return _done(
        report,
        "write_story",
        lambda found: acts.write_story(
            found, read(StoryIn, values(request.form)), by=by, expect=version(request.form)
        ),
        N_("已保存。"),
    )


@blueprint.post("/duties")
def liaise(public_id: str, group: str) -> ResponseReturnValue:
    report, by = _asked(public_id, group, "liaise")
    return _done(
        report,
        "liaise",
        lambda found: acts.liaise(found, read(DutyIn, values(request.form)), by=by),
        N_("联系分工已记下。"),
    )


@blueprint.post("/duties/<duty>/end")
def end_duty(public_id: str, group: str, duty: str) -> ResponseReturnValue:
    report, by = _asked(public_id, group, "liaise")
    return _done(
        report, "liaise", lambda found: acts.end_duty(found, duty, by=by), N_("已取消这项联系分工。")
    )


@blueprint.post("/findings")
def supervise(public_id: str, group: str) -> ResponseReturnValue:
    report, by = _asked(public_id, group, "supervise")
    return _done(
        report,
        "supervise",
        lambda found: acts.supervise(found, read(FindingIn, values(request.form)), by=by),
        N_("督查记录已保存，并已告诉这个组。"),
    )


def _report(public_id: str, group: str) -> GroupReport:
    actor = door.signed_in()
    return group_reports.get(campaigns.get(public_id, actor), group, actor)


def _asked(public_id: str, group: str, verb: str) -> tuple[GroupReport, Actor]:
    report, by = _report(public_id, group), door.signed_in()
    permissions.require(by, verb, report)
    return report, by


def _done(
    report: GroupReport, form: str, act: Callable[[GroupReport], Any], sentence: str
) -> ResponseReturnValue:
    """Back to the page; a refusal draws it again with that form open."""
    try:
        with door.attempt():
            act(report)
    except faults.REDRAWN as refused:
        typed = values(request.form)
        return group_page.page(report, typed, faults.told(refused), form), faults.status(refused)
    flash(gettext(sentence), "ok")
    answer: Response = make_response(redirect(group_page.address(report)))
    return answer
