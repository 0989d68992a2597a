"""Pages that belong to no single thing: the desk, help, the language."""

from flask import Blueprint, Response, make_response, redirect, request
from flask import session as signed_cookie
from flask_login import current_user

from tracker import door
from tracker.actions import accounts
from tracker.door.forms import values
from tracker.incoming.accounts import LanguageIn
from tracker.incoming.schema import read
from tracker.web import desk, guide
from tracker.web.targets import inside

blueprint = Blueprint("pages", __name__)


@blueprint.get("/", endpoint="desk")
def desk_() -> str:
    return desk.page(door.signed_in())


@blueprint.get("/help", endpoint="help")
def help_() -> str:
    return guide.page()


@blueprint.post("/language")
def language() -> Response:
    given = read(LanguageIn, values(request.form))
    signed_cookie["language"] = given.code
    if current_user.is_authenticated:
        accounts.choose_language(given.code, by=door.signed_in())
    return make_response(redirect(inside(request.form.get("next"))))
