"""What may be asked of a list."""

from datetime import date
from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.lists import (
    AssignmentQuery,
    CaseQuery,
    PageQuery,
    ReferenceQuery,
    UnitQuery,
    VisitQuery,
)
from tracker.incoming.schema import read

LISTS = [CaseQuery, AssignmentQuery, VisitQuery]
EVERY = pytest.mark.parametrize("schema", LISTS)


@EVERY
def test_a_page_has_fifty_rows_unless_asked_otherwise(schema: type[PageQuery]) -> None:
    assert (read(schema, {}).limit, read(schema, {}).after) == (50, None)


@EVERY
@pytest.mark.parametrize(
    ("limit", "fault"),
    [
        ("1", []),
        ("200", []),
        ("0", ["limit"]),
        ("-1", ["limit"]),
        ("201", ["limit"]),
        ("1.5", ["limit"]),
        ("many", ["limit"]),
        ("", ["limit"]),
        ("9" * 5000, ["limit"]),
    ],
)
def test_a_page_has_between_one_and_two_hundred_rows(
    schema: type[PageQuery], limit: str, fault: list[str]
) -> None:
    assert faults.of(schema, {"limit": limit}) == fault


@EVERY
def test_a_cursor_is_short(schema: type[PageQuery]) -> None:
    assert faults.of(schema, {"after": "x" * 64}) == []
    assert faults.of(schema, {"after": "x" * 65}) == ["after"]


@EVERY
@pytest.mark.parametrize("field", ["colour", "committee_id", "order", "State", "from_"])
def test_an_unknown_filter_is_refused(schema: type[PageQuery], field: str) -> None:
    assert faults.of(schema, {field: "x"}) == [field]


def test_a_reference_list_comes_whole() -> None:
    assert read(ReferenceQuery, {}).limit is None
    assert faults.of(ReferenceQuery, {"limit": "0"}) == ["limit"]


@pytest.mark.parametrize(
    ("schema", "field", "value"),
    [
        (CaseQuery, "state", "closed"),
        (CaseQuery, "state", ""),
        (CaseQuery, "disposition", "duplicate"),
        (CaseQuery, "overdue", "perhaps"),
        (AssignmentQuery, "state", "open"),
        (AssignmentQuery, "overdue", "2"),
        (VisitQuery, "circle", "family"),
        (UnitQuery, "kind", "bureau"),
    ],
)
def test_a_filter_takes_its_own_words_only(schema: type[PageQuery], field: str, value: str) -> None:
    assert faults.of(schema, {field: value}) == [field]


@pytest.mark.parametrize("field", ["category", "area", "unit", "group"])
def test_what_is_looked_up_is_named_in_few_characters(field: str) -> None:
    assert faults.of(CaseQuery, {field: "x" * 64}) == []
    assert faults.of(CaseQuery, {field: "x" * 65}) == faults.of(CaseQuery, {field: ""}) == [field]


@pytest.mark.parametrize("schema", [CaseQuery, VisitQuery])
@pytest.mark.parametrize("field", ["from", "to"])
@pytest.mark.parametrize(
    ("day", "taken"),
    [
        ("1900-01-01", True),
        ("2999-12-31", True),
        ("1899-12-31", False),
        ("3000-01-01", False),
        ("2026-02-29", False),
        ("2028-02-29", True),
        ("23.11.2026", False),
        ("0001-01-01", False),
    ],
)
def test_a_day_lies_within_what_can_be_reckoned_with(
    schema: type[PageQuery], field: str, day: str, taken: bool
) -> None:
    assert faults.of(schema, {field: day}) == ([] if taken else [field])


def test_from_is_asked_by_that_name() -> None:
    assert read(VisitQuery, {"from": "2026-11-01"}).from_ == date(2026, 11, 1)


@pytest.mark.parametrize(("text", "answer"), [("true", True), ("1", True), ("false", False), ("0", False)])
def test_overdue_is_a_yes_or_a_no(text: str, answer: Any) -> None:
    assert read(CaseQuery, {"overdue": text}).overdue is answer
