"""One's own account: the person, the browsers that are signed in, the tokens of programs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import ApiToken, LoginSession, Membership, Person
from tracker.rules.actors import Actor
from tracker.rules.words import N_

GONE = N_("没有这一条，可能已经结束了")


def own(actor: Actor) -> Person:
    """The person behind the actor, with posts and their units."""
    found = db.session.scalar(
        select(Person)
        .where(Person.id == actor.person_id)
        .options(selectinload(Person.posts).joinedload(Membership.unit))
    )
    if found is None:
        raise NotFound
    return found


def open_sessions(actor: Actor, now: datetime) -> Sequence[LoginSession]:
    """Newest use first."""
    return db.session.scalars(
        select(LoginSession)
        .where(
            LoginSession.person_id == actor.person_id,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(LoginSession.last_seen_at.desc())
    ).all()


def open_tokens(actor: Actor, now: datetime) -> Sequence[ApiToken]:
    return db.session.scalars(
        select(ApiToken)
        .where(ApiToken.person_id == actor.person_id, ApiToken.ended_at.is_(None), ApiToken.expires_at > now)
        .order_by(ApiToken.id.desc())
    ).all()


def own_session(public_id: str, actor: Actor) -> LoginSession:
    found = db.session.scalar(
        select(LoginSession).where(
            LoginSession.public_id == public_id, LoginSession.person_id == actor.person_id
        )
    )
    if found is None:
        raise NotFound(GONE)
    return found


def own_token(public_id: str, actor: Actor) -> ApiToken:
    found = db.session.scalar(
        select(ApiToken).where(ApiToken.public_id == public_id, ApiToken.person_id == actor.person_id)
    )
    if found is None:
        raise NotFound(GONE)
    return found
