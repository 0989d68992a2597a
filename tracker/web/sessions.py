"""Coming in and going out."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask import session as signed_cookie
from flask_login import current_user

from tracker.actions import people
from tracker.door import limits, sessions
from tracker.errors import Invalid, NotFound
from tracker.incoming.people import PasswordIn
from tracker.incoming.schema import read
from tracker.models import Person
from tracker.queries import contact_page
from tracker.rules.words import N_
from tracker.web import faults
from tracker.web.targets import inside

blueprint = Blueprint("sessions", __name__)

Page = tuple[str, int]


@blueprint.get("/sign-in")
def form() -> str | Response:
    target = inside(request.args.get("next"))
    if current_user.is_authenticated:
        return make_response(redirect(target))
    return _form(target)


@blueprint.post("/sign-in")
def sign_in() -> Page | Response:
    target = inside(request.form.get("next"))
    try:
        person, token = sessions.sign_in(request.form.get("login", ""), request.form.get("password", ""))
    except Invalid as refused:
        return _form(target, refused), 422
    limits.forgive("sign", request.form.get("login", ""))
    return _let_in(person, token, target)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    response = make_response(redirect(url_for("sessions.form")))
    sessions.end(current_user.session_id, response)
    return response


@blueprint.get("/invitation/<token>")
def invitation(token: str) -> str:
    """The page behind a one-time link. Opening it uses nothing up: mail scanners open links too."""
    return render_template("sessions/invitation.html", token=token)


@blueprint.post("/invitation")
def accept() -> Page | Response:
    token = request.form.get("token", "")
    try:
        if request.form.get("password") != request.form.get("again"):
            raise Invalid.one("again", N_("两次输入的密码不一样"))
        person = people.accept_invitation(
            token, read(PasswordIn, {"password": request.form.get("password", "")})
        )
    except Invalid as refused:
        return render_template("sessions/invitation.html", token=token, errors=faults.told(refused)), 422
    except NotFound as refused:
        return render_template("sessions/spent.html", message=refused.message), 404
    return _let_in(person, sessions.open_for(person), url_for("pages.desk"))


def _let_in(person: Person, token: str, target: str) -> Response:
    """The session begins anew: the one this browser had ends, and what was signed for the visitor is gone."""
    if current_user.is_authenticated:
        sessions.end_row(current_user.session_id)
    if person.locale != "zh":
        signed_cookie["language"] = person.locale
    response = make_response(redirect(target))
    sessions.set_cookie(response, token)
    return response


def _form(target: str, refused: Invalid | None = None) -> str:
    return render_template(
        "sessions/form.html",
        target=target,
        login=request.form.get("login", ""),
        errors=faults.told(refused) if refused else [],
        demo=current_app.config["HUIYIN_DEMO"],
        contact=bool(contact_page.opened()),
    )
