"""What a request may look like before anything of it is looked up: on PostgreSQL a NUL is no text at all."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask, request

from tests.web.browser import Browser, check_page
from tests.world import NOW, World
from tracker.door import admission
from tracker.door.admission import MOST_WITHOUT_ACCOUNT
from tracker.errors import BadRequest
from tracker.extensions import clock
from tracker.incoming.form_imports import MOST_REQUEST


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.at(NOW):
        yield


PATHS = (
    "/cases/%00", "/cases/XS-2026-000001%00", "/cases/%00/triage", "/assignments/a%00b", "/letters/%00",
    "/letters/%00/pdf", "/visits/%00", "/people/%00", "/cases/%00/attachments/%00", "/invitation/%00",
)  # fmt: skip
QUERIES = (
    "/cases?q=%00", "/cases?state=%00", "/cases?unit=a%00b", "/cases?after=%00", "/assignments?state=%00",
    "/letters?state=%00", "/visits?q=%00", "/search?q=%00", "/people?q=%00", "/?%00=1", "/cases/export?q=%00",
    "/sign-in?next=%00",
)  # fmt: skip


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("who", ["clerk", "admin"])
def test_an_address_with_a_nul_is_no_failure_of_ours(either: World, who: str) -> None:
    browser = Browser(either.app, who)
    found = {path: browser.get(path).status_code for path in PATHS}
    assert set(found.values()) <= {403, 404}, found
    found = {path: browser.get(path).status_code for path in QUERIES}
    assert set(found.values()) == {400}, found


@pytest.mark.requirement("R14")
def test_a_form_with_a_nul_is_no_failure_of_ours(either: World) -> None:
    case, nobody, clerk = either.raised(), Browser(either.app), Browser(either.app, "clerk")
    sent = {
        ("sign-in", nobody): {"login": "xs-\x00clerk", "password": "\x00"},
        ("invitation", nobody): {"token": "\x00", "password": "x" * 12, "again": "x" * 12},
        ("track", nobody): {"code": "\x00" * 21},
        (f"cases/{case}/moves", clerk): {"move": "\x00"},
        (f"cases/{case}/notes", clerk): {"text": "好\x00"},
        ("cases/bulk", clerk): {"act": "close\x00", "ids": "XS\x00"},
        ("cases/new", clerk): {"idempotency_key": "\x00", "summary": "\x00"},
    }
    found = {path: browser.post(f"/{path}", **form).status_code for (path, browser), form in sent.items()}
    assert set(found.values()) == {400}, found


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("path", ["track", "track/rating", "track/letter"])
def test_a_program_without_an_account_is_read_only_so_far(huiyin: World, path: str) -> None:
    client = huiyin.app.test_client()
    for size, status in ((MOST_WITHOUT_ACCOUNT, 404), (MOST_WITHOUT_ACCOUNT + 1, 413)):
        body = {"code": "0" * 21, "pin": "1234", "rating": "satisfied"}
        if path == "track":
            body = {"code": body["code"]}
        elif path == "track/rating":
            del body["pin"]
        else:
            del body["rating"]
        told = json.dumps(body)
        answer = client.post(
            f"/api/v1/{path}", data=told + " " * (size - len(told)), content_type="application/json"
        )
        assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json" and answer.json["title"] == "内容太大"


@pytest.mark.parametrize("path", ["sign-in", "invitation", "track", "track/letter", "language"])
def test_a_form_without_an_account_is_read_only_so_far(huiyin: World, path: str) -> None:
    nobody = Browser(huiyin.app)
    answer = nobody.post(f"/{path}", code="0" * MOST_WITHOUT_ACCOUNT)
    assert answer.status_code == 413
    check_page(answer)


def test_who_is_signed_in_may_send_a_long_story(huiyin: World) -> None:
    answer = Browser(huiyin.app, "clerk").post("/cases/new", narrative="长" * MOST_WITHOUT_ACCOUNT)
    assert answer.status_code == 422


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/sign-in", MOST_WITHOUT_ACCOUNT),
        ("/api/v1/track", MOST_WITHOUT_ACCOUNT),
        ("/cases/new", None),
        ("/imports/x/confirm", None),
        ("/api/v1/visits", None),
        ("/imports", MOST_REQUEST),
        ("/api/v1/imports/forms", MOST_REQUEST),
    ],
)
def test_only_where_filled_forms_are_sent_more_is_read_than_elsewhere(
    app: Flask, path: str, most: int | None
) -> None:
    with app.test_request_context(path, method="POST"):
        admission.limit_body()
        assert request.max_content_length == (most or app.config["MAX_CONTENT_LENGTH"])
    assert MOST_WITHOUT_ACCOUNT < app.config["MAX_CONTENT_LENGTH"] < MOST_REQUEST


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("query", ["state=raised&state=%00", "q=a&q=b&q=c%00d", "a%00=1"])
def test_a_nul_in_any_of_several_values_of_an_address_is_found(app: Flask, query: str) -> None:
    with app.test_request_context(f"/cases?{query}"), pytest.raises(BadRequest):
        admission.check_address()


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    "sent", [{"ids": ["a", "b\x00"]}, {"a\x00": ["1"]}, {"x": ["1"], "text": ["好\x00"]}]
)
def test_a_nul_in_any_of_several_values_of_a_form_is_found(app: Flask, sent: dict[str, list[str]]) -> None:
    with app.test_request_context("/cases/bulk", method="POST", data=sent), pytest.raises(BadRequest):
        admission.check_form()


def test_other_odd_signs_are_no_matter_of_the_door(app: Flask) -> None:
    """A tab, a line's end, a sign of another script: whoever reads the field decides."""
    sent = {"text": "第一行\r\n\t第二行\u200b🎫\x01"}
    with app.test_request_context("/cases/bulk?q=%09%E5%A5%BD", method="POST", data=sent):
        admission.check_address()
        admission.check_form()
