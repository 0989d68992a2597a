"""Registering a concern: one form, then the number and the code to take home."""

from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import cases, codes
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.incoming.cases import CaseIn
from tracker.incoming.schema import read
from tracker.models import Case
from tracker.queries import scope, search, submissions
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import choices, faults, receipts, words

# The fault of a group stands beside the box that mends it.
GROUPS = {"resident": "resident.consent_process"}


def new() -> str:
    permissions.require_any(door.signed_in(), "case.create")
    return form({"source": "visit" if door.signed_in().has("member") else "reception"})


def create() -> ResponseReturnValue:
    by = door.signed_in()
    given = values(request.form)
    try:
        with door.attempt():
            case = cases.register(read(CaseIn, given), by=by)
            code = codes.issue(case, by=by).code
    except faults.REDRAWN as refused:
        return form(given, faults.told(refused, GROUPS)), faults.status(refused)
    return receipts.page([(case, code)], by, title=gettext("已登记"))


def similar() -> Response:
    """What may be the same concern, for the hint below the summary while it is typed."""
    actor = door.signed_in()
    found = search.similar(actor, scope.cases(actor), request.args.get("q", "")[:200])
    return jsonify({"items": [_hint(case) for case in found]})


def _hint(case: Case) -> dict[str, str]:
    return {
        "reference": case.reference,
        "summary": case.summary,
        "state": words.case_sign(case.state, case.disposition, case.closed_at).label,
        "url": url_for("cases.show", reference=case.reference),
    }


def form(given: dict[str, Any], errors: list[Any] | None = None, **more: Any) -> str:
    """``more`` are the address and the sentences of a form that is reached from elsewhere."""
    actor, resident = door.signed_in(), given.get("resident")
    return render_template(
        "cases/register.html",
        given=given,
        resident=resident if isinstance(resident, dict) else {},
        errors=errors,
        areas=choices.areas(actor),
        categories=choices.categories(actor),
        units=choices.units(actor),
        sources=[(code, word) for code, word in words.choices(words.SOURCES) if code != "import"],
        urgencies=words.choices(words.URGENCIES),
        **({"action": url_for("cases.create"), "back": url_for("cases.index")} | more),
    )


def writers(actor: Actor) -> choices.Groups:
    """The members for whom somebody may write something down, group by group."""
    groups: dict[str, choices.Options] = {}
    for person, unit in submissions.writers(actor):
        groups.setdefault(unit.name, []).append((person.public_id, person.name))
    return list(groups.items())
