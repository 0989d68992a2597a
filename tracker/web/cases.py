"""Pages of cases."""

from flask import Blueprint

from tracker.web import case_list

blueprint = Blueprint("cases", __name__, url_prefix="/cases")


@blueprint.get("")
def index() -> str:
    return case_list.page()
