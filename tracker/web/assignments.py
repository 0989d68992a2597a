"""Pages of assignments."""

from flask import Blueprint

from tracker.web import assignment_list

blueprint = Blueprint("assignments", __name__, url_prefix="/assignments")


@blueprint.get("")
def index() -> str:
    return assignment_list.page()
