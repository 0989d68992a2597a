"""Pages of what members hand in (三个一)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker.web import submission_conversions, submission_form, submission_list, submission_page

blueprint = Blueprint("submissions", __name__, url_prefix="/submissions")
submission_list.Submissions().stand_in(blueprint)


@blueprint.get("/new")
def new() -> str:
    return submission_form.new()


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    return submission_form.create()


@blueprint.get("/conversions")
def register() -> str:
    return submission_conversions.register()


@blueprint.get("/for/<reference>")
def ask_from_case(reference: str) -> str:
    return submission_conversions.ask_from_case(reference)


@blueprint.post("/for/<reference>")
def from_case(reference: str) -> ResponseReturnValue:
    return submission_conversions.from_case(reference)


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return submission_page.show(public_id)


@blueprint.post("/<public_id>/moves")
def move(public_id: str) -> ResponseReturnValue:
    return submission_page.move(public_id)


@blueprint.get("/<public_id>/edit")
def edit(public_id: str) -> ResponseReturnValue:
    return submission_form.edit(public_id)


@blueprint.post("/<public_id>/edit")
def correct(public_id: str) -> ResponseReturnValue:
    return submission_form.correct(public_id)


@blueprint.get("/<public_id>/case")
def ask_into_case(public_id: str) -> str:
    return submission_conversions.ask_into_case(public_id)


@blueprint.post("/<public_id>/case")
def into_case(public_id: str) -> ResponseReturnValue:
    return submission_conversions.into_case(public_id)


@blueprint.post("/<public_id>/topic")
def carry_on(public_id: str) -> ResponseReturnValue:
    return submission_conversions.carry_on(public_id)
