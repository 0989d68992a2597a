"""Pages of assignments."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.web import assignment_list, assignment_page

blueprint = Blueprint("assignments", __name__, url_prefix="/assignments")
assignment_list.Assignments().stand_in(blueprint)


@blueprint.get("/<public_id>")
def show(public_id: str) -> str:
    return assignment_page.show(public_id)


@blueprint.post("/<public_id>/moves")
def move(public_id: str) -> ResponseReturnValue:
    return assignment_page.move(public_id)


@blueprint.get("/<public_id>/slip")
def slip(public_id: str) -> Response:
    return assignment_page.slip(public_id)
