"""What somebody without an account sends."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.schema import Input
from tracker.incoming.track import CodeIn, LetterByCodeIn, RatingByCodeIn

CODE = {"code": "ABCD-EFGH-JKMN-PQRS-TVWXY"}
BESIDE: dict[type[Input], dict[str, Any]] = {
    CodeIn: {},
    LetterByCodeIn: {"pin": "2186"},
    RatingByCodeIn: {"rating": "satisfied"},
}
EACH = pytest.mark.parametrize("schema", list(BESIDE))


@EACH
def test_a_code_is_needed_and_bounded(schema: type[Input]) -> None:
    beside = BESIDE[schema]
    assert faults.of(schema, beside) == ["code"]
    assert faults.of(schema, beside | {"code": "A" * 100}) == []
    assert faults.of(schema, beside | {"code": "A" * 101}) == ["code"]


@EACH
@pytest.mark.parametrize("code", [None, 12345, ["ABCD"], {"code": "ABCD"}, True])
def test_a_code_is_text(schema: type[Input], code: Any) -> None:
    assert faults.of(schema, BESIDE[schema] | {"code": code}) == ["code"]


@EACH
@pytest.mark.parametrize("field", ["reference", "case_id", "by", "expires_at"])
def test_nothing_else_is_taken_from_whoever_has_no_account(schema: type[Input], field: str) -> None:
    assert faults.of(schema, CODE | BESIDE[schema] | {field: "x"}) == [field]


@pytest.mark.parametrize("pin", ["x" * 21, None, 2186])
def test_a_pin_is_short_text(pin: Any) -> None:
    assert faults.of(LetterByCodeIn, CODE | {"pin": pin}) == ["pin"]
    assert faults.of(LetterByCodeIn, CODE) == ["pin"]


@pytest.mark.parametrize("rating", ["", None, "good"])
def test_a_verdict_by_code_is_one_of_the_three(rating: Any) -> None:
    assert faults.of(RatingByCodeIn, CODE | {"rating": rating}) == ["rating"]
