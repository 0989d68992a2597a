"""单位: the committee's tree, as the administrator keeps it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import units as acts
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import FieldError
from tracker.incoming.schema import read
from tracker.incoming.units import UnitEdit, UnitIn
from tracker.models.committee import UNIT_KINDS
from tracker.queries import directory
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.web import faults, words

blueprint = Blueprint("units", __name__, url_prefix="/units")

Page = tuple[str, int]


@blueprint.get("")
def index() -> str:
    permissions.require_any(door.signed_in(), "unit.edit")
    return _page()


@blueprint.get("/new")
def new() -> str:
    permissions.require_any(door.signed_in(), "unit.edit")
    return _form({"kind": "department"})


@blueprint.post("/new")
def create() -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "unit.edit")
    try:
        with door.attempt():
            unit = acts.add(read(UnitIn, values(request.form)), by=by)
    except faults.REDRAWN as refused:
        return _form(values(request.form), faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已添加。接着到“人员”里，给这个单位的人开账号。", name=unit.name), "ok")
    return _back(unit.public_id)


@blueprint.post("/<public_id>")
def edit(public_id: str) -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "unit.edit")
    unit = directory.unit(public_id, by)
    given = {"name": request.form.get("name", ""), "is_active": "is_active" in request.form}
    try:
        with door.attempt():
            acts.edit(unit, read(UnitEdit, given), by=by)
    except faults.REDRAWN as refused:
        return _page(public_id, given, faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已保存。", name=unit.name), "ok")
    return _back(public_id)


def _page(opened: str = "", given: dict[str, Any] | None = None, errors: Sequence[FieldError] = ()) -> str:
    """``opened`` is the unit whose form stands open, with what was typed and what was wrong with it."""
    return render_template(
        "units/index.html",
        rows=directory.units(door.signed_in()),
        kinds={code: gettext(word) for code, word in words.UNIT_KINDS.items()},
        opened=opened,
        given=given or {},
        errors=errors,
    )


def _form(given: dict[str, Any], errors: Sequence[FieldError] = ()) -> str:
    return render_template(
        "units/new.html",
        given=given,
        errors=errors,
        kinds=[(kind, words.say(words.UNIT_KINDS, kind)) for kind in UNIT_KINDS if kind != "committee"],
        parents=_parents(door.signed_in()),
    )


def _parents(actor: Actor) -> list[tuple[str, str]]:
    """The units in use, as the tree leads; the committee itself on top."""
    rows = [row for row in directory.units(actor) if row.unit.is_active]
    return [(row.unit.public_id, "\u3000" * row.depth + row.unit.name) for row in rows]


def _back(public_id: str) -> Response:
    return make_response(redirect(url_for("units.index", _anchor=f"unit-{public_id}")))
