"""Headers that every kind of answer carries, whether it is a page, a file, a refusal or a failure (T43)."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask, url_for

from tests.door.conftest import Bearer, Visit

PROTECTING = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}
Headers = Mapping[str, str]
# What nobody in particular asks for, with the status it gets.
OPEN = [
    ("GET", "/sign-in", 200),
    ("HEAD", "/sign-in", 200),
    ("OPTIONS", "/sign-in", 200),
    ("GET", "/", 302),
    ("GET", "/cases", 302),
    ("POST", "/cases/new", 401),
    ("POST", "/sign-in", 400),
    ("DELETE", "/sign-in", 405),
    ("GET", "/nothing", 404),
    ("GET", "/invitation/unknown", 200),
    ("GET", "/track", 200),
    ("POST", "/track", 400),
    ("GET", "/healthz", 200),
    ("GET", "/api/docs", 200),
    ("GET", "/api/openapi.json", 200),
    ("GET", "/api/v1/me", 401),
    ("GET", "/api/v1/nothing", 404),
    ("DELETE", "/api/v1/cases", 405),
    ("POST", "/api/v1/track", 415),
    ("GET", "/cases/%00", 302),
]
INSIDE = [
    ("/", 200),
    ("/cases", 200),
    ("/cases/export", 200),
    ("/cases/XS-2026-999999", 404),
    ("/people", 403),
    ("/account", 200),
    ("/help", 200),
    ("/?q=%00", 400),
]


def check(headers: Headers) -> None:
    """What protects, and what keeps the next visitor from reading on."""
    assert {name: headers.get(name) for name in PROTECTING} == PROTECTING
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]


@pytest.mark.requirement("T43")
@pytest.mark.parametrize(("method", "path", "status"), OPEN)
def test_every_answer_to_a_stranger_is_protected(app: Flask, method: str, path: str, status: int) -> None:
    answer = app.test_client().open(path, method=method)
    assert answer.status_code == status
    check(answer.headers)


@pytest.mark.requirement("T43")
@pytest.mark.parametrize(("path", "status"), INSIDE)
def test_every_page_behind_the_door_is_protected(visit: Visit, path: str, status: int) -> None:
    answer = visit("clerk").client.get(path)
    assert answer.status_code == status
    check(answer.headers)


@pytest.mark.requirement("T43")
def test_a_written_answer_is_protected_like_a_read_one(visit: Visit) -> None:
    browser = visit("clerk")
    for path, status in (("/notices/all", 302), ("/cases/new", 422), ("/cases/XS-2026-000001/notes", 404)):
        answer = browser.post(path, page="/account", version="1")
        assert answer.status_code == status
        check(answer.headers)


@pytest.mark.requirement("T43")
def test_what_a_program_is_told_is_protected_too(app: Flask, bearer: Bearer) -> None:
    headers = bearer("member")
    for path, status in (("me", 200), ("cases", 200), ("cases/XS-2026-000001", 404), ("cases?limit=x", 422)):
        answer = app.test_client().get(f"/api/v1/{path}", headers=headers)
        assert answer.status_code == status
        check(answer.headers)


@pytest.mark.requirement("T42", "T43")
@pytest.mark.parametrize(
    ("endpoint", "path"), [("health.ready", "/healthz"), ("api.openapi", "/api/openapi.json")]
)
def test_a_failure_is_protected_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch, endpoint: str, path: str
) -> None:
    monkeypatch.setitem(app.view_functions, endpoint, lambda: 1 / 0)
    answer = app.test_client().get(path)
    assert answer.status_code == 500
    check(answer.headers)


# --- what pages may load


def directives(headers: Headers) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _blank, value in parts}


def test_pages_load_nothing_from_elsewhere_and_run_nothing_of_others(app: Flask) -> None:
    found = directives(app.test_client().get("/sign-in").headers)
    nonce = found["script-src"].removeprefix("'self' ")
    assert re.fullmatch(r"'nonce-[\w-]{22}'", nonce)
    assert found == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "script-src": f"'self' {nonce}",
        "style-src": f"'self' {nonce}",
    }


def test_the_nonce_is_new_with_every_answer_and_the_one_of_the_page(app: Flask) -> None:
    seen = set()
    for _ in range(5):
        answer = app.test_client().get("/sign-in")
        nonce = directives(answer.headers)["style-src"].partition("nonce-")[2].rstrip("'")
        assert f'nonce="{nonce}"' in answer.text
        seen.add(nonce)
    assert len(seen) == 5


# --- what is the same for everybody


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [("static", "style.css"), ("static", "app.js"), ("bootstrap.static", "css/bootstrap.min.css")],
)
def test_files_for_everybody_may_be_kept(visit: Visit, endpoint: str, name: str) -> None:
    browser = visit("clerk")
    with browser.app.test_request_context():
        path = url_for(endpoint, filename=name)
    answer = browser.client.get(path, buffered=True)
    assert answer.status_code == 200 and "no-store" not in answer.headers["Cache-Control"]
    assert {name: answer.headers.get(name) for name in PROTECTING} == PROTECTING
    known = {"If-None-Match": answer.headers["ETag"]}
    again = browser.client.get(path, headers=known, buffered=True)
    assert again.status_code == 304 and not again.data


@pytest.mark.parametrize(("secure", "said"), [(True, "max-age=63072000; includeSubDomains"), (False, None)])
def test_only_behind_tls_is_tls_promised(app: Flask, secure: bool, said: str | None) -> None:
    app.config["SESSION_COOKIE_SECURE"] = secure
    assert app.test_client().get("/sign-in").headers.get("Strict-Transport-Security") == said


@pytest.mark.requirement("T42")
def test_no_answer_names_the_program_that_gave_it(app: Flask) -> None:
    for path in ("/sign-in", "/nothing", "/api/v1/me"):
        headers = app.test_client().get(path).headers
        assert {"Server", "X-Powered-By"}.isdisjoint(headers)
