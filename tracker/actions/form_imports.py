"""Forms that were read are corrected and confirmed: all of them are stored, or none."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from tracker.actions import diary, form_visits, outbox, rosters, submissions
from tracker.actions.base import action, lock, session
from tracker.actions.imports import Progress
from tracker.actions.rosters import Taken
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming import form_checks
from tracker.incoming import rosters as roster_rows
from tracker.incoming.form_checks import Checked
from tracker.incoming.form_imports import SCHEMAS, Choices
from tracker.incoming.forms.result import FileRead, Form
from tracker.incoming.schema import read
from tracker.incoming.submissions import SubmissionIn
from tracker.models import Committee, FormImport, vault
from tracker.queries import form_imports
from tracker.queries.form_imports import VISIT_KINDS
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.words import N_

# More than this are stored in the background, with figures of how far it is.
AT_ONCE: Final = 200
NOT_READY = N_("还没有读完，或者已经确认过了")
_NOTHING = N_("没有可以导入的表格")


def _silent(_done: int) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True)
class Stored:
    """``taken`` tells of a roster; its links are told once. None while the background is still to do it."""

    taken: Taken | None = None


@action
def correct(imported: FormImport, fixes: Mapping[str, Mapping[str, Any]], *, by: Actor) -> None:
    """Keep what somebody said about forms, by their ids; nothing is made of them yet."""
    permissions.require(by, "confirm", imported)
    _must_be_ready(imported)
    _keep_fixes(form_imports.forms(imported), fixes)


@action
def confirm(
    imported: FormImport,
    choices: Choices,
    fixes: Mapping[str, Mapping[str, Any]],
    *,
    by: Actor,
    at_once: int = AT_ONCE,
    progress: Progress = _silent,
) -> Stored:
    """Store every form that is not left out, or Invalid with each fault; many of them in the background."""
    permissions.require(by, "confirm", imported)
    lock(imported)
    _must_be_ready(imported)
    imported.choices = choices.model_dump()
    _keep_fixes(form_imports.forms(imported), fixes)
    session().flush()
    checked = _checked(imported, by)
    imported.confirmed_by_id = by.person_id
    if len(checked) > at_once:
        imported.status = "storing"
        job = {"import": imported.id}
        outbox.put("store_forms", f"store_forms:{imported.public_id}", job, imported.committee_id)
        return Stored()
    return Stored(_store(imported, checked, by, progress))


@action
def finish(imported: FormImport, *, by: Actor, progress: Progress = _silent) -> None:
    """The background's part of ``confirm``; what has become wrong meanwhile is told and may be corrected."""
    if imported.status != "storing":
        return
    try:
        with session().begin_nested():
            _store(imported, _checked(imported, by), by, progress)
    except Invalid as refused:
        session().refresh(imported)
        imported.status, imported.failure = "ready", str(refused.errors[0])[:200]


def _must_be_ready(imported: FormImport) -> None:
    if imported.status != "ready":
        raise Conflict(NOT_READY, version=imported.version)


def _keep_fixes(stored: Sequence[form_imports.Stored], fixes: Mapping[str, Mapping[str, Any]]) -> None:
    known = {one.id: one for one in stored}
    for form_id, fix in fixes.items():
        if form_id not in known:
            raise Invalid.one(form_id, N_("这次导入里没有这份表"))
        one = form_checks.corrected(known[form_id], fix)
        if unknown := set(one.corrected) - set(_fields(one)):
            raise Invalid.one(f"{form_id}.{min(unknown)}", N_("没有这个字段，请检查拼写"))
        if one.kind not in SCHEMAS and not all(isinstance(v, str | None) for v in one.corrected.values()):
            raise Invalid.one(form_id, N_("请填写文字"))
        said = {"corrected": one.corrected, "keep": one.keep, "cases": one.cases}
        one.row.corrected_sealed = vault.seal(
            "import_form", one.id, "corrected", json.dumps(said, ensure_ascii=False)
        )


def _fields(one: form_imports.Stored) -> set[str]:
    schema = SCHEMAS.get(one.kind)
    return set(one.read) | set(schema.model_fields if schema else ())


def _checked(imported: FormImport, by: Actor) -> list[Checked]:
    """Locked, so that two imports of one committee cannot both find a visit missing."""
    lock(session().get_one(Committee, imported.committee_id))
    checked = form_checks.look(imported, by, clock())
    if faults := form_checks.blocking(checked):
        raise Invalid(faults)
    if not checked:
        raise Invalid.one("forms", _NOTHING)
    return checked


def _store(imported: FormImport, checked: Sequence[Checked], by: Actor, progress: Progress) -> Taken | None:
    choices = Choices.model_validate(imported.choices)
    for one in checked:
        one.stored.row.outcome = _without_trace(one, by)
    wanted = [one for one in checked if not one.stored.row.outcome]
    visits = [one for one in wanted if one.stored.kind in VISIT_KINDS]
    raised = form_visits.store(visits, choices, by=by, progress=progress)
    handed_in = sum(_submit(one, by) for one in wanted if one.stored.kind == "annex2")
    taken = _take_roster([one for one in wanted if one.stored.kind == "roster"], imported, by)
    outcomes = [one.stored.row.outcome for one in checked]
    imported.counts = {
        "visits": len(visits),
        "cases": len(raised),
        "submissions": handed_in,
        "people": len(taken.invited) + taken.changed if taken else 0,
        "known": outcomes.count("known"),
        "left_out": outcomes.count("left_out"),
        "kept": outcomes.count("kept"),
    }
    imported.status, imported.confirmed_at, imported.failure = "confirmed", clock(), ""
    diary.write(imported, "confirm_forms", by=by, data=dict(imported.counts), notify=bool(raised))
    return taken


def _without_trace(one: Checked, by: Actor) -> str:
    """Why nothing is made of a form; empty when something is."""
    if not form_checks.takes(one.stored.kind, by):
        return "kept"
    if one.is_left_out:
        return "left_out" if one.stored.keep is False else "known"
    return ""


def _submit(one: Checked, by: Actor) -> int:
    """How many of the three were handed in."""
    member = one.members[0]
    parts = form_checks.result_parts(one.results)
    for kind, text in parts:
        given = {"kind": kind, "text": text, "client_id": form_checks.repeat_key(kind, text)}
        given |= {"member": member.public_id} if member.id != by.person_id else {}
        try:
            submissions.submit(read(SubmissionIn, given), by=by)
        except Invalid as refused:
            raise Invalid(
                replace(fault, field=f"{one.stored.id}.{kind}") for fault in refused.errors
            ) from None
    one.stored.row.outcome = "stored"
    return len(parts)


def _take_roster(forms: Sequence[Checked], imported: FormImport, by: Actor) -> Taken | None:
    if not forms:
        return None
    rows = [Form(one.stored.fields, one.stored.confidence, (), one.stored.id) for one in forms]
    committee = session().get_one(Committee, imported.committee_id)
    entries = roster_rows.read(
        [FileRead("", "roster", (), rows)], region_word=str(committee.settings.get("region_word", ""))
    )
    taken = rosters.store(entries, by=by)
    for one in forms:
        one.stored.row.outcome = "stored"
    return taken
