"""Addresses of visits."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.door import prepares
from tracker.web import visit_edit, visit_form, visit_list, visit_page, visit_phone, visit_photos

blueprint = Blueprint("visits", __name__, url_prefix="/visits")
visit_list.Visits().stand_in(blueprint)


@blueprint.get("/new")
def new() -> str:
    return visit_form.new()


@blueprint.get("/offline")
def offline() -> Response:
    return visit_phone.offline()


@blueprint.get("/sending")
def sending() -> Response:
    return visit_phone.sending()


@blueprint.get("/worker.js")
def worker() -> Response:
    return visit_phone.worker()


@blueprint.post("/new")
@prepares(visit_photos.chosen)
def create() -> ResponseReturnValue:
    return visit_form.create()


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return visit_page.show(public_id)


@blueprint.get("/<public_id>/edit")
def edit(public_id: str) -> str:
    return visit_edit.edit(public_id)


@blueprint.post("/<public_id>/edit")
def correct(public_id: str) -> ResponseReturnValue:
    return visit_edit.correct(public_id)


@blueprint.post("/<public_id>/photos")
@prepares(visit_photos.chosen)
def add_photos(public_id: str) -> ResponseReturnValue:
    return visit_photos.add(public_id)
