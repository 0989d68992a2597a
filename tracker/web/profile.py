"""我的账号: who I am here, where I am signed in, my password and my programs."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request, url_for

from tracker import door
from tracker.actions import accounts as account_acts
from tracker.actions import people
from tracker.door import sessions
from tracker.door.forms import values
from tracker.door.language import gettext
from tracker.errors import FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.accounts import TokenIn
from tracker.incoming.people import PasswordIn
from tracker.incoming.schema import read
from tracker.models import LoginSession
from tracker.queries import accounts
from tracker.rules.words import N_
from tracker.web import faults, words

blueprint = Blueprint("profile", __name__, url_prefix="/account")

Page = tuple[str, int]

_BROWSERS = {
    "MicroMessenger": N_("微信"),
    "DingTalk": N_("钉钉"),
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class SessionRow:
    """One signed-in browser, in words."""

    public_id: str
    browser: str
    address: str
    since: str
    seen: str
    current: bool


@blueprint.get("")
def show() -> str:
    return _page()


@blueprint.post("/password")
def password() -> Page | Response:
    """Every other browser is signed out; this one goes on under a new session."""
    by = door.signed_in()
    try:
        if request.form.get("password") != request.form.get("again"):
            raise Invalid.one("again", N_("两次输入的密码不一样"))
        new = read(PasswordIn, {"password": request.form.get("password", "")})
        person = accounts.own(by)
        people.change_password(person, request.form.get("old_password", ""), new, by=by)
    except Invalid as refused:
        return _page(errors=faults.told(refused)), 422
    token = sessions.open_for(person)
    flash(gettext("密码已改，其他浏览器和程序都已退出。"), "ok")
    response = make_response(redirect(url_for("profile.show")))
    sessions.set_cookie(response, token)
    return response


@blueprint.post("/sessions/<public_id>/end")
def end_session(public_id: str) -> Response:
    by = door.signed_in()
    account_acts.end(accounts.own_session(public_id, by), by=by)
    return _back(gettext("已退出那个浏览器。"))


@blueprint.post("/sessions/end-others")
def end_others() -> Response:
    account_acts.end_other_sessions(by=door.signed_in())
    return _back(gettext("其他浏览器都已退出。"))


@blueprint.post("/tokens")
def issue_token() -> Page | str:
    """The token stands on this one answer and nowhere else."""
    by = door.signed_in()
    try:
        given = read(TokenIn, values(request.form))
    except Invalid as refused:
        return _page(errors=faults.told(refused)), 422
    token = people.issue_token(accounts.own(by), given.name, by=by)
    # A repeat of this request gets the page without the token.
    g.repeatable_body = _page().encode()
    return _page(token=token)


@blueprint.post("/tokens/<public_id>/end")
def end_token(public_id: str) -> Response:
    by = door.signed_in()
    account_acts.end(accounts.own_token(public_id, by), by=by)
    return _back(gettext("令牌已停用。"))


def _back(message: str) -> Response:
    flash(message, "ok")
    return make_response(redirect(url_for("profile.show")))


def _page(*, errors: Sequence[FieldError] = (), token: str = "") -> str:
    actor, now = door.signed_in(), clock()
    person = accounts.own(actor)
    return render_template(
        "profile/show.html",
        person=person,
        posts=[(words.role(post.role), post.unit.name) for post in person.posts],
        sessions=[_session(row, actor.session_id) for row in accounts.open_sessions(actor, now)],
        tokens=[
            (row.public_id, row.name, words.day(row.created_at, now), words.day(row.expires_at, now))
            for row in accounts.open_tokens(actor, now)
        ],
        token=token,
        given=request.form,
        errors=errors,
    )


def _session(row: LoginSession, current: int | None) -> SessionRow:
    now = clock()
    return SessionRow(
        row.public_id,
        _browser(row.agent),
        row.address,
        words.moment(row.created_at, now),
        words.moment(row.last_seen_at, now),
        row.id == current,
    )


def _browser(agent: str) -> str:
    """A name people know; the order matters, because browsers pretend to be each other."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    known = [gettext(browser) if browser else "", system]
    return " · ".join(filter(None, known)) or str(gettext("未知浏览器"))
