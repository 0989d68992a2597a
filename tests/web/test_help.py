"""帮助 is printed from the tables: every state, every step, and who may take it."""

from tests.web.conftest import Visit
from tracker.rules.diagrams import BOOKS


def test_every_state_and_step_stands_on_the_page(visit: Visit) -> None:
    text = visit("clerk").get("/help").text
    for book in BOOKS:
        assert all(state.label in text for state in book.states.values())
        assert all(move.label in text for move in book.moves)


def test_it_says_who_takes_a_step_and_what_is_needed(visit: Visit) -> None:
    text = visit("clerk").get("/help").text
    assert "办公室负责人" in text
    assert "先定一个主办单位，或至少两个分办单位" in text
