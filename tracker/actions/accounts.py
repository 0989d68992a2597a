"""What people do to their own account besides the password."""

from typing import Literal

from sqlalchemy import update

from tracker.actions.base import action, session
from tracker.errors import NotFound
from tracker.extensions import clock
from tracker.models import ApiToken, LoginSession, Person
from tracker.rules.actors import Actor


@action
def end(row: LoginSession | ApiToken, *, by: Actor) -> None:
    """A browser or a program of one's own has to sign in again."""
    if row.person_id != by.person_id:
        raise NotFound
    row.ended_at = row.ended_at or clock()


@action
def end_other_sessions(*, by: Actor) -> None:
    session().execute(
        update(LoginSession)
        .where(
            LoginSession.person_id == by.person_id,
            LoginSession.id != by.session_id,
            LoginSession.ended_at.is_(None),
        )
        .values(ended_at=clock())
    )


_PEOPLE = Person.metadata.tables["person"]


@action
def choose_language(language: Literal["zh", "en"], *, by: Actor) -> None:
    # Past the mapper: a preference must not make a form about the person stale.
    session().execute(_PEOPLE.update().where(_PEOPLE.c.id == by.person_id).values(locale=language))
