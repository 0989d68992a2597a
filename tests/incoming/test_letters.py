"""The words of a letter and what is told about its way."""

from datetime import date
from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.letters import DeliverIn, LetterContent, LetterEdit, LetterIn, RejectIn
from tracker.incoming.schema import read

WORDS: dict[str, Any] = {"title": "关于路灯问题的反馈函", "addressee": "欧阳桂兰："}
HANDED = {"method": "post", "delivered_on": "2026-11-23"}


def test_a_letter_needs_title_and_addressee_and_ends_politely() -> None:
    assert faults.of(LetterContent, {}) == ["title", "addressee"]
    content = read(LetterContent, WORDS)
    assert content.closing == "特此反馈。" and content.copy_to == []


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ("title", 80),
        ("addressee", 60),
        ("opening", 2000),
        ("concern", 6000),
        ("handling", 6000),
        ("result", 6000),
        ("follow_up", 4000),
        ("closing", 60),
        ("contact", 120),
    ],
)
def test_each_part_has_its_length(field: str, most: int) -> None:
    assert faults.of(LetterContent, WORDS | {field: "字" * most}) == []
    assert faults.of(LetterContent, WORDS | {field: "字" * (most + 1)}) == [field]


@pytest.mark.parametrize("field", ["opening", "concern", "handling", "result", "follow_up", "closing"])
def test_a_part_may_be_empty_but_not_absent_in_kind(field: str) -> None:
    assert faults.of(LetterContent, WORDS | {field: ""}) == []
    assert faults.of(LetterContent, WORDS | {field: None}) == [field]


@pytest.mark.parametrize(
    ("copies", "field"),
    [
        (["东亭街道"] * 11, "copy_to"),
        ([""], "copy_to.0"),
        (["东亭街道", "长" * 61], "copy_to.1"),
        ("东亭街道", "copy_to"),
        ([7], "copy_to.0"),
    ],
)
def test_copies_go_to_ten_short_names_at_most(copies: Any, field: str) -> None:
    assert faults.of(LetterContent, WORDS | {"copy_to": ["东亭街道"] * 10}) == []
    assert faults.of(LetterContent, WORDS | {"copy_to": copies}) == [field]


@pytest.mark.parametrize("field", ["number", "issue_date", "issuer", "state", "class"])
def test_number_and_date_are_never_the_drafters(field: str) -> None:
    assert faults.of(LetterContent, WORDS | {field: "x"}) == [field]


def test_a_draft_may_come_without_words_an_edit_may_not() -> None:
    assert read(LetterIn, {}).content is None
    assert faults.of(LetterEdit, {}) == ["content"]
    assert faults.of(LetterEdit, {"content": WORDS}) == []


def test_there_is_one_kind_of_letter_yet() -> None:
    assert faults.of(LetterIn, {"kind": "reply"}) == ["kind"]


def test_a_fault_within_the_words_names_the_way_to_it() -> None:
    assert faults.of(LetterIn, {"content": WORDS | {"title": "函"}}) == ["content.title"]


@pytest.mark.parametrize("method", ["in_person", "post", "member", "code_page"])
def test_a_letter_is_handed_over_in_one_of_four_ways(method: str) -> None:
    assert read(DeliverIn, HANDED | {"method": method}).delivered_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"method": "email"}, "method"),
        ({"delivered_on": "23.11.2026"}, "delivered_on"),
        ({"delivered_on": "2026-02-30"}, "delivered_on"),
        ({"delivered_on": ""}, "delivered_on"),
        ({"delivered_on": "2026-11-23T10:00:00"}, "delivered_on"),
        ({"note": "字" * 501}, "note"),
    ],
)
def test_a_faulty_delivery_is_named_by_its_field(change: dict[str, Any], field: str) -> None:
    assert faults.of(DeliverIn, HANDED | change) == [field]


@pytest.mark.parametrize(("reason", "fault"), [("错了", []), ("错", ["reason"]), ("错" * 1001, ["reason"])])
def test_a_letter_that_goes_back_says_why(reason: str, fault: list[str]) -> None:
    assert faults.of(RejectIn, {"reason": reason}) == fault
