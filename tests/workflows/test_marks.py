"""What the tables say beside the steps: where a life rests, which clock runs, who is asked, what is next."""

import pytest

from tracker.queries.moves import RULEBOOKS
from workflows.rulebook import MoveRefused, Rulebook

EACH = pytest.mark.parametrize("life", RULEBOOKS)
TONES = {"quiet", "info", "warn", "late", "ok"}

# Where nobody has to do anything more, though something may still be done.
AT_REST = {
    "case": {"fed_back"},
    "assignment": {"completed", "returned", "waived", "revoked"},
    "letter": {"delivered", "acknowledged", "voided"},
    "group_report": {"office_received"},
    "booklet": {"published"},
    "invitee": {"attended", "absent", "declined", "withdrawn"},
    "brief": {"withdrawn"},
    "suggestion": {"answered", "withdrawn"},
    "lead": {"settled", "withdrawn"},
}
# The step a page puts forward, by the state it is put forward in.
NEXT = {
    "case": {"raised": {"coordinate"}, "coordinated": {"handle"}, "handled": {"feed_back"}},
    "assignment": {
        "draft": {"dispatch"},
        "dispatched": {"accept", "reply"},
        "accepted": {"reply"},
        "reworking": {"reply"},
        "replied": {"approve_reply"},
    },
    "letter": {
        "draft": {"submit"},
        "submitted": {"approve"},
        "approved": {"issue"},
        "issued": {"deliver"},
    },
    "group_report": {"draft": {"confirm"}, "group_confirmed": {"receive"}},
    "booklet": {
        "draft": {"submit"},
        "submitted": {"check"},
        "approved_once": {"approve"},
        "approved": {"publish"},
    },
    "invitee": {"proposed": {"approve"}, "approved": {"attend"}, "absent": {"attend"}},
    "brief": {
        "submitted": {"select"},
        "kept": {"select"},
        "selected": {"check"},
        "edited": {"sign"},
        "signed": {"send_up"},
    },
    "suggestion": {"submitted": {"forward"}, "noted": {"forward", "answer"}, "forwarded": {"answer"}},
    "lead": {state: {"follow_up"} for state in ("submitted", "following", "dropped")},
}
# What takes a right of its own, and when.
ASKS = {
    ("assignment", "decide_return", "is_repeated_return"): "decide_second_return",
    ("assignment", "rework", "reworks_are_used_up"): "rework_again",
}
BY_RULE = {"case": {"handle:with_master", "reopen", "recall"}, "booklet": {"amend"}}


@EACH
def test_a_life_rests_where_nobody_has_to_do_anything(life: str) -> None:
    assert {name for name, state in RULEBOOKS[life].states.items() if state.final} == AT_REST[life]


@EACH
def test_the_next_step_is_put_forward_and_no_other(life: str) -> None:
    found: dict[str, set[str]] = {}
    for move in RULEBOOKS[life].moves:
        for source in move.sources if move.primary else ():
            found.setdefault(source, set()).add(move.name)
    assert found == NEXT[life]


@EACH
def test_a_state_has_a_tone_and_a_name_of_its_own(life: str) -> None:
    states = RULEBOOKS[life].states.values()
    assert {state.tone for state in states} <= TONES
    assert len({state.label for state in states}) == len(states)


@EACH
def test_where_a_clock_runs_somebody_has_to_act(life: str) -> None:
    for state in RULEBOOKS[life].states.values():
        assert not (state.final and state.clock), state.name


@EACH
def test_a_move_brings_only_what_it_needs_and_starts_where_something_is(life: str) -> None:
    book = RULEBOOKS[life]
    for move in book.moves:
        assert set(move.gives) <= set(move.needs), move.name
        assert len(set(move.sources)) == len(move.sources) > 0, move.name
        assert {*move.sources, move.target or book.initial} <= set(book.states), move.name


def test_the_clock_of_each_stage_of_a_case_is_its_own() -> None:
    """The desk reads from it what a case waits for; once fed back it waits for nothing."""
    clocks = {name: state.clock for name, state in RULEBOOKS["case"].states.items()}
    assert clocks == {
        "raised": "coordinate",
        "coordinated": "reply",
        "handled": "feedback",
        "fed_back": None,
    }


def test_a_second_return_and_a_third_rework_are_the_directors() -> None:
    found = {
        (life, move.name, need): move.asks
        for life, book in RULEBOOKS.items()
        for move in book.moves
        for need in move.needs
        if move.asks and need.startswith(("is_repeated", "reworks"))
    }
    assert found == ASKS
    first = [move for move in RULEBOOKS["assignment"].moves if "is_first_return" in move.needs]
    assert len(first) == 3 and not any(move.asks for move in first)


def test_what_the_office_received_takes_the_office_to_open_again() -> None:
    asks = {move.sources: move.asks for move in RULEBOOKS["group_report"].moves if move.name == "reopen"}
    assert asks == {("group_confirmed",): None, ("office_received",): "reopen_received"}


def test_only_these_moves_are_made_by_a_rule() -> None:
    found = {
        life: {
            move.name + (f":{move.variant}" if move.variant else "") for move in book.moves if move.by_system
        }
        for life, book in RULEBOOKS.items()
    }
    assert {life: names for life, names in found.items() if names} == BY_RULE


@EACH
def test_no_move_has_the_name_of_another_with_its_variant(life: str) -> None:
    """``name:variant`` is how the machine knows a move; a colon in either would make two of them one."""
    for move in RULEBOOKS[life].moves:
        assert ":" not in move.name + (move.variant or "")


def test_lives_that_share_a_noun_share_its_rights_and_the_others_have_their_own() -> None:
    nouns = {life: book.noun for life, book in RULEBOOKS.items()}
    assert {nouns[life] for life in ("brief", "suggestion", "lead")} == {"submission"}
    assert all(noun == life for life, noun in nouns.items() if noun != "submission")
    assert all(book.name == life for life, book in RULEBOOKS.items())


@EACH
def test_a_name_that_only_resembles_a_move_is_refused(life: str) -> None:
    book: Rulebook = RULEBOOKS[life]

    class Row:
        state = book.initial

    for name in (
        "",
        book.names[0].upper(),
        f"{book.names[0]} ",
        f"to_{book.initial}",
        f"may_{book.names[0]}",
    ):
        with pytest.raises(MoveRefused) as refused:
            book.apply(name, Row())
        assert refused.value.missing == ()
    assert Row.state == book.initial
