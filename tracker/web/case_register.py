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
from tracker.queries import scope, search
from tracker.rules import permissions
from tracker.web import choices, faults, receipts, words

# The fault of a group stands beside the box that mends it.
_GROUPS = {"resident": "resident.consent_process"}


def new() -> str:
    permissions.require_any(door.signed_in(), "case.create")
    return _form({"source": "visit" if door.signed_in().has("member") else "reception"})


def create() -> ResponseReturnValue:
    by = door.signed_in()
    given = values(request.form)
    try:
        with door.attempt():
            case = cases.register(read(CaseIn, given), by=by)
            code = codes.issue(case, by=by).code
    except faults.REDRAWN as refused:
        return _form(given, faults.told(refused, _GROUPS)), faults.status(refused)
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


def _form(given: dict[str, Any], errors: list[Any] | None = None) -> str:
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
    )
