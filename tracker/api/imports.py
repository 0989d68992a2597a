"""Calls about filled forms: upload, look, correct, confirm."""

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from flask import Response, current_app, request, url_for

from tracker import door
from tracker.actions import form_imports as acts
from tracker.actions import form_uploads as uploads
from tracker.actions.form_uploads import Sealed
from tracker.api.answers.imports import ImportAnswer, ImportQueued, import_answer
from tracker.api.calls import Sent, call, respond
from tracker.door import signed_in
from tracker.errors import Invalid, WrongType
from tracker.extensions import clock
from tracker.incoming import form_checks
from tracker.incoming.form_imports import Choices, ConfirmIn, UploadQuery
from tracker.incoming.schema import read
from tracker.models import FormImport
from tracker.outgoing import progress
from tracker.queries import form_imports
from tracker.rules import permissions
from tracker.rules.words import N_


def _seal() -> Callable[[], Sealed]:
    """Reading and sealing what came needs no lock."""
    if request.mimetype != "multipart/form-data":
        raise WrongType(N_("请用 multipart/form-data 发送文件"))
    files = []
    for entry in request.files.getlist("file"):
        with closing(entry):
            files.append((entry.filename or "file", entry.read()))
    return lambda: uploads.seal(files)


@call(
    "POST",
    "/imports/forms",
    N_("上传填好的表格，读出来供核对；file 可以重复"),
    upload="FormsUpload",
    gives=ImportQueued,
    status=202,
)
@door.prepares(_seal)
def upload_forms() -> Response:
    actor = signed_in()
    permissions.require_any(actor, "import.create")
    given = {name: value for name, value in request.form.items() if value}
    imported = uploads.receive(door.made(), read(UploadQuery, given), by=actor)
    answer = ImportQueued(id=imported.public_id, status=imported.status)
    return respond(answer, 202, url_for("api.show_import", public_id=imported.public_id))


@call("GET", "/imports/{public_id}", N_("一次导入：进度，读出的表和结果"), gives=ImportAnswer)
def show_import(public_id: str) -> ImportAnswer:
    return _answer(form_imports.get(public_id, signed_in()))


@call(
    "POST",
    "/imports/{public_id}/confirm",
    N_("确认导入，可以带上改过的表；全部存好或者都不存"),
    takes=ConfirmIn,
    gives=ImportAnswer,
)
def confirm_import(sent: Sent[ConfirmIn], public_id: str) -> ImportAnswer:
    actor = signed_in()
    imported = form_imports.get(public_id, actor)
    permissions.require(actor, "confirm", imported)
    given = sent.read()
    choices = Choices.model_validate(given.model_dump(exclude={"forms"}))
    acts.confirm(imported, choices, _fixes(imported, given), by=actor)
    return _answer(imported)


def _fixes(imported: FormImport, given: ConfirmIn) -> dict[str, Mapping[str, Any]]:
    """By the forms' ids; only what differs from what is known counts as a correction."""
    stored = form_imports.forms(imported)
    known = {one.id: one for one in stored}
    if len(given.forms) > len(stored):
        raise Invalid.one("forms", N_("这次导入里没有这份表"))
    fixes: dict[str, Mapping[str, Any]] = {}
    for position, fix in enumerate(given.forms):
        one = known.get(fix.id) if fix.id else stored[position]
        if one is None:
            raise Invalid.one(f"forms.{position}.id", N_("这次导入里没有这份表"))
        said = fix.model_dump(include={"cases", "keep"}, exclude_none=True)
        changed = {name: v for name, v in (fix.fields or {}).items() if one.fields.get(name) != v}
        fixes[one.id] = said | {"fields": changed}
    return fixes


def _answer(imported: FormImport) -> ImportAnswer:
    instance = str(current_app.config["HUIYIN_INSTANCE"])
    return import_answer(
        imported,
        form_checks.look(imported, signed_in(), clock()),
        form_imports.visits_of(imported),
        progress.told(instance, imported.public_id) if imported.is_waiting else None,
        stuck=form_imports.is_stuck(imported),
    )
