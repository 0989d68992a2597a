"""What a request may look like before anything of it is looked up: on PostgreSQL a NUL is no text at all."""

import json
from collections.abc import Iterator

import pytest

from tests.web.browser import Browser, check_page
from tests.world import NOW, World
from tracker.door.admission import MOST_WITHOUT_ACCOUNT
from tracker.extensions import clock


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
