"""One's own account: only one's own, and only what is still open."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.queries.conftest import Filled
from tests.world import NOW, World
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import ApiToken, LoginSession, Person
from tracker.queries import accounts
from tracker.rules.actors import system

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    with filling.world.writing():
        for who, name, seen, expires, ended in (
            ("clerk", "first", NOW - 2 * HOUR, NOW + HOUR, None),
            ("clerk", "latest", NOW, NOW + HOUR, None),
            ("clerk", "older", NOW - 3 * HOUR, NOW + HOUR, None),
            ("clerk", "over", NOW, NOW, None),
            ("clerk", "ended", NOW, NOW + HOUR, NOW - HOUR),
            ("clerk2", "theirs", NOW, NOW + HOUR, None),
        ):
            filling.known[name] = _session(filling.world, who, name, seen, expires, ended)
            filling.known[f"token {name}"] = _token(filling.world, who, name, expires, ended)
    return filling


def _person(world: World, who: str) -> int:
    number = world.actor(who).id
    assert number is not None
    return number


def _session(
    world: World, who: str, name: str, seen: datetime, expires: datetime, ended: datetime | None
) -> str:
    row = LoginSession(
        token_hash=name.encode().ljust(32),
        person_id=_person(world, who),
        last_seen_at=seen,
        expires_at=expires,
        ended_at=ended,
    )
    db.session.add(row)
    db.session.flush()
    return row.public_id


def _token(world: World, who: str, name: str, expires: datetime, ended: datetime | None) -> str:
    row = ApiToken(
        token_hash=name.encode().ljust(32), person_id=_person(world, who), expires_at=expires, ended_at=ended
    )
    db.session.add(row)
    db.session.flush()
    return row.public_id


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def test_open_browsers_are_told_last_used_first(reading: Filled) -> None:
    found = accounts.open_sessions(reading.world.actor("clerk"), NOW)
    assert reading.names(row.public_id for row in found) == ["latest", "first", "older"]


def test_open_tokens_are_told_newest_first(reading: Filled) -> None:
    found = accounts.open_tokens(reading.world.actor("clerk"), NOW)
    assert reading.names(row.public_id for row in found) == ["token older", "token latest", "token first"]


@pytest.mark.parametrize(("later", "left"), [(HOUR - timedelta(seconds=1), 3), (HOUR, 0)])
def test_at_the_moment_it_expires_it_is_over(later: timedelta, left: int, reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    assert len(accounts.open_sessions(clerk, NOW + later)) == left
    assert len(accounts.open_tokens(clerk, NOW + later)) == left


@pytest.mark.parametrize("who", ["member", "dt-clerk"])
def test_who_has_none_is_told_of_none(who: str, reading: Filled) -> None:
    actor = reading.world.actor(who)
    assert not accounts.open_sessions(actor, NOW) and not accounts.open_tokens(actor, NOW)


def test_ones_own_are_found_by_their_public_id_also_when_they_ended(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    assert accounts.own_session(reading.known["ended"], clerk).ended_at == NOW - HOUR
    assert accounts.own_token(reading.known["token over"], clerk).expires_at == NOW


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("name", ["theirs", "token theirs", "token first", "nothing"])
def test_another_persons_browser_does_not_exist(name: str, reading: Filled) -> None:
    with pytest.raises(NotFound):
        accounts.own_session(reading.known.get(name, name), reading.world.actor("clerk"))


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("name", ["token theirs", "theirs", "first", "nothing"])
def test_another_persons_token_does_not_exist(name: str, reading: Filled) -> None:
    with pytest.raises(NotFound):
        accounts.own_token(reading.known.get(name, name), reading.world.actor("clerk"))


def test_the_account_comes_with_its_posts_and_their_units(reading: Filled) -> None:
    person = accounts.own(reading.world.actor("dept"))
    assert [(post.role, post.unit.name) for post in person.posts] == [("handler", "区住房和城乡建设局")]


def test_who_is_no_person_has_no_account(reading: Filled) -> None:
    committee = reading.world.actor("clerk").committee_id
    resident = reading.world.actor("clerk")
    with pytest.raises(NotFound):
        accounts.own(system(committee))
    # The resident of the case with a clerk's number is not that clerk.
    object.__setattr__(resident, "kind", "resident")
    with pytest.raises(NotFound):
        accounts.own(resident)
    assert db.session.scalar(select(Person.id).where(Person.id == resident.id))
