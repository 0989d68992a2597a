"""How a refusal looks to a program, and which comes before which."""

from typing import Any

import pytest

from tests.api.bodies import CASE
from tests.api.caller import Caller, Calls
from tracker.actions import people
from tracker.door import sessions
from tracker.extensions import db
from tracker.models import Person

EVERYWHERE = [
    ("GET", "/me"),
    ("GET", "/cases"),
    ("GET", "/cases/XS-2026-000001"),
    ("POST", "/cases"),
    ("POST", "/visits"),
    ("POST", "/cases/XS-2026-000001/moves"),
    ("POST", "/letters/x/moves"),
]


def _stranger(api: Calls) -> Caller:
    caller = api.nobody()
    caller.token = "not-a-token"
    return caller


@pytest.mark.parametrize("method, path", EVERYWHERE)
def test_without_a_token_everything_is_401(api: Calls, method: str, path: str) -> None:
    for caller in (api.nobody(), _stranger(api)):
        response = caller.raw(method, path, data=b"{broken", content_type="application/json")
        assert response.status_code == 401
        assert response.mimetype == "application/problem+json"


def test_an_ended_token_is_no_token(api: Calls) -> None:
    member = api.by("member")
    member.get("/me")
    with api.world.writing():
        people.end_sessions(_member(api))
    member.get("/me", 401)


def test_the_word_bearer_may_be_written_small(api: Calls) -> None:
    token = api.token("member")
    response = api.http.get("/api/v1/me", headers={"Authorization": f"bearer {token}"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "body, status",
    [
        (b"{broken", 400),
        (b"", 400),
        (b'{"a": 1, "a": 2}', 400),
        (b'{"a": NaN}', 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b'"text"', 422),
        (b"null", 422),
        (b"{}", 422),
    ],
)
def test_what_is_not_json_is_400_and_what_is_no_object_422(api: Calls, body: bytes, status: int) -> None:
    response = api.by("member").raw("POST", "/cases", data=body, content_type="application/json")
    assert response.status_code == status


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"code": ["x"]}', b"[1]", b"\xff"])
def test_a_hostile_body_without_an_account_is_refused_too(api: Calls, body: bytes) -> None:
    response = api.nobody().raw("POST", "/track", data=body, content_type="application/json")
    assert response.status_code in (400, 422)


def test_another_kind_of_content_is_415(api: Calls) -> None:
    response = api.by("member").raw("POST", "/cases", data={"summary": "路灯不亮"})
    assert response.status_code == 415 and response.json["title"] == "格式不支持"


def test_too_large_is_413(api: Calls) -> None:
    response = api.by("member").raw(
        "POST", "/cases", data=b" " * (13 * 1024 * 1024), content_type="application/json"
    )
    assert response.status_code == 413


def test_broken_json_stands_before_not_found_and_not_found_before_forbidden(api: Calls) -> None:
    reference = api.world.raised()
    member = api.by("member")
    broken = member.raw("POST", "/cases/XS-2026-999999/moves", data=b"{", content_type="application/json")
    assert broken.status_code == 400
    member.post("/cases/XS-2026-999999/moves", {"move": "handle"}, 404)
    member.post(f"/cases/{reference}/moves", {"move": "handle", "nonsense": 1}, 403)
    api.by("clerk").post(f"/cases/{reference}/moves", {"move": "handle", "nonsense": 1}, 422)
    api.by("clerk").post(f"/cases/{reference}/moves", {"move": "handle"}, 409)


def test_every_faulty_field_is_told_at_once(api: Calls) -> None:
    body: dict[str, Any] = CASE | {"summary": "", "urgency": "very", "resident": {"phone": 5}}
    problem = api.by("member").post("/cases", body, 422)
    assert {fault["field"] for fault in problem["errors"]} == {"summary", "urgency", "resident.phone"}
    assert problem["type"] == "about:blank" and problem["status"] == 422


def test_an_unknown_address_and_method_are_problems_too(api: Calls) -> None:
    http = api.world.app.test_client()
    missing = http.get("/api/v1/nothing")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    wrong = http.delete("/api/v1/cases")
    assert (wrong.status_code, wrong.mimetype) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(wrong.headers["Allow"].split(", "))


@pytest.mark.requirement("R14")
def test_an_address_with_a_nul_is_not_found(either_api: Calls) -> None:
    for path in ("/cases/%00", "/assignments/a%00b", "/letters/%00/pdf", "/visits/%00"):
        either_api.by("clerk").get(path, 404)


@pytest.mark.requirement("T43")
def test_no_answer_is_kept_by_a_cache(api: Calls) -> None:
    response = api.by("member").raw("GET", "/me")
    assert response.headers["Cache-Control"] == "no-store"
    assert {"Cookie", "Accept-Language"} <= set(response.headers["Vary"].split(", "))


@pytest.mark.requirement("T20")
def test_a_browser_session_reads_but_writes_only_with_its_token(api: Calls) -> None:
    from_browser = api.world.app.test_client()
    with api.world.app.test_request_context(), api.world.writing():
        token = sessions.open_for(_member(api))
    cookie = api.world.app.config["LOGIN_COOKIE_NAME"]
    from_browser.set_cookie(cookie, token)
    assert from_browser.get("/api/v1/me").json["login"] == "xs-member"
    refused = from_browser.post("/api/v1/cases", json=CASE)
    assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")


def _member(api: Calls) -> Person:
    return db.session.get_one(Person, api.world.actor("member").id)
