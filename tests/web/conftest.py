"""Browsers for the tests of pages."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask

from tests.printing import printing
from tests.web.browser import Browser
from tests.world import NOW
from tracker.extensions import clock, transaction

Visit = Callable[..., Browser]
Speaking = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def visit(app: Flask) -> Visit:
    """``visit("clerk")`` is the clerk's browser, ``visit("clerk", "en")`` reads English.

    ``visit()`` is nobody's.
    """
    return lambda login="", language="": Browser(app, login, language)


@pytest.fixture
def speaking(app: Flask) -> Speaking:
    """``with speaking("en"):`` stands inside a request of an English reader, open for reading."""

    @contextmanager
    def request(language: str = "zh", path: str = "/") -> Iterator[None]:
        heads = {"Accept-Language": language}
        with app.test_request_context(path, headers=heads), transaction("read"):
            yield

    return request


@pytest.fixture
def monday() -> Iterator[None]:
    """The moment at which the world's cases happen: pages and sessions of the test live in it too."""
    with clock.at(NOW):
        yield


@pytest.fixture
def paperless() -> Iterator[None]:
    """Letters are handed over without being printed, for tests that look at no paper."""
    with printing(b"%PDF-1.7 %%EOF"):
        yield
