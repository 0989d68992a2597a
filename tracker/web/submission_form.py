"""Handing something in, phone first; the writer's own correction; what one still owes, as annex 2 asks it."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import submissions
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import FieldError, NotFound
from tracker.extensions import clock
from tracker.incoming.schema import read
from tracker.incoming.submissions import BRIEF_LENGTH, SubmissionEdit, SubmissionIn
from tracker.models import Submission
from tracker.queries import heard as heard_at
from tracker.queries import redaction, visits
from tracker.queries import submissions as find
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.web import faults, heard, links, own_tasks, words
from workflows.submission import KINDS


def new() -> str:
    actor = door.signed_in()
    permissions.require_any(actor, "submission.create")
    given: dict[str, Any] = {
        "kind": request.args.get("kind", ""),
        "client_id": secrets.token_urlsafe(16),
        "submitted_on": shanghai_date(clock()).isoformat(),
    }
    if (visit := request.args.get("visit")) is not None:
        given |= _from_visit(visit, actor)
    given |= _from_place(actor)
    return _form(given, actor)


def create() -> ResponseReturnValue:
    actor = door.signed_in()
    permissions.require_any(actor, "submission.create")
    given = forms.values(request.form)
    try:
        with door.attempt():
            found = submissions.submit(read(SubmissionIn, given), by=actor)
    except faults.REDRAWN as refused:
        return _form(given, actor, faults.told(refused)), faults.status(refused)
    flash(gettext("已报送。办理的每一步都会通知作者"))
    return redirect(links.submission(found.public_id))


def edit(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    found = find.get(public_id, actor)
    policy.ask(found)
    if found.state != "submitted":
        flash(gettext("已经在处理，不能再改；请联系政协办公室"), "warn")
        return redirect(links.submission(public_id))
    return _correcting(found, {"title": found.title, "text": found.text})


def correct(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    found = find.get(public_id, actor)
    policy.ask(found)
    given = forms.values(request.form)
    try:
        with door.attempt():
            wanted = read(SubmissionEdit, given)
            submissions.correct(found, wanted, by=actor, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return _correcting(found, given, faults.told(refused)), faults.status(refused)
    flash(gettext("已保存修改"))
    return redirect(links.submission(public_id))


def _from_visit(public_id: str, actor: Actor) -> dict[str, Any]:
    """What was heard becomes the beginning of an opinion brief (S1-22), which others read too."""
    visit = visits.get(public_id, actor)
    heard = redaction.passed_on(visit, visit.reported, actor)
    return {"visit": visit.public_id, "kind": "brief", "text": heard}


def _from_place(actor: Actor) -> dict[str, Any]:
    """A brief of what was heard at an activity or on a reception day (S1-26)."""
    activity, day = request.args.get("activity"), request.args.get("day")
    here = heard_at.place(actor, activity=activity, day=day)
    if here is None:
        return {}
    permissions.require(actor, "hear", here.thing)
    names = {"activity": activity, "reception_day": day}
    return {"kind": "brief"} | names | heard.said(request.args.get("said"), here, actor, passed_on=True)


def _heard(given: Mapping[str, Any], actor: Actor) -> str:
    """Where it was heard, in words; what was typed into the field instead names nothing."""
    named = {name: value for name, value in given.items() if isinstance(value, str)}
    try:
        here = heard_at.place(actor, activity=named.get("activity"), day=named.get("reception_day"))
    except NotFound:
        return ""
    return heard.told(here) if here else ""


def _form(given: Mapping[str, Any], actor: Actor, errors: Sequence[FieldError] = ()) -> str:
    others = _others(actor)
    return render_template(
        "submissions/new.html",
        given=given,
        errors=list(errors),
        kinds=words.choices(KINDS),
        limit=BRIEF_LENGTH,
        owed=own_tasks.of(actor).three_ones,
        heard=_heard(given, actor),
        writers=others,
        for_others=bool(others) or not actor.has("member"),
        needs_member=not actor.has("member"),
        today=shanghai_date(clock()).isoformat(),
        back=url_for("submissions.index"),
    )


def _others(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Members somebody may hand in for, group by group; nobody for a plain member."""
    if not actor.has("secretary", "clerk"):
        return []
    groups: dict[str, list[tuple[str, str]]] = {}
    for person, unit in find.writers(actor):
        groups.setdefault(unit.name, []).append((person.public_id, person.name))
    return list(groups.items())


def _correcting(found: Submission, given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "submissions/edit.html",
        found=found,
        given=given,
        errors=list(errors),
        limit=BRIEF_LENGTH if found.kind == "brief" else 5000,
        back=links.submission(found.public_id),
    )
