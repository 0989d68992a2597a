"""Whose page a write may come from."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFError

from tests.web.browser import Browser
from tracker.door import csrf
from tracker.errors import BadRequest

Called = Callable[[str, str], bool]


@pytest.mark.requirement("T20")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://localhost.evil.example"},
        {"Origin": "http://localhost:8000"},
    ],
)
def test_a_page_of_others_cannot_write(app: Flask, headers: dict[str, str]) -> None:
    with app.test_request_context("/api/v1/track", method="POST", headers=headers), pytest.raises(BadRequest):
        csrf.check()


@pytest.mark.requirement("T20")
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_our_own_page_and_a_program_may(app: Flask, headers: dict[str, str]) -> None:
    with app.test_request_context("/api/v1/track", method="POST", headers=headers):
        csrf.check()


def test_our_pages_tell_nobody_else_where_one_came_from(app: Flask) -> None:
    response = app.test_client().get("/api/docs")
    assert response.headers["Referrer-Policy"] == "same-origin"


# --- the name under which we are called


@pytest.fixture
def called(app: Flask) -> Called:
    """Ask the door whether it answers to a name while it has a certain address."""

    def check(base: str, host: str) -> bool:
        app.config["HUIYIN_BASE_URL"] = base
        with app.test_request_context("/sign-in", headers={"Host": host}):
            try:
                csrf.check_host()
            except BadRequest:
                return False
        return True

    return check


@pytest.mark.requirement("T21")
@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://huiyin.example", "huiyin.example"),
        ("https://Huiyin.Example/", "huiyin.example"),
        ("https://huiyin.example", "HUIYIN.Example"),
        ("https://huiyin.example:8443", "huiyin.example:8443"),
        ("https://huiyin.example:443", "huiyin.example"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://127.0.0.1:8000", "127.0.0.1:9001"),
        ("http://127.0.0.1:8000", "localhost:9001"),
        ("http://localhost", "127.0.0.1"),
        ("http://127.0.0.1:8000", "[::1]:9001"),
        ("http://127.0.0.1:8000", "[::1]"),
        ("http://[::1]:8000", "[::1]:9001"),
    ],
)
def test_our_own_name_is_answered_to(called: Called, base: str, host: str) -> None:
    assert called(base, host)


@pytest.mark.requirement("T21")
@pytest.mark.parametrize(
    ("base", "host"),
    [
        ("https://huiyin.example", "evil.example"),
        ("https://huiyin.example", "huiyin.example:8443"),
        ("https://huiyin.example", "huiyin.example.evil.example"),
        ("https://huiyin.example", "127.0.0.1"),
        ("https://huiyin.example", "localhost:8000"),
        ("http://127.0.0.1:8000", "127.0.0.1.evil.example"),
        ("http://127.0.0.1:8000", "localhost.evil.example:8000"),
        ("http://127.0.0.1:8000", "128.0.0.1:8000"),
        ("http://127.0.0.1:8000", ""),
    ],
)
def test_another_name_is_refused(called: Called, base: str, host: str) -> None:
    assert not called(base, host)


# --- whose page sent it, and with which token


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    "origin", ["http://[::1", "http://[x]", "localhost", "://", "", "http://localhost@evil.example", "\xff"]
)
def test_an_origin_that_is_no_address_is_somebody_elses(app: Flask, origin: str) -> None:
    for path in ("/sign-in", "/api/v1/track"):
        assert app.test_client().post(path, headers={"Origin": origin}).status_code == 400


@pytest.mark.requirement("T20")
def test_a_programs_own_token_needs_no_page(app: Flask) -> None:
    headers = {"Authorization": "Bearer x", "Origin": "https://evil.example"}
    with app.test_request_context("/api/v1/cases", method="POST", headers=headers):
        csrf.check()


@pytest.mark.requirement("T20")
@pytest.mark.parametrize("authorization", ["Basic eDp5", "Bearer-ish x", "x", ""])
def test_another_kind_of_proof_does_not_stand_in_for_the_page(app: Flask, authorization: str) -> None:
    headers = {"Authorization": authorization}
    with (
        app.test_request_context("/api/v1/cases", method="POST", headers=headers),
        pytest.raises(CSRFError),
    ):
        csrf.check()


@pytest.mark.requirement("T20")
def test_a_token_of_another_visitor_is_worth_nothing(app: Flask) -> None:
    mine, theirs = Browser(app, "clerk"), Browser(app, "member")
    foreign = theirs.token("/account")
    assert mine.token("/account") != foreign
    answer = mine.client.post("/notices/all", data={"csrf_token": foreign})
    assert answer.status_code == 400 and "请刷新后再提交一次" in answer.text


@pytest.mark.requirement("T20")
def test_a_page_that_lay_open_for_a_day_is_asked_to_be_opened_again(app: Flask) -> None:
    browser = Browser(app, "clerk")
    app.config["WTF_CSRF_TIME_LIMIT"] = -1
    answer = browser.post("/notices/all", page="/account")
    assert answer.status_code == 400 and "页面放得太久了" in answer.text


def test_the_script_of_a_page_may_send_its_token_in_a_header(app: Flask) -> None:
    browser = Browser(app, "clerk")
    headers = {"X-CSRFToken": browser.token("/account")}
    assert browser.client.post("/notices/all", headers=headers).status_code == 302
