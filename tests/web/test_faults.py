"""A refusal as a form shows it: beside its field, in the reader's language, with the right status."""

import pytest

from tests.web.conftest import Speaking
from tracker.errors import (
    Conflict,
    FieldError,
    Forbidden,
    HuiyinError,
    Invalid,
    NotFound,
    TooLarge,
    WrongType,
)
from tracker.web import faults


@pytest.mark.parametrize(
    "refused, status",
    [
        (Invalid.one("summary", "请填写"), 422),
        (Conflict("刚才有人改过"), 409),
        (Conflict("还缺条件", missing=("has_category",)), 409),
        (TooLarge("太大"), 413),
        (WrongType("不行"), 415),
        (NotFound("没有"), 404),
        (Forbidden("不行"), 403),
    ],
)
def test_each_refusal_has_its_status(refused: HuiyinError, status: int) -> None:
    assert faults.status(refused) == status


def test_a_fault_stands_at_its_field_and_a_groups_fault_at_the_box_that_mends_it(speaking: Speaking) -> None:
    refused = Invalid([FieldError("summary", "请填写"), FieldError("resident", "请先征得同意")])
    with speaking():
        told = faults.told(refused, {"resident": "resident.consent_process"})
        assert [(e.field, e.message) for e in told] == [
            ("summary", "请填写"), ("resident.consent_process", "请先征得同意"),
        ]  # fmt: skip
        assert [e.field for e in faults.told(refused)] == ["summary", "resident"]


def test_what_is_missing_is_told_sentence_by_sentence(speaking: Speaking) -> None:
    refused = Conflict("还缺条件", missing=("has_category", "subject_is_decided"))
    with speaking():
        assert [e.message for e in faults.told(refused)] == [
            "先选类别", "先选被反映单位，没有就选“无”",
        ]  # fmt: skip
    with speaking("en"):
        told = faults.told(refused)
    assert [e.field for e in told] == ["", ""]
    assert not any("先选" in e.message for e in told)


def test_a_need_without_words_falls_back_to_the_refusals_own_sentence(speaking: Speaking) -> None:
    with speaking():
        (told,) = faults.told(Conflict("还缺条件", missing=("nobody_knows",)))
    assert told.field == "" and told.message and "nobody_knows" not in told.message


def test_values_in_a_sentence_are_filled_in_after_it_is_translated(speaking: Speaking) -> None:
    refused = Invalid([FieldError("name", "太长了，最多 %(max_length)s 个字", {"max_length": 20})])
    with speaking():
        assert faults.told(refused)[0].message == "太长了，最多 20 个字"
