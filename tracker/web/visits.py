"""Pages of visits."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.web import visit_form, visit_list, visit_page

blueprint = Blueprint("visits", __name__, url_prefix="/visits")


@blueprint.get("")
def index() -> str:
    return visit_list.page()


@blueprint.get("/export")
def export() -> Response:
    return visit_list.export()


@blueprint.post("/bulk")
def bulk() -> ResponseReturnValue:
    return visit_list.act()


@blueprint.get("/new")
def new() -> str:
    return visit_form.new()


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    return visit_form.create()


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return visit_page.show(public_id)
