"""What the office enters about a booklet."""

from datetime import date
from typing import Any, get_args

import pytest

from tests.incoming import faults
from tracker.incoming.booklets import (
    BookletEdit,
    BookletIn,
    ChoiceIn,
    ConfirmIn,
    ExemplarIn,
    ItemEdit,
    Kind,
    ReturnIn,
)
from tracker.incoming.schema import Input, read
from tracker.models.booklet import ChapterBy, ItemKind

COVER = {"title": "走进千家万户"}
ITEM = {"chapter": "生活圈", "title": "一盏路灯", "text": "巷口的灯修好了。"}
MARK = {"kind": "case", "ident": "XS-2026-000123", "reason": "办得快，回得清楚"}


@pytest.mark.parametrize("schema", [BookletIn, BookletEdit])
@pytest.mark.parametrize(
    ("field", "least", "most"), [("title", 2, 60), ("subtitle", 0, 80), ("foreword", 0, 3000)]
)
def test_a_cover_has_room_for_so_many_words(schema: type[Input], field: str, least: int, most: int) -> None:
    assert faults.lengths(schema, COVER, field, least - 1, least, most, most + 1) == [least, most]


def test_chapters_are_chosen_once_and_for_all() -> None:
    chapters = get_args(ChapterBy)
    assert read(BookletIn, COVER).chapter_by == "circle"
    assert faults.values(BookletIn, COVER, "chapter_by", *chapters, "member", "") == list(chapters)
    assert faults.of(BookletEdit, COVER | {"chapter_by": "circle"}) == ["chapter_by"]


def test_a_campaign_is_named_in_few_characters_or_not_at_all() -> None:
    assert faults.lengths(BookletIn, COVER, "campaign", 0, 32, 33) == [0, 32]


def test_a_choice_of_nothing_means_all() -> None:
    choice = read(ChoiceIn, {})
    assert (choice.kind, choice.circle, choice.group, choice.quality) == ("", "", "", "")
    assert (choice.from_, choice.to) == (None, None)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("kind", ["", *get_args(Kind)]),
        ("circle", ["", "sector", "living", "friends"]),
        ("quality", ["", "exemplary", "adopted", "satisfied"]),
    ],
)
def test_what_is_chosen_by_a_word_takes_these_words(field: str, words: list[str]) -> None:
    assert faults.values(ChoiceIn, {}, field, *words, "all", "无", 1) == words


def test_the_days_of_a_choice_go_by_the_names_of_the_form() -> None:
    choice = read(ChoiceIn, {"from": "2026-07-01", "to": "2026-08-31"})
    assert (choice.from_, choice.to) == (date(2026, 7, 1), date(2026, 8, 31))
    assert faults.of(ChoiceIn, {"from": "七月"}) == ["from"]
    assert faults.of(ChoiceIn, {"from_": "2026-07-01"}) == ["from_"]


@pytest.mark.parametrize(
    ("field", "least", "most"), [("chapter", 1, 60), ("title", 2, 120), ("text", 2, 5000), ("byline", 0, 120)]
)
def test_an_item_fits_its_page(field: str, least: int, most: int) -> None:
    assert faults.lengths(ItemEdit, ITEM, field, least - 1, least, most, most + 1) == [least, most]


@pytest.mark.parametrize(
    ("given", "sure"), [({}, False), ({"confirm": "on"}, True), ({"confirm": False}, False)]
)
def test_that_nobody_is_named_must_be_said(given: dict[str, Any], *, sure: bool) -> None:
    assert read(ItemEdit, ITEM | given).confirm is sure


def test_between_one_and_fifty_items_are_confirmed_at_once() -> None:
    taken = [n for n in (0, 1, 50, 51) if faults.of(ConfirmIn, {"items": ["i"] * n}) == []]
    assert taken == [1, 50]
    assert faults.of(ConfirmIn, {"items": "i1"}) == ["items"]


def test_a_booklet_goes_back_with_a_reason() -> None:
    assert faults.lengths(ReturnIn, {}, "reason", 0, 1, 2, 1000, 1001) == [2, 1000]


def test_an_exemplary_mark_says_for_what_and_why() -> None:
    kinds = get_args(ItemKind)
    assert faults.values(ExemplarIn, MARK, "kind", *kinds, "", "person") == list(kinds)
    assert faults.lengths(ExemplarIn, MARK, "reason", 3, 4, 500, 501) == [4, 500]
    assert faults.lengths(ExemplarIn, MARK, "ident", 0, 1, 32, 33) == [1, 32]
