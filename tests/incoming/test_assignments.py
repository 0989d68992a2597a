"""What the office sends to a department, and what comes back."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.assignments import (
    AssignmentIn,
    DecideReturnIn,
    ReplyIn,
    RequestReturnIn,
    RevokeIn,
    ReworkIn,
)
from tracker.incoming.schema import Input, read

DRAFT = {"unit": "housing", "transfer_text": "路灯不亮，请恢复照明。"}
REPLY = {"result_class": "A", "text": "已经更换电缆并恢复照明。"}


def test_a_draft_is_for_an_ordinary_lead_unless_said_otherwise() -> None:
    draft = read(AssignmentIn, DRAFT)
    assert (draft.role, draft.sla_class, draft.confirmed) == ("lead", "normal", True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit": None}, "unit"),
        ({"role": "helper"}, "role"),
        ({"sla_class": "later"}, "sla_class"),
        ({"transfer_text": ""}, "transfer_text"),
        ({"transfer_text": "  "}, "transfer_text"),
        ({"transfer_text": "字" * 5001}, "transfer_text"),
        ({"confirmed": "perhaps"}, "confirmed"),
        ({"due_at": "2030-01-01"}, "due_at"),
        ({"state": "completed"}, "state"),
        ({"resident": {"name": "吴"}}, "resident"),
    ],
)
def test_a_draft_takes_nothing_else(change: dict[str, Any], field: str) -> None:
    assert faults.of(AssignmentIn, DRAFT | change) == [field]


@pytest.mark.parametrize("role", ["lead", "co", "separate"])
@pytest.mark.parametrize("sla_class", ["urgent", "simple", "normal", "complex"])
def test_every_role_and_class_is_taken(role: str, sla_class: str) -> None:
    assert faults.of(AssignmentIn, DRAFT | {"role": role, "sla_class": sla_class}) == []


@pytest.mark.parametrize(
    ("schema", "least", "most"), [(RequestReturnIn, 20, 1000), (ReworkIn, 2, 1000), (RevokeIn, 2, 1000)]
)
def test_what_goes_back_says_why(schema: type[Input], least: int, most: int) -> None:
    for length in (least, most):
        assert faults.of(schema, {"reason": "因" * length}) == []
    for wrong in ("因" * (least - 1), "因" * (most + 1), None, " " * 30):
        assert faults.of(schema, {"reason": wrong}) == ["reason"]
    assert faults.of(schema, {}) == ["reason"]


@pytest.mark.parametrize("granted", [True, False, "true", "false", "1", "0", "on", "off"])
def test_a_ruling_is_yes_or_no_however_a_form_writes_it(granted: Any) -> None:
    assert read(DecideReturnIn, {"granted": granted}).granted is (granted in (True, "true", "1", "on"))


@pytest.mark.parametrize("granted", [None, "", "maybe", 2, "granted", []])
def test_a_ruling_is_nothing_between(granted: Any) -> None:
    assert faults.of(DecideReturnIn, {"granted": granted}) == ["granted"]


@pytest.mark.parametrize("result", "ABCD")
def test_an_answer_says_what_became_of_it(result: str) -> None:
    assert read(ReplyIn, REPLY | {"result_class": result}).contact_record is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"result_class": "E"}, "result_class"),
        ({"result_class": None}, "result_class"),
        ({"text": "字" * 9}, "text"),
        ({"text": " " * 20}, "text"),
        ({"text": "字" * 10_001}, "text"),
        ({"contact_record": "phone"}, "contact_record"),
        ({"contact_record": ""}, "contact_record"),
        ({"contact_reason": "字" * 501}, "contact_reason"),
        ({"approved": True}, "approved"),
    ],
)
def test_a_faulty_answer_is_named_by_its_field(change: dict[str, Any], field: str) -> None:
    assert faults.of(ReplyIn, REPLY | change) == [field]


@pytest.mark.parametrize("length", [10, 10_000])
def test_an_answer_may_be_a_sentence_or_a_report(length: int) -> None:
    assert faults.of(ReplyIn, REPLY | {"text": "字" * length}) == []


@pytest.mark.parametrize("reason", ["", "  "])
def test_who_could_not_be_reached_needs_a_reason(reason: str) -> None:
    given = REPLY | {"contact_record": "not_possible", "contact_reason": reason}
    assert faults.words(ReplyIn, given) == ["未能联系的，请写明原因"]
    assert faults.of(ReplyIn, given | {"contact_reason": "未留联系方式"}) == []


@pytest.mark.parametrize("record", ["through_office", "on_site"])
def test_who_was_reached_needs_none(record: str) -> None:
    assert faults.of(ReplyIn, REPLY | {"contact_record": record}) == []
