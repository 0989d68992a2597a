"""Whose page a write may come from."""

import pytest
from flask import Flask

from tracker.door import csrf
from tracker.errors import BadRequest


@pytest.mark.requirement("T20")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
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
