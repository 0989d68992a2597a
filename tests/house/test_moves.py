"""A move is complete: somebody may make it, and somebody hears of it or nobody on purpose."""

import ast

from tests.house.source import files, place, tree
from tracker.actions import assignments, case_moves, letters
from tracker.outgoing.notices import NOTICES, Silent, Template
from tracker.queries.moves import RULEBOOKS
from tracker.rules import permissions

MOVES = {f"{book.noun}.{name}" for book in RULEBOOKS.values() for name in book.names}


def test_every_move_has_a_permission() -> None:
    asked = {f"{book.noun}.{move.asks}" for book in RULEBOOKS.values() for move in book.moves if move.asks}
    assert MOVES | asked <= set(permissions.table())


def test_every_move_has_a_notice_or_is_silent_for_a_reason() -> None:
    assert set(NOTICES) >= MOVES
    silent = [entry.why for entry in NOTICES.values() if isinstance(entry, Silent)]
    told = [entry for entry in NOTICES.values() if isinstance(entry, Template)]
    assert all(silent) and all(entry.text and entry.audience for entry in told)


def _written() -> dict[str, str]:
    """The verbs actions write into the diary, each with a place where that happens."""
    found = {}
    for path in files("tracker/actions"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("diary.write", "diary.write_many"):
                verb = node.args[1]
                if isinstance(verb, ast.Constant):
                    found[str(verb.value)] = place(path, node)
    return found


def test_every_verb_of_the_diary_has_its_place_among_the_notices() -> None:
    known = {name.partition(".")[2] for name in NOTICES}
    written = _written()
    assert len(written) >= 15
    assert {verb: where for verb, where in written.items() if verb not in known} == {}


def test_effects_are_written_for_moves_that_exist() -> None:
    steps = {"case": case_moves, "assignment": assignments, "letter": letters}
    for noun, module in steps.items():
        names = set(RULEBOOKS[noun].names)
        for table in ("TAKES", "BESIDE", "BEFORE", "AFTER", "FOLLOW"):
            assert set(getattr(module, table, ())) <= names, (noun, table)
