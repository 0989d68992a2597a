"""What people decide about the forms they see: corrections are kept, everything is confirmed, or given up."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.actions import form_imports, form_uploads
from tracker.door import forms, policy
from tracker.door.language import gettext
from tracker.extensions import clock
from tracker.incoming import form_checks
from tracker.incoming.form_checks import Checked
from tracker.incoming.form_imports import Choices
from tracker.incoming.schema import read
from tracker.models import FormImport
from tracker.queries import form_imports as find
from tracker.queries.form_imports import VISIT_KINDS
from tracker.web import faults, import_page

Fixes = dict[str, dict[str, Any]]
BOXES = ("help_needed", "coordination_needed")
REMOVED = "-"


def correct(public_id: str) -> ResponseReturnValue:
    imported = find.get(public_id, door.signed_in())
    policy.ask(imported)
    try:
        with door.attempt():
            form_imports.correct(imported, _fixes(imported), by=door.signed_in())
    except faults.REDRAWN as refused:
        return import_page.draw(imported, errors=faults.told(refused)), faults.status(refused)
    flash(gettext("已保存修改，还没有导入。"))
    return redirect(
        url_for(
            "imports.show",
            public_id=public_id,
            show=request.args.get("show"),
            page=request.args.get("page"),
        )
    )


def confirm(public_id: str) -> ResponseReturnValue:
    """Everything or nothing; what is in the way is told form by form."""
    actor = door.signed_in()
    imported = find.get(public_id, actor)
    policy.ask(imported)
    typed = forms.values(request.form)
    given = {name: value for name, value in typed.items() if name in ("circle", "area")}
    given |= {name: name in typed for name in ("consent_process", "cases")}
    try:
        with door.attempt():
            choices = read(Choices, given)
            done = form_imports.confirm(imported, choices, _fixes(imported), by=actor)
    except faults.REDRAWN as refused:
        errors = faults.told(refused)
        return import_page.draw(imported, errors=errors, chosen=given), faults.status(refused)
    if done.taken and done.taken.invited:
        door.repeat_with(import_page.draw(imported))
        return import_page.draw(imported, invited=done.taken.invited)
    flash(
        gettext("已导入。") if imported.status == "confirmed" else gettext("正在存入，完成后这里会显示结果。")
    )
    return redirect(url_for("imports.show", public_id=public_id))


def discard(public_id: str) -> ResponseReturnValue:
    imported = find.get(public_id, door.signed_in())
    form_uploads.discard(imported, by=door.signed_in())
    flash(gettext("已放弃，文件和读出的内容都已删除。"))
    return redirect(url_for("imports.index"))


def _fixes(imported: FormImport) -> Fixes:
    """The forms that were on the page, as far as something was changed or looked at."""
    sent = forms.values(request.form).get("f", {})
    if not isinstance(sent, dict):
        return {}
    shown = {one.stored.id: one for one in form_checks.look(imported, door.signed_in(), clock())}
    return {
        name: _fix(shown[name], given)
        for name, given in sent.items()
        if name in shown and isinstance(given, dict)
    }


def _fix(one: Checked, given: dict[str, Any]) -> dict[str, Any]:
    wanted = _typed(one, given)
    was = {name: _blank(one.stored.fields.get(name)) for name in wanted}
    changed = {name: value for name, value in wanted.items() if value != was[name]}
    if "seen" in given:
        changed |= {fault.field: wanted[fault.field] for fault in one.doubts if fault.field in wanted}
    fix: dict[str, Any] = {"fields": changed}
    keep = given.get("keep")
    if keep in ("0", "1") and (keep == "0") != one.is_left_out:
        fix["keep"] = keep == "1"
    if one.stored.kind in VISIT_KINDS:
        fix["cases"] = {box: ["case" in row for row in _rows(given, box)] for box in BOXES}
    return fix


def _typed(one: Checked, given: dict[str, Any]) -> dict[str, Any]:
    """Every field the page shows, an emptied one included."""
    found: dict[str, Any] = {}
    for name in import_page.fields_of(one):
        if name in BOXES:
            found[name] = [row["text"] for row in _rows(given, name)]
        elif name == "visitors":
            people = given.get(name, [])
            listed = people if isinstance(people, list) else []
            found[name] = [text for text in listed if text != REMOVED]
        else:
            found[name] = _blank(given.get(name))
            if name == "persons_count" and str(found[name] or "").isdecimal():
                found[name] = int(found[name])
    return found


def _rows(given: dict[str, Any], box: str) -> list[dict[str, Any]]:
    rows = given.get(box, [])
    listed = rows if isinstance(rows, list) else []
    return [row for row in listed if isinstance(row, dict) and str(row.get("text", "")).strip()]


def _blank(value: Any) -> Any:
    if isinstance(value, str):
        # What a browser sends has other line ends than what was read.
        value = value.replace("\r\n", "\n").strip()
    return None if value == "" else value
