"""Who stands at the door is looked up anew whenever it is asked, and speaks one of two languages."""

import pytest
from flask import Flask, session
from flask_login import current_user
from sqlalchemy import update

from tests.door.conftest import Bearer, Visit
from tests.world import World
from tracker.door import visitor
from tracker.errors import NotSignedIn
from tracker.extensions import db, transaction
from tracker.models import Person

pytestmark = pytest.mark.usefixtures("monday")


def test_a_visitor_looked_up_twice_is_the_one_of_the_second_look(huiyin: World, visit: Visit) -> None:
    """What takes long is prepared before the lock; in between an account may have been shut."""
    cookie = f"{huiyin.app.config['LOGIN_COOKIE_NAME']}={visit('clerk').cookie}"
    with huiyin.app.test_request_context("/", headers={"Cookie": cookie}):
        with transaction("read"):
            visitor.identify()
            assert current_user.login == "xs-clerk" and current_user.has("clerk")
        with transaction("write"):
            db.session.execute(update(Person).where(Person.login == "xs-clerk").values(is_active=False))
        with transaction("read"):
            visitor.identify()
            assert not current_user.is_authenticated and visitor.who() is None


def test_a_wrong_token_names_nobody_and_stops_the_request(app: Flask) -> None:
    with app.test_request_context("/api/v1/me", headers={"Authorization": "Bearer x"}), transaction("read"):
        with pytest.raises(NotSignedIn):
            visitor.identify()
        assert visitor.who() is None


def test_a_token_names_its_person_with_their_posts(huiyin: World, bearer: Bearer) -> None:
    headers = bearer("secretary")
    with huiyin.app.test_request_context("/api/v1/me", headers=headers), transaction("read"):
        visitor.identify()
        found = visitor.who()
        assert found is not None and (found.login, found.roles) == ("xs-secretary", {"secretary"})
        # A program has no session that could be ended.
        assert found.session_id is None


@pytest.mark.parametrize(
    ("chosen", "asked", "spoken"),
    [
        ("en", "zh-CN", "en"),
        ("zh", "en", "zh"),
        ("fr", "en", "en"),
        ("", "en-GB,zh;q=0.5", "en"),
        (None, "zh-TW,en;q=0.9", "zh"),
        (None, "fr,de;q=0.8", "zh"),
        (None, "fr,en;q=0.1", "en"),
        (None, "en;q=0,zh;q=0.1", "zh"),
        (None, "EN-us", "en"),
        (None, "", "zh"),
    ],
)
def test_what_was_chosen_then_what_is_asked_for_then_chinese(
    app: Flask, chosen: str | None, asked: str, spoken: str
) -> None:
    with app.test_request_context("/", headers={"Accept-Language": asked}):
        if chosen is not None:
            session["language"] = chosen
        assert visitor.locale() == spoken


def test_nobody_has_no_role_whatever_is_asked() -> None:
    nobody = visitor.Nobody()
    assert not nobody.has("clerk", "member") and not nobody.has()
    assert (nobody.name, nobody.login, nobody.locale, nobody.roles) == ("", "", "zh", frozenset())
    assert nobody.is_authenticated is False and nobody.get_id() is None
