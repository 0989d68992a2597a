"""Who knocks: a browser, a program, somebody unknown."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.browser import Browser
from tests.world import NOW, World
from tracker.actions import people as accounts
from tracker.extensions import clock
from tracker.queries import people

Answer = Callable[..., TestResponse]
Visit = Callable[..., Browser]
Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def monday() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def visit(huiyin: World) -> Visit:
    """``visit("clerk")`` is the clerk's browser, ``visit()`` nobody's."""
    return lambda login="": Browser(huiyin.app, login)


@pytest.fixture
def bearer(huiyin: World) -> Bearer:
    """The header of a program that calls for somebody."""

    def headers(login: str) -> dict[str, str]:
        with huiyin.writing(clock()):
            person = people.by_login(f"xs-{login}")
            assert person is not None
            token = accounts.issue_token(person, "tests", by=people.as_actor(person))
        return {"Authorization": f"Bearer {token}"}

    return headers


@pytest.fixture
def page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """How a person sees it, when it happens in the view of some page."""
    return _raising(app, monkeypatch, "health.ready", "/healthz")


@pytest.fixture
def problem(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """How a program sees it."""
    return _raising(app, monkeypatch, "api.openapi", "/api/openapi.json")


def _raising(app: Flask, monkeypatch: pytest.MonkeyPatch, endpoint: str, path: str) -> Answer:
    def answer(error: Exception, **headers: str) -> TestResponse:
        def view() -> None:
            raise error

        monkeypatch.setitem(app.view_functions, endpoint, view)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return app.test_client().get(path, headers=named)

    return answer
