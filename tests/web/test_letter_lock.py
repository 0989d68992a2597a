"""Printing a preview takes a tenth of a second; meanwhile everybody else may write."""

import pytest

from tests.api.caller import Calls
from tests.web.conftest import Visit
from tests.web.test_letter_page import WORDS, post, state
from tests.world import World
from tracker.extensions import in_transaction
from tracker.outgoing import pdf

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each page that was printed, whether a transaction was open."""
    found: list[bool] = []

    def render(_html: str, **_options: float) -> bytes:
        found.append(in_transaction())
        return b"%PDF-"

    monkeypatch.setattr(pdf, "render", render)
    return found


def test_a_letter_is_submitted_without_a_lock_while_it_is_printed(
    visit: Visit, huiyin: World, printed: list[bool]
) -> None:
    letter = huiyin.letter(huiyin.handled())
    assert post(visit("clerk"), f"/letters/{letter}/moves", move="submit").status_code == 302
    assert (state(huiyin, letter), printed) == ("submitted", [False])


def test_saved_and_submitted_in_one_press_the_typed_words_are_printed_first(
    visit: Visit, huiyin: World, printed: list[bool]
) -> None:
    letter = huiyin.letter(huiyin.handled())
    assert post(visit("clerk"), f"/letters/{letter}", **WORDS, then="submit").status_code == 302
    assert (state(huiyin, letter), printed) == ("submitted", [False])


def test_a_program_submits_without_a_lock_too(huiyin: World, printed: list[bool]) -> None:
    letter = huiyin.letter(huiyin.handled())
    Calls(huiyin).by("clerk").post(f"/letters/{letter}/moves", {"move": "submit"})
    assert (state(huiyin, letter), printed) == ("submitted", [False])


def test_what_is_refused_prints_nothing(visit: Visit, huiyin: World, printed: list[bool]) -> None:
    letter, signed = huiyin.letter(huiyin.handled()), huiyin.letter(huiyin.handled(), "submitted")
    printed.clear()
    clerk = visit("clerk")
    path = f"/letters/{letter}/moves"
    assert huiyin.app.test_client().post(path, data={"move": "submit"}).status_code == 401
    assert clerk.client.post(path, data={"move": "submit"}).status_code == 400
    assert post(visit("member"), path, move="submit").status_code == 403
    assert post(visit("member2"), path, move="submit").status_code == 404
    assert post(clerk, f"/letters/{signed}/moves", move="submit").status_code == 409
    faulty = WORDS | {"content.title": ""}
    assert post(clerk, f"/letters/{letter}", **faulty, then="submit").status_code == 422
    assert printed == []
