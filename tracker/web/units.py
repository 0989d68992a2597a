"""单位: the committee's tree, as the administrator keeps it."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import door
from tracker.actions import people as acts
from tracker.errors import FieldError
from tracker.incoming.schema import read
from tracker.incoming.units import UnitEdit
from tracker.queries import directory
from tracker.rules import permissions
from tracker.web import faults, words

blueprint = Blueprint("units", __name__, url_prefix="/units")

Page = tuple[str, int]


@blueprint.get("")
def index() -> str:
    permissions.require_any(door.signed_in(), "unit.edit")
    return _page()


@blueprint.post("/<public_id>")
def edit(public_id: str) -> Page | Response:
    by = door.signed_in()
    permissions.require_any(by, "unit.edit")
    unit = directory.unit(public_id, by)
    try:
        with door.attempt():
            given = read(
                UnitEdit, {"name": request.form.get("name", ""), "is_active": "is_active" in request.form}
            )
            acts.edit_unit(unit, name=given.name, is_active=given.is_active, by=by)
    except faults.REDRAWN as refused:
        return _page(public_id, faults.told(refused)), faults.status(refused)
    flash(gettext("“%(name)s”已保存。", name=unit.name), "ok")
    return make_response(redirect(url_for("units.index")))


def _page(opened: str = "", errors: list[FieldError] | None = None) -> str:
    return render_template(
        "units/index.html",
        rows=directory.units(door.signed_in()),
        kinds={code: gettext(word) for code, word in words.UNIT_KINDS.items()},
        opened=opened,
        errors=errors or [],
    )
