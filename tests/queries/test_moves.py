"""Which moves are offered: every state, every move and every role against the two tables (T35)."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from tests.rules.rights import ROLES, rights
from tests.rules.test_permissions import ME, MINE, STANDINGS, actor, expected
from tests.workflows.tables import LIVES, NOUNS, asked
from tests.world import World
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.models import Letter
from tracker.queries import moves
from tracker.queries.moves import RULEBOOKS, WORDS, moves_for

pytestmark = pytest.mark.requirement("T35")

RIGHTS = rights()
BY_SYSTEM = {("case", "recall"), ("case", "reopen"), ("case", "handle:with_master"), ("booklet", "amend")}
FIRST = frozenset({"is_repeated_return", "reworks_are_used_up", "was_not_accepted", "office_answers"})
LATER = frozenset({"is_first_return", "reworks_are_left", "was_accepted", "departments_answer"})


class Thing:
    """Any row: in a state, lacking some needs, standing somehow to whoever asks."""

    def __init__(self, noun: str, state: str, lacking: frozenset[str], ties: dict[str, Any]) -> None:
        self.__dict__.update(noun=NOUNS.get(noun, noun), life=noun, editor_id=None)
        self.__dict__.update(
            state=state, lacking=lacking, version=3, drafter_id=None, proposer_id=None, id=99
        )
        self.__dict__.update(owner_id=98, case_id=97, group_id=8, unit_ids=frozenset({8}), committee_id=MINE)
        self.__dict__.update(is_accusation=False, is_conflicted=False)
        self.__dict__.update(ties)

    def __getattr__(self, need: str) -> Any:
        return () if need.endswith("_ids") else need not in self.lacking


def _offered(thing: Thing, role: str) -> set[tuple[str, str | None]]:
    return {(view.name, view.variant) for view in moves_for(thing, actor(role)) if view.enabled}


def _wanted(life: str, thing: Thing, role: str, standing: str) -> Iterator[tuple[str, str | None]]:
    for line in LIVES[life]:
        step = f"{line.move}:{line.variant}" if line.variant else line.move
        lacking = (line.needs - line.brought) & thing.lacking
        if line.state != thing.state or lacking or (life, step) in BY_SYSTEM:
            continue
        if expected(RIGHTS[f"{NOUNS.get(life, life)}.{asked(life, line)}"][role], role, standing):
            yield line.move, line.variant


@pytest.mark.parametrize("life", LIVES)
def test_a_move_is_offered_exactly_where_both_tables_say_so(life: str) -> None:
    walked = offered = 0
    for state, role, standing, lacking in product(RULEBOOKS[life].states, ROLES, STANDINGS, (FIRST, LATER)):
        thing = Thing(life, state, lacking, STANDINGS[standing])
        found = _offered(thing, role)
        assert found == set(_wanted(life, thing, role, standing)), (state, role, standing)
        walked += len({(line.move, line.variant) for line in LIVES[life]})
        offered += len(found)
    print(f"{life}: {walked} triples of state, move and role, {offered} offered")
    assert offered > 0


@pytest.mark.parametrize("life", LIVES)
def test_a_move_that_lacks_something_is_shown_with_every_reason(life: str) -> None:
    for line in LIVES[life]:
        step = f"{line.move}:{line.variant}" if line.variant else line.move
        needs = line.needs - line.brought - FIRST - LATER
        if not needs or (life, step) in BY_SYSTEM:
            continue
        thing = Thing(life, line.state, FIRST | needs, {})
        held = RIGHTS[f"{NOUNS.get(life, life)}.{line.move}"]
        role = next(role for role in ROLES if held[role] in ("all", "asg"))
        views = moves_for(Thing(life, line.state, FIRST | needs, STANDINGS["asg"]), actor(role))
        view = next(view for view in views if (view.name, view.variant) == (line.move, line.variant))
        assert not view.enabled and set(view.missing) == set(needs) and all(view.reasons), thing.state


def test_every_sentence_of_what_is_missing_is_known() -> None:
    needs = {need for lines in LIVES.values() for line in lines for need in line.needs}
    assert needs <= set(WORDS)


def _letter(drafter: int) -> Thing:
    return Thing("letter", "submitted", frozenset(), {"drafter_id": drafter})


def test_a_director_who_drafted_sees_why_another_must_sign() -> None:
    view = next(view for view in moves_for(_letter(ME), actor("director")) if view.name == "approve")
    assert (view.missing, view.enabled) == (("another_person",), False)
    assert view.reasons == ["起草人不能签发自己的函，请另一位负责人签发"]
    assert "approve" in {view.name for view in moves_for(_letter(12), actor("director")) if view.enabled}


def test_a_clerk_who_drafted_is_not_shown_what_only_directors_do() -> None:
    assert "approve" not in {view.name for view in moves_for(_letter(ME), actor("clerk"))}


def test_what_does_not_start_here_is_a_conflict_with_the_version() -> None:
    thing = Thing("case", "fed_back", frozenset(), {})
    for name, variant in (("handle", None), ("coordinate", "quick"), ("nothing", None)):
        with pytest.raises(Conflict) as refused:
            moves.find(thing, name, variant)
        assert refused.value.version == 3


def test_a_name_that_leaves_a_choice_needs_its_variant() -> None:
    thing = Thing("case", "raised", frozenset(), {})
    with pytest.raises(Conflict):
        moves.find(thing, "coordinate")
    assert moves.find(thing, "coordinate", "refer").move.variant == "refer"


def _view(huiyin: World, reference: str, name: str) -> moves.MoveView:
    with huiyin.reading():
        views = moves_for(huiyin.case(reference), huiyin.actor("clerk"))
        return next(view for view in views if view.name == name)


def test_what_a_move_s_own_input_brings_does_not_bar_it(huiyin: World) -> None:
    quick, assigned, handled = huiyin.raised(), huiyin.coordinated(), huiyin.handled()
    huiyin.move(quick, "coordinate", route="quick")
    office, departments = _view(huiyin, quick, "handle"), _view(huiyin, assigned, "handle")
    assert (office.enabled, departments.missing) == (True, ("has_outcome",))
    told = _view(huiyin, handled, "feed_back")
    assert (told.enabled, told.brings) == (True, ("is_told",))


def test_the_page_of_a_real_letter_offers_its_moves(huiyin: World) -> None:
    public_id = huiyin.letter(huiyin.handled())
    with huiyin.reading():
        letter = db.session.query(Letter).filter_by(public_id=public_id).one()
        views = {view.name: view.missing for view in moves_for(letter, huiyin.actor("clerk"))}
        assert views == {"submit": ()}
        assert {view.name for view in moves_for(letter, huiyin.actor("director"))} == {"submit", "void"}
        assert moves_for(letter, huiyin.actor("member")) == []
