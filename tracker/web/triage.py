"""The coordinating screen: original and transfer text side by side, the decision at the right, one button."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import cases
from tracker.door import forms
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.extensions import clock
from tracker.incoming.cases import CaseEdit
from tracker.incoming.schema import read
from tracker.models import Case
from tracker.queries import cases as find
from tracker.queries import redaction, triage
from tracker.queries.triage import Candidate
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import case_parts, choices, faults, words
from workflows.assignment import SLA_CLASSES
from workflows.case import ROUTES

_FLAGS = ("is_petition", "is_accusation")


@dataclass(frozen=True)
class UnitChoice:
    """A department, as the unit picker draws it."""

    id: str
    name: str
    open: int
    overdue: int = 0
    note: str = ""
    barred: str = ""


def show(reference: str) -> str:
    actor = door.signed_in()
    case = find.get(reference, actor)
    permissions.require(actor, "coordinate", case)
    return _draw(case, _proposal(case, actor))


def decide(reference: str) -> ResponseReturnValue:
    """Correct the case, send it where it belongs, and go on with the next one."""
    actor = door.signed_in()
    case = find.get(reference, actor)
    given = forms.values(request.form)
    try:
        with door.attempt():
            expect = _correct(case, given, actor)
            if not _is_for_director(case, actor):
                cases.move(case, "coordinate", by=actor, given=_decision(given), expect=expect)
    except faults.REDRAWN as refused:
        return _draw(case, given, faults.told(refused, _SHOWN_AT)), faults.status(refused)
    return _next(case, actor)


def check_text(reference: str) -> Response:
    """The marks of a text that is not stored yet, for the live check below the box."""
    actor = door.signed_in()
    case = find.get(reference, actor)
    permissions.require(actor, "coordinate", case)
    sent = request.get_json(silent=True)
    text = str(sent.get("text", ""))[:5000] if isinstance(sent, dict) else ""
    found = redaction.hits(case, text)
    return jsonify({"parts": case_parts.pieces(text, found), "count": len(found)})


# The faults of an assignment stand beside the list its unit was picked from.
_SHOWN_AT = {"unit": "lead", "assignments": "lead", "is_accusation": "route"}


def _correct(case: Case, given: Mapping[str, Any], actor: Actor) -> int | None:
    """Store what triage changed on the case; the version the decision must still find."""
    expect = forms.version(request.form)
    # A box that is not ticked is not sent.
    wanted = {name: given.get(name, "") for name in ("category", "subject_unit")}
    wanted |= {flag: flag in given for flag in _FLAGS}
    before = _stands(case)
    changed = {name: value for name, value in wanted.items() if value != before[name] and value != ""}
    if not changed:
        return expect
    cases.edit(case, read(CaseEdit, changed), by=actor, expect=expect)
    return None


def _stands(case: Case) -> dict[str, Any]:
    """The case's own words for what the form may change."""
    category = case.category.code if case.category else ""
    found = {"category": category, "subject_unit": choices.subject_of(case)}
    return found | {flag: getattr(case, flag) for flag in _FLAGS}


def _is_for_director(case: Case, actor: Actor) -> bool:
    return case.is_accusation and not actor.has("director")


def _decision(given: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {name: given[name] for name in ("route", "result", "note") if name in given}
    if given.get("route") != "assign":
        return wanted
    return wanted | {
        "transfer_text": given.get("transfer_text", ""),
        "confirmed": "confirmed" in given,
        "assignments": _assignments(given),
    }


def _assignments(given: Mapping[str, Any]) -> list[dict[str, str]]:
    """One lead and its co-departments, or several that each answer for themselves."""
    sla_class = given.get("sla_class", "normal")
    lead, co = given.get("lead"), [unit for unit in given.get("co", []) if unit != given.get("lead")]
    roles = [(lead, "lead")] if lead else []
    roles += [(unit, "co") for unit in co]
    if "separate" in given:
        roles = [(unit, "separate") for unit, _ in roles]
    return [{"unit": unit, "role": role, "sla_class": sla_class} for unit, role in roles]


def _proposal(case: Case, actor: Actor) -> dict[str, Any]:
    """Where the clerk starts from: what the case says already, and what the category suggests."""
    usual = triage.default_unit(case, triage.candidates(case, actor))
    stands = {name: "1" if value is True else value for name, value in _stands(case).items() if value}
    return stands | {
        "route": "refer" if case.is_accusation else "assign",
        "transfer_text": case.transfer_text or redaction.suggestion(case),
        "lead": usual.public_id if usual else "",
        "sla_class": "urgent" if case.urgency == "urgent" else "normal",
        "co": [],
    }


def _draw(case: Case, given: Mapping[str, Any], errors: Sequence[FieldError] = ()) -> str:
    actor, now = door.signed_in(), clock()
    text = str(given.get("transfer_text", ""))
    original = redaction.hits(case, case.narrative)
    found = triage.candidates(case, actor)
    usual = triage.default_unit(case, found)
    # The department that usually has it stands on top.
    units = [_choice(entry) for entry in sorted(found, key=lambda entry: entry.unit is not usual)]
    return render_template(
        "cases/triage.html",
        case=case,
        given=given,
        errors=list(errors),
        queue=triage.queue(case, actor, now),
        due=words.due(case.due_at, now, provisional=case.due_provisional),
        sub=f"{case.reference} · {case_parts.place_line(case)} · {case.raised_by.name}",
        signs=case_parts.signs(case)[1:],
        original=case_parts.pieces(case.narrative, original),
        found=len(original),
        left=case_parts.pieces(text, redaction.hits(case, text)),
        kinds=case_parts.kinds(),
        units=units,
        categories=choices.categories(actor),
        subjects=choices.units(actor),
        routes=words.choices(ROUTES),
        classes=_classes(now),
        defaults=_defaults(actor, units),
    )


def _choice(found: Candidate) -> UnitChoice:
    barred = gettext("就是被反映的单位，或它的上级、下级，不能承办") if found.is_subject else ""
    return UnitChoice(found.unit.public_id, found.unit.name, found.open, barred=barred)


def _classes(now: Any) -> list[tuple[str, str]]:
    dates = triage.due_dates(now)
    return [
        (name, gettext("%(word)s %(day)s", word=words.say(SLA_CLASSES, name), day=words.day(due.at, now)))
        for name, due in dates.items()
    ]


def _defaults(actor: Actor, units: Sequence[UnitChoice]) -> dict[str, str]:
    """Category code → usual department, so that changing the one suggests the other."""
    known = {unit.id for unit in units}
    return {code: unit for code, unit in choices.usual_departments(actor).items() if unit in known}


def _next(case: Case, actor: Actor) -> ResponseReturnValue:
    following = triage.first(actor, clock())
    done = gettext("%(reference)s 已交办", reference=case.reference)
    if _is_for_director(case, actor):
        done = gettext("%(reference)s 已标为检举控告，转办公室负责人", reference=case.reference)
    if following is None:
        flash(gettext("%(done)s。没有等待协调的诉求了。", done=done))
        return redirect(url_for("cases.index"))
    flash(gettext("%(done)s，下一件", done=done))
    return redirect(url_for("cases.triage", reference=following))
