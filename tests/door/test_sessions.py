"""A session: a random token outside, its digest inside, a life that ends in several ways (T18)."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from flask import Response
from flask import session as signed_cookie
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from tests.door.conftest import Visit
from tests.web.browser import Browser
from tests.world import NOW, PASSWORD, World
from tracker.door import sessions
from tracker.errors import Invalid
from tracker.extensions import clock, db, transaction
from tracker.models import LoginSession, Person
from tracker.queries import people
from tracker.rules import passwords, tokens

IDLE = timedelta(minutes=30)
HOURS = timedelta(hours=12)


@pytest.fixture
def browser(visit: Visit) -> Browser:
    """The clerk came in on Monday morning."""
    with clock.at(NOW):
        return visit("clerk")


def status(browser: Browser, later: timedelta) -> int:
    with clock.at(NOW + later):
        return browser.client.get("/account").status_code


def row(world: World) -> SimpleNamespace:
    """The only session there is."""
    with world.reading():
        found = db.session.scalars(select(LoginSession)).one()
        names = (column.name for column in LoginSession.__table__.columns)
        return SimpleNamespace(**{name: getattr(found, name) for name in names})


def seen(world: World) -> list[object]:
    """When session and person were last noticed."""
    with world.reading():
        person = people.by_login("xs-clerk")
        assert person is not None
        return [db.session.scalars(select(LoginSession.last_seen_at)).one(), person.last_seen_at]


# --- how long it lives


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(
    ("silence", "alive"),
    [
        (timedelta(0), True),
        (IDLE + sessions.TOUCH_EVERY, True),
        (IDLE + sessions.TOUCH_EVERY + timedelta(seconds=1), False),
        (HOURS, False),
    ],
)
def test_a_silent_session_ends_half_an_hour_after_it_was_last_noted(
    browser: Browser, silence: timedelta, alive: bool
) -> None:
    assert (status(browser, silence) == 200) is alive


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(("moment", "alive"), [(HOURS, True), (HOURS + timedelta(seconds=1), False)])
def test_a_busy_session_ends_after_twelve_hours(
    huiyin: World, browser: Browser, moment: timedelta, alive: bool
) -> None:
    with huiyin.writing():
        db.session.query(LoginSession).update({"last_seen_at": NOW + moment})
    assert (status(browser, moment) == 200) is alive


def test_the_office_may_choose_other_lengths(huiyin: World, visit: Visit) -> None:
    huiyin.app.config.update(HUIYIN_SESSION_HOURS=1, HUIYIN_SESSION_IDLE_MINUTES=5)
    with clock.at(NOW):
        browser = visit("clerk")
    assert row(huiyin).expires_at == NOW + timedelta(hours=1)
    assert [status(browser, timedelta(minutes=minutes)) for minutes in (9, 18, 29)] == [200, 200, 302]


@pytest.mark.parametrize("minutes", [0, 4])
def test_a_visit_within_five_minutes_is_not_written_down(
    huiyin: World, browser: Browser, minutes: int
) -> None:
    status(browser, timedelta(minutes=minutes))
    assert seen(huiyin) == [NOW, None]


def test_a_visit_after_five_minutes_is_noted_with_session_and_person(huiyin: World, browser: Browser) -> None:
    status(browser, sessions.TOUCH_EVERY)
    assert seen(huiyin) == [NOW + sessions.TOUCH_EVERY] * 2


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("BEGIN", {}, Exception("database is locked")),
        NoConnection("QueuePool limit of size 5 overflow 10 reached"),
    ],
)
def test_a_busy_database_costs_the_note_and_not_the_page(
    error: Exception, huiyin: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(mode: str) -> object:
        if mode == "write":
            raise error
        return transaction("read")

    monkeypatch.setattr(sessions, "transaction", busy)
    assert status(browser, timedelta(minutes=10)) == 200
    assert seen(huiyin) == [NOW, None]


# --- what is kept, and where


@pytest.mark.requirement("T18")
def test_the_row_holds_the_digest_and_where_it_came_from(huiyin: World) -> None:
    headers = {"User-Agent": "Firefox/" + "9" * 300}
    given = {"headers": headers, "environ_base": {"REMOTE_ADDR": "10.1.2.3"}}
    with huiyin.app.test_request_context("/sign-in", **given), transaction("write"):
        person = people.by_login("xs-clerk")
        assert person is not None
        token = sessions.open_for(person)
    kept = row(huiyin)
    assert kept.token_hash == tokens.digest(token) and len(token) == 43
    assert (kept.address, kept.agent) == ("10.1.2.3", headers["User-Agent"][:200])


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(("base", "secure"), [("http://127.0.0.1:8000", False), ("https://x.example", True)])
def test_the_cookie_is_for_the_server_alone(huiyin: World, base: str, secure: bool) -> None:
    huiyin.app.config["SESSION_COOKIE_SECURE"] = secure
    with huiyin.app.test_request_context("/"):
        response = huiyin.app.response_class()
        sessions.set_cookie(response, "token")
    parts = set(response.headers["Set-Cookie"].split("; "))
    assert {"huiyin-login=token", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts
    assert ("Secure" in parts) is secure and not any("Domain" in part or "Max-Age" in part for part in parts)


def test_what_was_signed_for_the_visitor_before_does_not_live_on(huiyin: World) -> None:
    with huiyin.app.test_request_context("/sign-in"), transaction("write"):
        signed_cookie["planted"] = "yes"
        person = people.by_login("xs-clerk")
        assert person is not None
        sessions.open_for(person)
        assert "planted" not in signed_cookie


def test_each_sign_in_has_a_token_of_its_own(huiyin: World, visit: Visit) -> None:
    cookies = {visit("clerk").cookie for _ in range(5)}
    with huiyin.reading():
        assert len(cookies) == db.session.query(LoginSession).count() == 5


# --- how it ends


@pytest.mark.requirement("T18", "T43")
def test_an_end_is_written_down_and_the_browser_told_to_forget(huiyin: World, browser: Browser) -> None:
    with clock.at(NOW + timedelta(minutes=1)):
        answer = browser.post("/sign-out", page="/account")
    assert row(huiyin).ended_at == NOW + timedelta(minutes=1)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert any(cookie.startswith("huiyin-login=;") for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.requirement("T18")
def test_what_was_signed_for_a_visitor_ends_with_the_session(huiyin: World, browser: Browser) -> None:
    """On a shared computer the next one begins with nothing of theirs, the page's token included."""
    token = browser.token("/account")
    browser.post("/sign-out", page="/account")
    with huiyin.app.test_request_context("/account"), transaction("write"):
        signed_cookie["planted"] = "yes"
        sessions.end(None, Response())
        assert "planted" not in signed_cookie
    assert browser.post("/language", csrf_token=token, language="en").status_code == 400


