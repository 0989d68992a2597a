"""Long work is done between two transactions, for whoever may knock, and the view sees what came of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.door.conftest import Visit
from tests.web.browser import Browser
from tracker import door
from tracker.errors import NotFound
from tracker.extensions import in_transaction, writing

pytestmark = pytest.mark.usefixtures("monday")
PATH = "/cases/XS-2026-000001/notes"


@pytest.fixture
def told() -> list[Any]:
    """What happened, in its order."""
    return []


@pytest.fixture
def wanting(app: Flask, monkeypatch: pytest.MonkeyPatch, told: list[Any]) -> Callable[..., None]:
    """Let the view of notes want something prepared."""

    def mark(make: Callable[[], Any] | None) -> None:
        def reader(**path: str) -> Callable[[], Any] | None:
            told.append(("read", path["reference"], in_transaction(), writing()))
            return make

        @door.prepares(reader)
        def view(reference: str) -> str:
            told.append(("view", door.made(), writing()))
            return "done"

        monkeypatch.setitem(app.view_functions, "cases.note", view)

    return mark


def send(visit: Visit, login: str = "clerk") -> int:
    return visit(login).post(PATH, page="/account").status_code


def test_it_is_read_then_made_outside_every_transaction_then_handed_over(
    visit: Visit, wanting: Callable[..., None], told: list[Any]
) -> None:
    def make() -> str:
        told.append(("made", in_transaction()))
        return "sheet"

    wanting(make)
    assert send(visit) == 200
    assert told == [("read", "XS-2026-000001", True, False), ("made", False), ("view", "sheet", True)]


def test_where_there_is_nothing_to_make_the_view_goes_on_without(
    visit: Visit, wanting: Callable[..., None], told: list[Any]
) -> None:
    wanting(None)
    assert send(visit) == 200 and told[-1] == ("view", None, True)


@pytest.mark.requirement("T13", "T14")
@pytest.mark.parametrize(("login", "status"), [("", 401), ("admin", 404), ("dept", 404)])
def test_nothing_is_made_for_whoever_may_not_knock(
    visit: Visit, wanting: Callable[..., None], told: list[Any], login: str, status: int
) -> None:
    wanting(lambda: told.append("made"))
    page = "/account" if login else "/sign-in"
    assert visit(login).post(PATH, page=page).status_code == status
    assert told == []


@pytest.mark.requirement("T20")
def test_nothing_is_made_for_a_page_of_others(
    visit: Visit, wanting: Callable[..., None], told: list[Any]
) -> None:
    wanting(lambda: told.append("made"))
    assert visit("clerk").client.post(PATH).status_code == 400
    assert told == []


def test_a_failure_of_the_work_is_the_failure_of_the_request(
    visit: Visit, wanting: Callable[..., None], told: list[Any]
) -> None:
    def make() -> None:
        raise NotFound("不见了")

    wanting(make)
    assert send(visit) == 404 and [entry[0] for entry in told] == ["read"]


def test_what_was_made_for_one_request_is_not_seen_by_the_next(
    visit: Visit, wanting: Callable[..., None], told: list[Any]
) -> None:
    browser: Browser = visit("clerk")
    for make in (lambda: "first", None):
        wanting(make)
        browser.post(PATH, page="/account")
    assert [entry[1] for entry in told if entry[0] == "view"] == ["first", None]


def test_a_view_that_wants_nothing_has_nothing(app: Flask) -> None:
    with app.test_request_context("/cases"):
        assert door.made() is None
