"""Server-side sessions: a random token in a cookie, its hash in a row that can be ended at once."""

import secrets
from datetime import datetime, timedelta

from flask import Response, current_app, g, request
from flask import session as signed_cookie
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tracker.errors import Invalid
from tracker.extensions import clock, db, transaction
from tracker.models import LoginSession, Person
from tracker.models.base import new_public_id
from tracker.queries import people
from tracker.rules import passwords, tokens
from tracker.rules.actors import Actor
from tracker.rules.words import N_

TOUCH_EVERY = timedelta(minutes=5)
_SESSION_COLUMNS = (LoginSession.id.label("session_id"), LoginSession.last_seen_at, LoginSession.expires_at)
# Built once: every page begins with it.
_BY_COOKIE = people.with_posts(
    select(*people.DOOR_COLUMNS, *_SESSION_COLUMNS)
    .select_from(LoginSession)
    .join(Person, Person.id == LoginSession.person_id)
).where(LoginSession.token_hash == bindparam("token"), LoginSession.ended_at.is_(None), Person.is_active)


def actor() -> Actor | None:
    """The signed-in person behind the cookie: one statement for session, person and posts."""
    token = request.cookies.get(current_app.config["LOGIN_COOKIE_NAME"])
    if not token:
        return None
    rows = db.session.execute(_BY_COOKIE, {"token": tokens.digest(token)}).all()
    if not rows or _is_over(rows[0].expires_at, rows[0].last_seen_at):
        return None
    g.login_session = (rows[0].session_id, rows[0].id, rows[0].last_seen_at)
    return people.actor_of(rows, rows[0].session_id, diary=rows[0].diary)


def sign_in(login: str, password: str) -> tuple[Person, str]:
    """The person and a fresh session token, or Invalid: same words, same work, whatever was wrong."""
    person = people.by_login(login.strip())
    if person is None or not person.password_hash:
        passwords.burn(password)
        raise _refused()
    verdict = passwords.verify(person.password_hash, password)
    if not verdict.ok or not person.is_active:
        raise _refused()
    if verdict.rehash:
        person.password_hash = passwords.hash_password(password)
    return person, open_for(person)


def open_for(person: Person) -> str:
    """A new session row; its token exists only in the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock()
    db.session.add(
        LoginSession(
            public_id=new_public_id(),
            token_hash=tokens.digest(token),
            person_id=person.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=current_app.config["HUIYIN_SESSION_HOURS"]),
            address=request.remote_addr or "",
            agent=(request.user_agent.string or "")[:200],
        )
    )
    # What was signed for the visitor before must not live on in the session.
    signed_cookie.clear()
    return token


def set_cookie(response: Response, token: str) -> None:
    config = current_app.config
    response.set_cookie(
        config["LOGIN_COOKIE_NAME"],
        token,
        secure=config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def end(session_id: int | None, response: Response) -> None:
    """End the row and tell the browser to forget what it was shown.

    Not its "storage": visits written without a signal wait there for their writer (docs/threats.md).
    """
    end_row(session_id)
    signed_cookie.clear()
    response.delete_cookie(current_app.config["LOGIN_COOKIE_NAME"], path="/")
    response.headers["Clear-Site-Data"] = '"cache", "cookies"'


def end_row(session_id: int | None) -> None:
    db.session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.ended_at.is_(None))
        .values(ended_at=clock())
    )


def touch() -> None:
    """Note the visit at most every five minutes, in a short transaction of its own."""
    session_id, person_id, seen_at = g.pop("login_session", (None, None, None))
    now = clock()
    if seen_at is None or now - seen_at < TOUCH_EVERY:
        return
    try:
        with transaction("write"):
            db.session.execute(
                update(LoginSession).where(LoginSession.id == session_id).values(last_seen_at=now)
            )
            db.session.execute(update(Person).where(Person.id == person_id).values(last_seen_at=now))
    except (OperationalError, NoConnection):
        # Somebody else is writing; the next page will note it.
        return


def _is_over(expires_at: datetime, last_seen_at: datetime) -> bool:
    now = clock()
    idle = timedelta(minutes=current_app.config["HUIYIN_SESSION_IDLE_MINUTES"])
    # The row is touched every few minutes only, so the idle limit is that much longer.
    return now > expires_at or now - last_seen_at > idle + TOUCH_EVERY


def _refused() -> Invalid:
    return Invalid.one("password", N_("登录名或密码不对"))
