"""Who knocks: a browser, a program, somebody unknown."""

from collections.abc import Callable, Iterator

import pytest

from tests.web.browser import Browser
from tests.world import NOW, World
from tracker.actions import people as accounts
from tracker.extensions import clock
from tracker.queries import people

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
