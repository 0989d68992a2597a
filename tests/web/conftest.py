"""Browsers for the tests of pages."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.web.browser import Browser
from tests.world import NOW
from tracker.extensions import clock

Visit = Callable[..., Browser]


@pytest.fixture
def visit(app: Flask) -> Visit:
    """``visit("clerk")`` is the clerk's browser, ``visit()`` nobody's."""
    return lambda login="": Browser(app, login)


@pytest.fixture
def monday() -> Iterator[None]:
    """The moment at which the world's cases happen: pages and sessions of the test live in it too."""
    with clock.at(NOW):
        yield
