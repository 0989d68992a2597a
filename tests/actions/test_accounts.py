"""What people do to their own sessions, tokens, notices and language."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, World
from tracker.actions import accounts, bell, people
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import ApiToken, Event, LoginSession, Notice, Person
from tracker.queries.people import as_actor
from tracker.rules import tokens

LATER = NOW + timedelta(hours=1)


def person(login: str) -> Person:
    return db.session.scalars(select(Person).where(Person.login == login)).one()


@pytest.fixture
def browsers(huiyin: World) -> dict[str, int]:
    """Three signed-in browsers: two of the member, one of the clerk."""
    with huiyin.writing():
        rows = {
            name: LoginSession(
                token_hash=tokens.digest(name),
                person_id=person(login).id,
                last_seen_at=NOW,
                expires_at=NOW + timedelta(days=1),
            )
            for name, login in (("one", "xs-member"), ("two", "xs-member"), ("clerk", "xs-clerk"))
        }
        db.session.add_all(rows.values())
        db.session.flush()
        return {name: row.id for name, row in rows.items()}


def ended(world: World) -> list[int]:
    with world.reading():
        query = select(LoginSession.id).where(LoginSession.ended_at.is_not(None))
        return list(db.session.scalars(query.order_by(LoginSession.id)))


def test_a_browser_of_ones_own_is_signed_out(huiyin: World, browsers: dict[str, int]) -> None:
    with huiyin.writing(LATER):
        accounts.end(db.session.get_one(LoginSession, browsers["one"]), by=huiyin.actor("member"))
    assert ended(huiyin) == [browsers["one"]]


@pytest.mark.parametrize("who", ["member2", "clerk", "admin", "director"])
def test_a_browser_of_somebody_else_does_not_exist(huiyin: World, browsers: dict[str, int], who: str) -> None:
    with pytest.raises(NotFound), huiyin.writing():
        accounts.end(db.session.get_one(LoginSession, browsers["one"]), by=huiyin.actor(who))
    assert ended(huiyin) == []


def test_ending_twice_keeps_the_first_moment(huiyin: World, browsers: dict[str, int]) -> None:
    for moment in (NOW, LATER):
        with huiyin.writing(moment):
            accounts.end(db.session.get_one(LoginSession, browsers["one"]), by=huiyin.actor("member"))
    with huiyin.reading():
        assert db.session.get_one(LoginSession, browsers["one"]).ended_at == NOW


def test_all_other_browsers_are_signed_out_and_nobody_elses(huiyin: World, browsers: dict[str, int]) -> None:
    with huiyin.writing():
        accounts.end_other_sessions(by=as_actor(person("xs-member"), browsers["two"]))
    assert ended(huiyin) == [browsers["one"]]


def test_a_token_of_ones_own_is_taken_back(huiyin: World) -> None:
    with huiyin.writing():
        people.issue_token(person("xs-member"), "报表", by=huiyin.actor("member"))
        row = db.session.scalars(select(ApiToken)).one()
        with pytest.raises(NotFound):
            accounts.end(row, by=huiyin.actor("clerk"))
        accounts.end(row, by=huiyin.actor("member"))
        assert row.ended_at == NOW


def test_a_language_is_chosen_without_a_trace_and_without_a_new_version(huiyin: World) -> None:
    with huiyin.reading():
        version, events = person("xs-member").version, db.session.query(Event).count()
    with huiyin.writing():
        accounts.choose_language("en", by=huiyin.actor("member"))
    with huiyin.reading():
        assert (person("xs-member").locale, person("xs-member").version) == ("en", version)
        assert person("xs-clerk").locale == "zh"
        assert db.session.query(Event).count() == events


# --- the bell
@pytest.fixture
def notices(huiyin: World) -> dict[str, int]:
    """A line for each of two people about the same event."""
    huiyin.raised()
    with huiyin.writing():
        event = db.session.scalars(select(Event.id)).first()
        rows = {
            login: Notice(
                committee_id=1, person_id=person(f"xs-{login}").id, event_id=event, template="case.raise"
            )
            for login in ("clerk", "clerk2")
        }
        db.session.add_all(rows.values())
        db.session.flush()
        return {login: row.id for login, row in rows.items()}


def unread(world: World) -> set[int]:
    with world.reading():
        return set(db.session.scalars(select(Notice.id).where(Notice.read_at.is_(None))))


def test_reading_one_line_leaves_the_others_unread(huiyin: World, notices: dict[str, int]) -> None:
    with huiyin.writing():
        bell.read(db.session.get_one(Notice, notices["clerk"]), by=huiyin.actor("clerk"))
    assert unread(huiyin) == {notices["clerk2"]}


def test_reading_again_keeps_the_first_moment(huiyin: World, notices: dict[str, int]) -> None:
    for moment in (NOW, LATER):
        with huiyin.writing(moment):
            bell.read(db.session.get_one(Notice, notices["clerk"]), by=huiyin.actor("clerk"))
            bell.read_all(by=huiyin.actor("clerk"))
    with huiyin.reading():
        assert db.session.get_one(Notice, notices["clerk"]).read_at == NOW


def test_anothers_line_does_not_exist(huiyin: World, notices: dict[str, int]) -> None:
    before = everything(huiyin)
    with pytest.raises(NotFound), huiyin.writing():
        bell.read(db.session.get_one(Notice, notices["clerk"]), by=huiyin.actor("clerk2"))
    assert everything(huiyin) == before


def test_all_of_ones_own_are_read_at_once(huiyin: World, notices: dict[str, int]) -> None:
    with huiyin.writing():
        bell.read_all(by=huiyin.actor("clerk2"))
    assert unread(huiyin) == {notices["clerk"]}
