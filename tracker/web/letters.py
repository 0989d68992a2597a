"""Pages of letters."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.door import prepares
from tracker.web import case_acts, letter_list, letter_page

blueprint = Blueprint("letters", __name__, url_prefix="/letters")
letter_list.Letters().stand_in(blueprint)


@blueprint.post("/for/<reference>")
def new(reference: str) -> ResponseReturnValue:
    return case_acts.draft_letter(reference)


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return letter_page.show(public_id)


@blueprint.post("/<public_id>")
@prepares(letter_page.typed_preview)
def edit(public_id: str) -> ResponseReturnValue:
    return letter_page.edit(public_id)


@blueprint.post("/<public_id>/moves")
@prepares(letter_page.stored_preview)
def move(public_id: str) -> ResponseReturnValue:
    return letter_page.move(public_id)


@blueprint.get("/<public_id>/pdf")
def pdf(public_id: str) -> Response:
    return letter_page.pdf(public_id)


@blueprint.post("/<public_id>/preview")
def preview(public_id: str) -> Response:
    return letter_page.preview(public_id)
