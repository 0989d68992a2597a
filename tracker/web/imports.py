"""导入表格: filled forms are uploaded, looked through beside their originals, and confirmed."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker import door
from tracker.web import import_acts, import_list, import_page

blueprint = Blueprint("imports", __name__, url_prefix="/imports")


@blueprint.get("")
def index() -> str:
    return import_list.page()


@blueprint.post("")
@door.prepares(import_list.chosen)
def upload() -> ResponseReturnValue:
    return import_list.upload()


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return import_page.show(public_id)


@blueprint.post("/<public_id>")
def correct(public_id: str) -> ResponseReturnValue:
    return import_acts.correct(public_id)


@blueprint.post("/<public_id>/confirm")
def confirm(public_id: str) -> ResponseReturnValue:
    return import_acts.confirm(public_id)


@blueprint.post("/<public_id>/discard")
def discard(public_id: str) -> ResponseReturnValue:
    return import_acts.discard(public_id)


@blueprint.get("/originals/<public_id>")
def original(public_id: str) -> Response:
    return import_page.original(public_id)
