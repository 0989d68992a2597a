"""修改走访: one's own record put right, until somebody works on what was heard."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import visits as acts
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.incoming.schema import read
from tracker.incoming.visits import VisitEdit
from tracker.models import Visit
from tracker.queries import visits
from tracker.queries.residents import identity_for
from tracker.rules.actors import Actor
from tracker.web import faults, visit_form

_BODY = {"body": "consent_process"}


def edit(public_id: str) -> str:
    actor = door.signed_in()
    visit = visits.get(public_id, actor)
    policy.ask(visit)
    return _draw(visit, _stands(visit, actor))


def correct(public_id: str) -> ResponseReturnValue:
    actor = door.signed_in()
    visit = visits.get(public_id, actor)
    policy.ask(visit)
    given = visit_form.sent()
    given["consent_process"] = "consent_process" in given
    try:
        with door.attempt():
            acts.correct(visit, read(VisitEdit, given), by=actor, expect=forms.version(request.form))
    except faults.REDRAWN as refused:
        return _draw(visit, given, faults.told(refused, _BODY)), faults.status(refused)
    flash(gettext("已保存修改"))
    return redirect(url_for("visits.show", public_id=visit.public_id))


def _stands(visit: Visit, actor: Actor) -> dict[str, Any]:
    """The visit as the form would send it."""
    seen = identity_for(visit, actor)
    names = ("circle", "channel", "drive", "persons_count", "reported", "help_needed", "coordination_needed")
    return {name: getattr(visit, name) or "" for name in names} | {
        "visited_on": visit.visited_on.isoformat(),
        "contact": {
            "name": seen.name if seen else "",
            "phone": seen.phone if seen else "",
            "kind": visit.contact_kind,
        },
        "area": visit.area.code if visit.area else "",
        "address": seen.address if seen else "",
        "visitors": [went.person.public_id for went in visit.visitors],
        "consent_process": visit.resident is not None and visit.resident.consent_process,
    }


def _draw(visit: Visit, given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "visits/edit.html",
        visit=visit,
        given=given,
        errors=list(errors),
        **visit_form.options(door.signed_in(), visit),
    )
