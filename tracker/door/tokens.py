"""Bearer tokens of programs."""

from flask import request
from sqlalchemy import bindparam, select

from tracker.errors import NotSignedIn
from tracker.extensions import clock, db
from tracker.models import ApiToken, Person
from tracker.queries import people
from tracker.rules import tokens
from tracker.rules.actors import Actor

# Built once: every call of a program begins with it.
_BY_TOKEN = people.with_posts(
    select(*people.DOOR_COLUMNS).select_from(ApiToken).join(Person, Person.id == ApiToken.person_id)
).where(
    ApiToken.token_hash == bindparam("token"),
    ApiToken.ended_at.is_(None),
    ApiToken.expires_at > bindparam("now"),
    Person.is_active,
)


def given() -> bool:
    return _credentials()[0].lower() == "bearer"


def actor() -> Actor:
    """The person the token belongs to, or NotSignedIn."""
    token = _credentials()[1].strip()
    rows = db.session.execute(_BY_TOKEN, {"token": tokens.digest(token), "now": clock()}).all()
    if not rows:
        raise NotSignedIn
    return people.actor_of(rows, diary=rows[0].diary)


def _credentials() -> tuple[str, str]:
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return scheme, token
