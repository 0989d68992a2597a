"""Every step of every life equals the table written beside the test (T35)."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.workflows.tables import LIVES, OPPOSITES, Line
from tracker.models import Assignment, Booklet, Case, GroupReport, Invitee, Letter, Submission
from workflows import assignment, booklet, case, group_report, invitee, letter, submission
from workflows.rulebook import Move, MoveRefused, Rulebook, State

pytestmark = pytest.mark.requirement("T35")

RULEBOOKS = {
    "case": case.CASE,
    "assignment": assignment.ASSIGNMENT,
    "letter": letter.LETTER,
    "group_report": group_report.GROUP_REPORT,
    "booklet": booklet.BOOKLET,
    "invitee": invitee.INVITEE,
    **submission.BOOKS,
}
MODELS: dict[str, type[Any]] = {
    "case": Case,
    "assignment": Assignment,
    "letter": Letter,
    "group_report": GroupReport,
    "booklet": Booklet,
    "invitee": Invitee,
    **dict.fromkeys(submission.BOOKS, Submission),
}
MISSING: dict[str, dict[str, str]] = {
    "case": case.MISSING,
    "assignment": assignment.MISSING,
    "letter": letter.MISSING,
    "group_report": {},
    "booklet": booklet.MISSING,
    "invitee": invitee.MISSING,
    "brief": submission.MISSING,
    "suggestion": {},
    "lead": {},
}
LIFE = pytest.mark.parametrize("life", LIVES)
# Where a life ends and nothing is left to do.
ENDS = {
    "case": set(),
    "assignment": {"returned", "waived", "revoked"},
    "letter": {"acknowledged", "voided"},
    "group_report": set(),
    "booklet": set(),
    "invitee": {"declined", "withdrawn"},
    "brief": {"withdrawn"},
    "suggestion": {"answered", "withdrawn"},
    "lead": {"settled", "withdrawn"},
}


class Thing:
    """Stands where a row would: a state, and needs that are met unless named."""

    def __init__(self, state: str, lacking: frozenset[str] = frozenset()) -> None:
        self.__dict__.update(state=state, lacking=lacking)

    def __getattr__(self, need: str) -> bool:
        return need not in self.lacking


def _situations() -> Iterator[frozenset[str]]:
    """One of each pair of opposites is never met."""
    yield from map(frozenset, itertools.product(*OPPOSITES.items()))


def _result(book: Rulebook, state: str, move: Move, lacking: frozenset[str]) -> str | None:
    thing = Thing(state, lacking)
    try:
        book.apply(move.name, thing, move.variant)
    except MoveRefused:
        assert thing.state == state
        return None
    return thing.state


def _expected(life: str, state: str, move: Move, lacking: frozenset[str]) -> str | None:
    rows = [
        line
        for line in LIVES[life]
        if (line.state, line.move, line.variant) == (state, move.name, move.variant)
    ]
    targets = {line.target for line in rows if not line.needs & lacking}
    assert len(targets) <= 1
    return targets.pop() if targets else None


@LIFE
def test_every_step_from_every_state_is_the_one_the_table_says(life: str) -> None:
    book, walked = RULEBOOKS[life], 0
    for state, move, lacking in itertools.product(book.states, book.moves, _situations()):
        assert _result(book, state, move, lacking) == _expected(life, state, move, lacking), (
            state,
            move,
            lacking,
        )
        walked += 1
    print(f"{life}: {walked} steps")
    assert walked == len(book.states) * len(book.moves) * 2 ** len(OPPOSITES)


@LIFE
def test_a_step_that_lacks_one_need_is_refused_and_names_it(life: str) -> None:
    book = RULEBOOKS[life]
    for line, need in [(row, need) for row in LIVES[life] for need in row.needs]:
        against = frozenset(OPPOSITES.get(n) or _key_of(n) for n in line.needs if n in _paired())
        thing = Thing(line.state, against | {need})
        alternatives = [o for o in _alternatives(life, line) if not o.needs & thing.lacking]
        assert not alternatives, "the stand-in meets another line"
        with pytest.raises(MoveRefused) as refused:
            book.apply(line.move, thing, line.variant)
        assert refused.value.missing == (need,) or need in _paired()
        assert refused.value.missing
        assert thing.state == line.state


def _paired() -> set[str]:
    return set(OPPOSITES) | set(OPPOSITES.values())


def _key_of(need: str) -> str:
    return {value: key for key, value in OPPOSITES.items()}.get(need, need)


def _alternatives(life: str, line: Line) -> list[Line]:
    return [o for o in LIVES[life] if (o.state, o.move, o.variant) == (line.state, line.move, line.variant)]


@LIFE
def test_the_table_and_the_rulebook_know_the_same_steps(life: str) -> None:
    book = RULEBOOKS[life]
    told = {
        (state, move.name, move.variant, move.target or state, frozenset(move.needs), frozenset(move.gives))
        for move in book.moves
        for state in move.sources
    }
    written = {(o.state, o.move, o.variant, o.target, o.needs, o.brought) for o in LIVES[life]}
    assert told == written


@LIFE
def test_every_state_can_be_reached(life: str) -> None:
    book = RULEBOOKS[life]
    reached, before = {book.initial}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {line.target for line in LIVES[life] if line.state in reached}
    assert reached == set(book.states)


@LIFE
def test_a_state_has_an_exit_unless_the_life_ends_there(life: str) -> None:
    book = RULEBOOKS[life]
    assert {line.state for line in LIVES[life]} == set(book.states) - ENDS[life]
    assert {name for name, state in book.states.items() if not state.final}.isdisjoint(ENDS[life])


@LIFE
def test_every_need_is_a_property_of_its_model_with_a_sentence(life: str) -> None:
    needs = {need for move in RULEBOOKS[life].moves for need in move.needs}
    assert {need for need in needs if not isinstance(getattr(MODELS[life], need, None), property)} == set()
    assert needs == set(MISSING[life])
    assert all(MISSING[life].values())


@LIFE
def test_a_state_fits_its_column(life: str) -> None:
    column = MODELS[life].__table__.c.state
    assert max(map(len, RULEBOOKS[life].states)) <= column.type.length


@LIFE
def test_a_life_begins_with_the_first_state_and_labels_every_one(life: str) -> None:
    book = RULEBOOKS[life]
    assert book.initial == LIVES[life][0].state
    assert all(state.label and state.icon for state in book.states.values())
    assert all(move.label for move in book.moves)


SMALL = Rulebook(
    "small",
    (State("open", "open"), State("shut", "shut", final=True)),
    (Move("shut", ("open",), "shut", "shut", ("has_key",)), Move("knock", ("open",), None, "knock")),
)
BY_BRINGING = Rulebook(
    "by bringing",
    (State("open", "open"), State("shut", "shut", final=True)),
    (Move("shut", ("open",), "shut", "shut", ("has_key",), gives=("has_key",)),),
)


class Door:
    def __init__(self, state: str, *, has_key: bool) -> None:
        self.state, self.has_key = state, has_key


def test_a_missing_need_is_refused_with_its_name_and_changes_nothing() -> None:
    door = Door("open", has_key=False)
    with pytest.raises(MoveRefused) as refused:
        SMALL.apply("shut", door)
    assert (refused.value.missing, door.state) == (("has_key",), "open")


def test_what_the_move_itself_brings_does_not_bar_it_but_is_still_needed() -> None:
    door = Door("open", has_key=False)
    (found,) = BY_BRINGING.open_from(door)
    assert (found.missing, found.barred_by) == (("has_key",), ())
    with pytest.raises(MoveRefused) as refused:
        BY_BRINGING.apply("shut", door)
    assert refused.value.missing == ("has_key",)


def test_a_wrong_state_is_refused_without_needs() -> None:
    door = Door("shut", has_key=True)
    with pytest.raises(MoveRefused) as refused:
        SMALL.apply("shut", door)
    assert (refused.value.missing, door.state) == ((), "shut")


@pytest.mark.parametrize("name, variant", [("burn", None), ("shut", "quietly"), ("to_shut", None)])
def test_a_move_nobody_wrote_down_is_refused(name: str, variant: str | None) -> None:
    with pytest.raises(MoveRefused):
        SMALL.apply(name, Door("open", has_key=True), variant)


def test_a_move_plants_nothing_on_the_object() -> None:
    door = Door("open", has_key=True)
    SMALL.apply("knock", door)
    SMALL.apply("shut", door)
    assert vars(door) == {"state": "shut", "has_key": True}


def test_what_is_missing_is_none_where_the_move_does_not_start() -> None:
    assert SMALL.missing("shut", Door("open", has_key=False)) == ("has_key",)
    assert SMALL.missing("shut", Door("open", has_key=True)) == ()
    assert SMALL.missing("shut", Door("shut", has_key=True)) is None


def test_the_alternative_that_lacks_least_stands_for_its_name() -> None:
    thing = Thing("replied", frozenset({"reworks_are_left"}))
    found = {o.name: o for o in assignment.ASSIGNMENT.open_from(thing)}
    assert (found["rework"].missing, found["rework"].permission) == ((), "rework_again")
