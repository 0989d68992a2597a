"""Pages of visits."""

from flask import Blueprint

from tracker.web import visit_list

blueprint = Blueprint("visits", __name__, url_prefix="/visits")


@blueprint.get("")
def index() -> str:
    return visit_list.page()
