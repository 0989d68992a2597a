"""What states, moves and choices are called, and how a case and a letter go on."""

import re

import pytest

from workflows import assignment, case, letter
from workflows.rulebook import Rulebook

BOOKS = {"case": case.CASE, "assignment": assignment.ASSIGNMENT, "letter": letter.LETTER}
EACH = pytest.mark.parametrize("life", BOOKS)
TABLES = [
    case.ROUTES,
    case.DISPOSITIONS,
    assignment.KINDS,
    assignment.SLA_CLASSES,
    assignment.RESULT_CLASSES,
    assignment.CONTACT_RECORDS,
    letter.KINDS,
    letter.DELIVERY_METHODS,
]


@pytest.mark.parametrize("life", ["case", "letter"])
def test_one_way_leads_on_from_a_state_at_most(life: str) -> None:
    book: Rulebook = BOOKS[life]
    for name in book.states:
        primary = {move.name for move in book.moves if move.primary and name in move.sources}
        assert len(primary) <= 1, name


@EACH
def test_a_missing_need_is_told_in_a_chinese_sentence_without_its_name(life: str) -> None:
    missing = {"case": case, "assignment": assignment, "letter": letter}[life].MISSING
    for need, sentence in missing.items():
        assert re.search(r"[\u4e00-\u9fff]", sentence) and need not in sentence
        assert not sentence.endswith("。"), "it stands in a list"


@pytest.mark.parametrize("table", TABLES)
def test_the_words_of_a_choice_are_all_different(table: dict[str, str]) -> None:
    assert len(set(table.values())) == len(table) > 0


@pytest.mark.requirement("T35")
def test_the_four_stages_stand_in_their_order() -> None:
    assert list(case.CASE.states) == ["raised", "coordinated", "handled", "fed_back"]
    way = {(source, move.target) for move in case.CASE.moves if move.primary for source in move.sources}
    assert way == {("raised", "coordinated"), ("coordinated", "handled"), ("handled", "fed_back")}


def test_the_way_of_a_letter_is_one_line() -> None:
    primary = [(move.sources, move.target) for move in letter.LETTER.moves if move.primary]
    assert primary == [
        (("draft",), "submitted"),
        (("submitted",), "approved"),
        (("approved",), "issued"),
        (("issued",), "delivered"),
    ]


def test_only_rules_make_what_nobody_should_make_by_hand() -> None:
    by_rule = {(move.name, move.variant) for move in case.CASE.moves if move.by_system}
    assert by_rule == {("handle", "with_master"), ("reopen", None), ("recall", None)}
    assert not any(move.by_system for move in (*assignment.ASSIGNMENT.moves, *letter.LETTER.moves))


def test_after_a_void_or_an_acknowledgement_a_letter_is_at_rest() -> None:
    for state in ("voided", "acknowledged"):
        assert not [move.name for move in letter.LETTER.moves if state in move.sources]


def test_every_choice_of_a_route_has_its_row() -> None:
    assert set(case.CASE.variants("coordinate")) == set(case.ROUTES)
