"""Pages of letters."""

from flask import Blueprint

from tracker.web import letter_list

blueprint = Blueprint("letters", __name__, url_prefix="/letters")


@blueprint.get("")
def index() -> str:
    return letter_list.page()
