"""What may be done to many rows at once: judged from a list's columns, and right about every single row."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.queries.conftest import Filled
from tests.queries.stages import everything
from tests.world import NOW
from tracker.extensions import db
from tracker.models import Assignment, Case, Letter
from tracker.queries import assignments, bulk, cases, letters, moves
from tracker.queries.cases import CaseFilter


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    everything(filling.world)
    for state in ("submitted", "approved", "issued"):
        filling.world.letter(filling.world.handled(), state)
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


@pytest.mark.parametrize(
    ("noun", "who", "expected"),
    [
        ("case", "director", ["close"]),
        ("case", "clerk", []),
        ("case", "member", []),
        ("assignment", "dept", ["accept"]),
        ("assignment", "clerk", []),
        ("assignment", "director", []),
        ("letter", "clerk", ["issue"]),
        ("letter", "director", ["issue"]),
        ("letter", "secretary", []),
        ("visit", "director", []),
        ("case", "auditor", []),
    ],
)
def test_a_role_is_offered_what_it_may_do_at_all(
    noun: str, who: str, expected: list[str], reading: Filled
) -> None:
    assert bulk.offered(noun, reading.world.actor(who)) == expected


def _rows(filled: Filled, noun: str, who: str) -> list[Any]:
    actor = filled.world.actor(who)
    if noun == "case":
        return list(cases.page(actor, CaseFilter(), limit=100, after=None, now=NOW).items)
    listing = {"assignment": assignments.page, "letter": letters.page}[noun]
    return list(listing(actor, limit=100, now=NOW).items)


@pytest.mark.parametrize(
    ("noun", "who", "model"),
    [("case", "director", Case), ("assignment", "dept", Assignment), ("letter", "clerk", Letter)],
)
def test_a_row_is_ready_exactly_when_its_own_page_offers_the_move(
    noun: str, who: str, model: type[Any], reading: Filled
) -> None:
    actor = reading.world.actor(who)
    names = bulk.offered(noun, actor)
    things = {thing.id: thing for thing in db.session.scalars(select(model))}
    ready = {row.id: bool(bulk.ready(noun, row, names)) for row in _rows(reading, noun, who)}
    views = {number: moves.moves_for(things[number], actor) for number in ready}
    assert ready == {
        number: any(view.name in names and view.enabled for view in found) for number, found in views.items()
    }
    assert set(ready.values()) == {True, False}


def test_nothing_is_ready_where_nothing_is_offered(reading: Filled) -> None:
    assert not any(bulk.ready("case", row, []) for row in _rows(reading, "case", "director"))


@pytest.mark.parametrize(("noun", "names"), bulk.MOVES.items())
def test_a_move_for_many_asks_only_what_a_row_can_answer(noun: str, names: tuple[str, ...]) -> None:
    rows = [move for move in moves.RULEBOOKS[noun].moves if move.name in names]
    assert {need for move in rows for need in move.needs} <= set(bulk.NEEDS)
    assert {move.name for move in rows} == set(names)
