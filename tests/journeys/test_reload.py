"""A page that waits for the background looks again by itself, and not under somebody's hands."""

import pytest
from playwright.sync_api import Browser, Request, Route

from tests.journeys.conftest import Service
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey


def _still_waiting(route: Route) -> None:
    """As a page says it whose file is not there yet."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("<main", '<main data-reload="2"', 1))


def test_a_page_that_waits_looks_again_unless_a_form_is_being_filled(
    browser: Browser, service: Service
) -> None:
    path = service.places["raised"]
    with Visitor.at(browser, service.address) as clerk:
        clerk.sign_in("clerk")
        page, asked = clerk.page, list[Request]()
        page.route(f"**{path}", _still_waiting)
        page.clock.install()
        clerk.open(path)
        page.on("request", lambda request: asked.append(request))
        page.locator("main details:has(form) > summary").first.click()
        page.clock.run_for(10_000)
        page.locator("main details[open] form :is(input, textarea, select):visible").first.focus()
        page.clock.run_for(10_000)
        assert asked == []
        page.evaluate("document.activeElement.blur()")
        with page.expect_navigation():
            page.clock.run_for(2_000)
