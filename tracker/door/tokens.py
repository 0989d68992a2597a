"""Bearer tokens of programs."""

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.errors import NotSignedIn
from tracker.extensions import clock, db
from tracker.models import ApiToken, Person
from tracker.queries import people
from tracker.rules import tokens
from tracker.rules.actors import Actor


def given() -> bool:
    return request.headers.get("Authorization", "").startswith("Bearer ")


def actor() -> Actor:
    """The person the token belongs to, or NotSignedIn."""
    token = request.headers["Authorization"].removeprefix("Bearer ").strip()
    person = db.session.scalar(
        select(Person)
        .join(ApiToken, ApiToken.person_id == Person.id)
        .where(
            ApiToken.token_hash == tokens.digest(token),
            ApiToken.ended_at.is_(None),
            ApiToken.expires_at > clock(),
            Person.is_active,
        )
        .options(selectinload(Person.posts))
    )
    if person is None:
        raise NotSignedIn
    return people.as_actor(person)
