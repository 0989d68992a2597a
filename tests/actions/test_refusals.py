"""A refused step leaves nothing behind, whoever tries it and wherever the row stands (T35)."""

from collections import Counter
from itertools import product
from typing import Any

import pytest

from tests.actions.conftest import everything
from tests.lives import GIVEN, LIVED
from tests.rules.rights import rights
from tests.workflows.tables import LIVES, NOUNS, asked
from tests.world import CAST, TRANSFER, World
from tracker.actions import cases, letters
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.models import Letter
from tracker.queries.moves import RULEBOOKS
from tracker.rules.actors import Actor

pytestmark = pytest.mark.requirement("T35")

RIGHTS = rights()
MOVES = {life: {line.move for line in lines} for life, lines in LIVES.items()}


def test_every_move_is_tried() -> None:
    known = {noun: set[str]() for noun in GIVEN}
    for life, names in MOVES.items():
        known[NOUNS.get(life, life)] |= names
    assert known == {noun: set(given) for noun, given in GIVEN.items()}
    assert set(LIVED) == set(LIVES)


def _attempt(life: str, thing: Any, name: str, by: Actor) -> str:
    """What became of it. What was forbidden or faulty may not have written anything even so.

    A step the row is not ready for may: what it brings along is weighed on the row itself, and the entrance
    undoes it, as here.
    """
    point = db.session.begin_nested()
    try:
        LIVED[life].move(thing, name, by=by, given=GIVEN[thing.noun][name])
        outcome = "made"
    except (Forbidden, Invalid) as refused:
        point.commit()
        return type(refused).__name__
    except Conflict as refused:
        outcome = type(refused).__name__
    point.rollback()
    return outcome


def _cells(life: str, state: str, name: str, role: str) -> set[str]:
    """What the matrix of powers lets this role do about it here; nothing where no line starts."""
    noun = NOUNS.get(life, life)
    lines = [line for line in LIVES[life] if (line.state, line.move) == (state, name)]
    return {RIGHTS[f"{noun}.{asked(life, line)}"][role] for line in lines} - {"-"}


def _is_right(life: str, state: str, name: str, role: str, outcome: str) -> bool:
    """Made only where both tables allow it, and forbidden to whoever may it nowhere."""
    if outcome == "made":
        return bool(_cells(life, state, name, role))
    never = RIGHTS[f"{NOUNS.get(life, life)}.{name}"][role] == "-"
    return outcome == "Forbidden" or not never or (life, name) == ("booklet", "amend")


@pytest.mark.parametrize("life", LIVES)
def test_a_refused_step_changes_no_row(huiyin: World, life: str) -> None:
    rows, outcomes = list(LIVED[life].rows(huiyin)), Counter[str]()
    given = GIVEN[NOUNS.get(life, life)]
    before = everything(huiyin)
    with huiyin.writing():
        cast = {who: huiyin.actor(who) for who in CAST}
        assert {find().state for find in rows} == set(RULEBOOKS[life].states)
        for find, name, who in product(rows, given, CAST):
            thing = find()
            state = thing.state
            outcome = _attempt(life, thing, name, cast[who])
            assert _is_right(life, state, name, CAST[who][0], outcome), (state, name, who, outcome)
            outcomes[outcome] += 1
    assert everything(huiyin) == before
    made = outcomes.pop("made")
    print(f"{life}: {sum(outcomes.values())} refused steps, {dict(outcomes)}, beside {made} made")
    assert sum(outcomes.values()) + made == len(rows) * len(given) * len(CAST)
    assert outcomes["Forbidden"] > outcomes["Conflict"] >= 10 and made >= 10


# --- faults that show late
def test_a_delivery_needs_the_page_and_a_possible_day(huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    before = everything(huiyin)
    with pytest.raises(Conflict) as refused:
        huiyin.move_letter(letter, "deliver", by="clerk", method="post", delivered_on="2026-11-23")
    assert refused.value.missing == ["has_pdf"]
    for day in ("2026-11-22", "2026-11-24"):
        with pytest.raises(Invalid):
            _freeze_and_deliver(huiyin, letter, day)
    assert everything(huiyin) == before


def _freeze_and_deliver(world: World, public_id: str, day: str) -> None:
    given = {"method": "post", "delivered_on": day}
    with world.writing():
        letter = db.session.query(Letter).filter_by(public_id=public_id).one()
        letters.freeze(letter, b"%PDF-")
        letters.move(letter, "deliver", by=world.actor("clerk"), given=given)


def test_a_coordination_that_fails_at_its_last_department_sends_to_none(either: World) -> None:
    reference = either.raised()
    before = everything(either)
    wanted = [{"unit": "housing", "role": "lead"}, {"unit": "office", "role": "co"}]
    with pytest.raises(Invalid):
        either.move(
            reference,
            "coordinate",
            route="assign",
            transfer_text=TRANSFER,
            confirmed=True,
            assignments=wanted,
        )
    assert everything(either) == before


def test_a_crash_after_the_step_undoes_it(either: World) -> None:
    reference = either.raised()
    before = everything(either)
    with pytest.raises(RuntimeError), either.writing():
        decline_inside(either, reference)
        raise RuntimeError("the server died")
    assert everything(either) == before


def decline_inside(world: World, reference: str) -> None:
    cases.move(world.case(reference), "decline", by=world.actor("clerk"), given={"note": "不属于受理范围"})


# --- versions
def test_a_version_that_moved_on_is_a_conflict_that_names_the_new_one(either: World) -> None:
    reference = either.raised()
    with either.reading():
        version = either.case(reference).version
    either.edited(reference, expect=version, summary="另一段话")
    with pytest.raises(Conflict) as refused:
        either.move(reference, "coordinate", expect=version, route="quick", result="已告知")
    assert refused.value.version == version + 1
    with pytest.raises(Conflict):
        either.edited(reference, expect=version, summary="又一段话")
    either.move(reference, "coordinate", expect=version + 1, route="quick", result="已告知")


def test_what_happens_to_a_share_does_not_move_the_version_of_its_case(huiyin: World) -> None:
    reference = huiyin.coordinated(units=(("housing", "lead"), ("transport", "co")))
    with huiyin.reading():
        version = huiyin.case(reference).version
    huiyin.move_share(huiyin.shares(reference)[1], "accept")
    with huiyin.reading():
        assert huiyin.case(reference).version == version


def test_an_action_outside_a_write_transaction_is_a_fault_of_ours(huiyin: World) -> None:
    reference = huiyin.raised()
    with pytest.raises(RuntimeError, match="write transaction"), huiyin.reading():
        decline_inside(huiyin, reference)


def test_forbidden_comes_before_what_is_wrong_with_the_input(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        huiyin.move(huiyin.raised(), "decline", by="member2", nonsense="x")


def test_faulty_input_comes_before_the_state(huiyin: World) -> None:
    with pytest.raises(Invalid):
        huiyin.move(huiyin.fed_back(), "decline", note="")
