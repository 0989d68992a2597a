"""会议议题: meetings that take up cases, their agendas and what they decided (S1-42)."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import agenda as acts
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming.agenda import ArrangedIn, DecisionIn, MeetingIn, OrderIn, PutOnIn, TakenOffIn
from tracker.incoming.schema import read
from tracker.models import AgendaItem, Meeting
from tracker.outgoing import agenda as paper
from tracker.queries import agenda, cases, reference
from tracker.rules import permissions
from tracker.web import agenda_page, case_page, faults, files, links
from tracker.web.agenda_page import Redraw

blueprint = Blueprint("agenda", __name__)

Act = Callable[[AgendaItem, dict[str, Any]], None]


@blueprint.get("/meetings")
def index() -> str:
    actor = door.signed_in()
    wanted = request.args.get("case", "")
    return agenda_page.index(case=cases.get(wanted, actor) if wanted else None)


@blueprint.post("/meetings")
def create() -> ResponseReturnValue:
    """Arrange a meeting, and put the case on it for which that was done."""
    by, typed = door.signed_in(), forms.values(request.form)
    case = cases.get(str(typed["case"]), by) if typed.get("case") else None
    try:
        with door.attempt():
            given = read(ArrangedIn, typed)
            made = acts.arrange(given, by=by)
            if case is not None:
                acts.put_on(case, PutOnIn(meeting=made.public_id), by=by)
    except faults.REDRAWN as refused:
        again = Redraw("arrange", typed=typed, errors=faults.told(refused))
        return agenda_page.index(again, case), faults.status(refused)
    flash(gettext("会议已安排"), "ok")
    return _to(made)


@blueprint.get("/meetings/<public_id>")
def show(public_id: str) -> str:
    return agenda_page.show(agenda.meeting(public_id, door.signed_in()))


@blueprint.post("/meetings/<public_id>")
def edit(public_id: str) -> ResponseReturnValue:
    by, typed = door.signed_in(), forms.values(request.form)
    meeting = _asked(public_id)
    try:
        with door.attempt():
            acts.edit(meeting, read(MeetingIn, typed), by=by, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        again = Redraw("edit", typed=typed, errors=faults.told(refused))
        return agenda_page.show(meeting, again), faults.status(refused)
    flash(gettext("会议已修改"), "ok")
    return _to(meeting)


@blueprint.post("/meetings/<public_id>/cancel")
def cancel(public_id: str) -> ResponseReturnValue:
    meeting = _asked(public_id)
    try:
        with door.attempt():
            acts.cancel(meeting, by=door.signed_in())
    except faults.REDRAWN as refused:
        return agenda_page.show(meeting, Redraw(errors=faults.told(refused))), faults.status(refused)
    flash(gettext("会议已撤销"), "ok")
    return redirect(url_for("agenda.index"))


@blueprint.post("/meetings/<public_id>/order")
def order(public_id: str) -> ResponseReturnValue:
    meeting = _asked(public_id)
    try:
        with door.attempt():
            acts.reorder(meeting, read(OrderIn, forms.values(request.form)), by=door.signed_in())
    except faults.REDRAWN as refused:
        return agenda_page.show(meeting, Redraw(errors=faults.told(refused))), faults.status(refused)
    return _to(meeting, f"item-{request.form['item']}")


@blueprint.get("/meetings/<public_id>/agenda.pdf")
def pdf(public_id: str) -> Response:
    """The list that lies on the table: no resident, no story."""
    actor = door.signed_in()
    meeting = agenda.meeting(public_id, actor)
    permissions.require(actor, "export", meeting)
    listed = paper.of(meeting, reference.committee(actor).full_name, clock())
    name = f"{meeting.held_on.isoformat()}{gettext('议题清单')}"
    return files.pdf(files.render(paper.agenda_html(listed)), name)


@blueprint.post("/meetings/<public_id>/items/<item>/off")
def take_off(public_id: str, item: str) -> ResponseReturnValue:
    def act(found: AgendaItem, typed: dict[str, Any]) -> None:
        acts.take_off(found, read(TakenOffIn, typed), by=door.signed_in(), expect=forms.version(request.form))

    return _on_item(public_id, item, "off", act, gettext("已移出议题"))


@blueprint.post("/meetings/<public_id>/items/<item>/decision")
def decide(public_id: str, item: str) -> ResponseReturnValue:
    def act(found: AgendaItem, typed: dict[str, Any]) -> None:
        acts.decide(found, read(DecisionIn, typed), by=door.signed_in(), expect=forms.version(request.form))

    return _on_item(public_id, item, "decision", act, gettext("议定意见已记下"))


@blueprint.post("/cases/<reference>/agenda")
def put_on(reference: str) -> ResponseReturnValue:
    """From the case's page; a refusal draws that page again."""
    by, typed = door.signed_in(), forms.values(request.form)
    case = cases.get(reference, by)
    policy.ask(case)
    try:
        with door.attempt():
            acts.put_on(case, read(PutOnIn, typed), by=by, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        redraw = case_page.Redraw("put_on_agenda", typed, faults.told(refused))
        return case_page.draw(case, redraw), faults.status(refused)
    flash(gettext("已提交会议研究"), "ok")
    return redirect(links.case(case.reference, list=links.came_from()))


def _asked(public_id: str) -> Meeting:
    """The meeting, if this person may arrange it."""
    by = door.signed_in()
    meeting = agenda.meeting(public_id, by)
    permissions.require(by, "edit", meeting)
    return meeting


def _on_item(public_id: str, item: str, form: str, act: Act, done: str) -> ResponseReturnValue:
    meeting, typed = _asked(public_id), forms.values(request.form)
    found = agenda.item(meeting, item)
    try:
        with door.attempt():
            act(found, typed)
    except faults.REDRAWN as refused:
        again = Redraw(form, item, typed, faults.told(refused))
        return agenda_page.show(meeting, again), faults.status(refused)
    flash(done, "ok")
    return _to(meeting, f"item-{item}" if form == "decision" else "")


def _to(meeting: Meeting, anchor: str = "") -> Response:
    return make_response(
        redirect(url_for("agenda.show", public_id=meeting.public_id, _anchor=anchor or None))
    )
