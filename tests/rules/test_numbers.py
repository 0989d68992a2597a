from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.numbers import (
    Number,
    case_reference,
    document_number,
    parse_case_reference,
    parse_document_number,
    shanghai_year,
)

YEARS, NUMBERS = st.integers(1949, 9999), st.integers(1, 999_999)


def test_a_case_is_called_by_prefix_year_and_six_digits():
    assert case_reference("XS", 2026, 123) == "XS-2026-000123"


def test_a_document_is_called_with_hexagonal_brackets_and_no_leading_noughts():
    assert document_number("锡政协办函", 2026, 12) == "锡政协办函〔2026〕12号"


@given(YEARS, NUMBERS)
def test_every_number_is_read_back(year, number):
    assert parse_case_reference(case_reference("DT", year, number)) == Number("DT", year, number)
    assert parse_document_number(document_number("东政协办函", year, number)) == Number(
        "东政协办函", year, number
    )


@pytest.mark.parametrize("text", ["xs-2026-000123", "ＸＳ－２０２６－０００１２３", " XS — 2026 - 000123 "])
def test_a_case_is_found_however_its_reference_was_typed(text):
    assert parse_case_reference(text) == Number("XS", 2026, 123)


@pytest.mark.parametrize(
    "text", ["锡政协办函[2026]12号", "锡政协办函（2026）12号", "锡政协办函〔２０２６〕１２号"]
)
def test_a_document_is_found_with_the_wrong_brackets(text):
    assert parse_document_number(text) == Number("锡政协办函", 2026, 12)


@pytest.mark.parametrize(
    "text", ["", "XS-2026-123", "XS-26-000123", "XS-2026-000000", "XS-2026-0001234567", "X" * 999]
)
def test_anything_else_is_no_reference(text):
    assert parse_case_reference(text) is None


@pytest.mark.parametrize("text", ["", "锡政协办函〔2026〕012号", "锡政协办函2026年12号", "〔2026〕12号"])
def test_anything_else_is_no_document_number(text):
    assert parse_document_number(text) is None


@pytest.mark.parametrize(("prefix", "year", "number"), [("xs", 2026, 1), ("XS", 26, 1), ("XS", 2026, 0)])
def test_a_number_that_could_not_be_read_back_is_never_made(prefix, year, number):
    with pytest.raises(ValueError, match="no case"):
        case_reference(prefix, year, number)


def test_a_document_needs_a_chinese_prefix():
    with pytest.raises(ValueError, match="no document"):
        document_number("XS", 2026, 1)


def test_the_year_turns_at_midnight_in_shanghai():
    assert shanghai_year(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == 2026
    assert shanghai_year(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == 2027


@pytest.mark.parametrize("dash", "-‐‑‒–—―−－_")
def test_every_dash_a_keyboard_knows_is_read(dash):
    assert parse_case_reference(f"XS{dash}2026{dash}000123") == Number("XS", 2026, 123)


@pytest.mark.parametrize(
    "text",
    [
        "XS-2026-000123;",
        "XS-2026-000123 XS-2026-000124",
        "X-2026-000123",
        "TOOLONGX-2026-000123",
        "XS-1948-000123",
        "XS2026000123",
        "锡-2026-000123",
        "XS-２０２６-00012三",
    ],
)
def test_what_only_resembles_a_reference_is_none(text):
    assert parse_case_reference(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "锡政协办函〔2026〕0号",
        "锡政协办函〔1948〕12号",
        "锡政协办函〔2026〕1000000号",
        "锡〔2026〕12号",
        "XS〔2026〕12号",
        "关于锡政协办函〔2026〕12号的",
        "锡政协办函〔2026〕12",
    ],
)
def test_what_only_resembles_a_document_number_is_none(text):
    assert parse_document_number(text) is None


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "()", "【】", "﹝﹞", "［］", "（）"])
def test_all_brackets_people_type_are_read_and_one_kind_is_written(brackets):
    opening, closing = brackets
    read = parse_document_number(f" 锡政协办函 {opening} 2026 {closing} 12号 ")
    assert read is not None
    assert document_number(*read) == "锡政协办函〔2026〕12号"


@pytest.mark.parametrize(
    ("prefix", "year", "number"),
    [("锡政协办函", 2026, 0), ("锡政协办函", 26, 1), ("锡", 2026, 1), ("", 2026, 1)],
)
def test_a_document_number_that_could_not_be_read_back_is_never_made(prefix, year, number):
    with pytest.raises(ValueError, match="no document"):
        document_number(prefix, year, number)


@pytest.mark.parametrize("number", [1, 999_999])
def test_the_first_and_the_last_number_of_a_year_are_written(number):
    assert parse_case_reference(case_reference("XS", 2026, number)) == Number("XS", 2026, number)


def test_after_the_last_number_of_a_year_none_is_made():
    with pytest.raises(ValueError, match="no case"):
        case_reference("XS", 2026, 1_000_000)


@pytest.mark.parametrize("year", [1949, 9999])
def test_the_first_and_the_last_year_are_read_back(year):
    assert parse_case_reference(case_reference("XS", year, 7)) == Number("XS", year, 7)
    assert parse_document_number(document_number("锡政协办函", year, 7)) == Number("锡政协办函", year, 7)


@pytest.mark.parametrize("year", [1948, 10_000])
def test_before_and_after_them_nothing_is_numbered(year):
    for make, prefix in ((case_reference, "XS"), (document_number, "锡政协办函")):
        with pytest.raises(ValueError, match=str(year)):
            make(prefix, year, 7)


@pytest.mark.parametrize(("shortest", "longest"), [("XS", "ABCDEF")])
def test_a_prefix_has_two_to_six_letters(shortest, longest):
    for prefix in (shortest, longest):
        assert case_reference(prefix, 2026, 1).startswith(f"{prefix}-")
    for prefix in (shortest[:1], longest + "G", "X1", "锡山"):
        with pytest.raises(ValueError, match="no case"):
            case_reference(prefix, 2026, 1)


def test_a_letters_prefix_has_two_to_twelve_characters():
    for prefix in ("锡函", "锡" * 12):
        assert document_number(prefix, 2026, 1) == f"{prefix}〔2026〕1号"
    for prefix in ("锡", "锡" * 13, "锡 函"):
        with pytest.raises(ValueError, match="no document"):
            document_number(prefix, 2026, 1)
