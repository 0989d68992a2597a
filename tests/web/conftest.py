"""Browsers for the tests of pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.browser import Browser

Visit = Callable[..., Browser]


@pytest.fixture
def visit(app: Flask) -> Visit:
    """``visit("clerk")`` is the clerk's browser, ``visit()`` nobody's."""
    return lambda login="": Browser(app, login)