def test_an_end_is_not_moved_by_a_second_one(huiyin: World, browser: Browser) -> None:
    for minutes in (1, 9):
        with huiyin.writing(NOW + timedelta(minutes=minutes)):
            sessions.end_row(db.session.scalars(select(LoginSession.id)).one())
    assert row(huiyin).ended_at == NOW + timedelta(minutes=1)


def test_the_end_of_one_session_leaves_the_others(visit: Visit) -> None:
    one, other = visit("clerk"), visit("clerk")
    one.post("/sign-out", page="/account")
    assert other.client.get("/account").status_code == 200


@pytest.mark.requirement("T18")
@pytest.mark.parametrize("cookie", ["", "x", "0" * 43, "\x00", "é", "a" * 5000])
def test_a_made_up_cookie_is_nobodys(visit: Visit, cookie: str) -> None:
    answer = visit().client.get("/account", headers={"Cookie": f"huiyin-login={cookie}"})
    assert answer.location == "/sign-in?next=/account"


@pytest.mark.requirement("T18")
def test_a_disabled_account_is_nobodys_at_once(huiyin: World, browser: Browser) -> None:
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-clerk").update({"is_active": False})
    assert status(browser, timedelta(0)) == 302


@pytest.mark.requirement("T18")
def test_the_digest_out_of_the_database_is_no_cookie(huiyin: World, browser: Browser, visit: Visit) -> None:
    thief = visit()
    thief.client.set_cookie("huiyin-login", row(huiyin).token_hash.hex())
    assert status(thief, timedelta(0)) == 302


# --- coming in


SignIn = Callable[[str, str], Person]


@pytest.fixture
def sign_in(huiyin: World) -> SignIn:
    def ask(login: str, password: str) -> Person:
        with huiyin.app.test_request_context("/sign-in"), transaction("write"):
            return sessions.sign_in(login, password)[0]

    return ask


def test_a_blank_beside_the_login_is_forgiven_and_one_in_the_password_is_not(sign_in: SignIn) -> None:
    assert sign_in(" xs-clerk\t", PASSWORD).login == "xs-clerk"
    with pytest.raises(Invalid):
        sign_in("xs-clerk", f"{PASSWORD} ")


@pytest.mark.requirement("T17")
@pytest.mark.parametrize("change", [{"is_active": False}, {"password_hash": None}, {"password_hash": ""}])
def test_an_account_that_may_not_come_in_is_refused_like_a_wrong_password(
    huiyin: World, sign_in: SignIn, change: dict[str, object]
) -> None:
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-clerk").update(change)
    with pytest.raises(Invalid) as refused:
        sign_in("xs-clerk", PASSWORD)
    assert [(fault.field, fault.message) for fault in refused.value.errors] == [
        ("password", "登录名或密码不对")
    ]
    with huiyin.reading():
        assert db.session.query(LoginSession).count() == 0


@pytest.mark.requirement("T17")
@pytest.mark.parametrize("login", ["xs-nobody", "", "XS-CLERK", "周文博"])
def test_an_unknown_login_costs_the_same_work(
    sign_in: SignIn, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    burnt: list[str] = []
    monkeypatch.setattr(passwords, "burn", burnt.append)
    with pytest.raises(Invalid):
        sign_in(login, PASSWORD)
    assert burnt == [PASSWORD]


@pytest.mark.requirement("T17")
def test_a_password_hashed_more_weakly_is_hashed_anew_when_it_is_next_used(
    huiyin: World, sign_in: SignIn
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with huiyin.writing():
        db.session.query(Person).filter_by(login="xs-clerk").update({"password_hash": weak})
    assert sign_in("xs-clerk", PASSWORD).password_hash != weak
    with huiyin.reading():
        kept = db.session.scalar(select(Person.password_hash).where(Person.login == "xs-clerk"))
        assert passwords.verify(kept or "", PASSWORD) == (True, False)
