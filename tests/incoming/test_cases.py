"""What may be said about a case, and how long it may be."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.cases import (
    CaseEdit,
    CaseIn,
    CoordinateIn,
    FeedBackIn,
    HandleIn,
    ImportedCase,
    MergeIn,
    NoteIn,
    RatingIn,
    ReasonIn,
    ResidentIn,
    RevealIn,
)
from tracker.incoming.schema import Input, read

CASE: dict[str, Any] = {"summary": "路灯不亮", "narrative": "北门三盏路灯不亮", "area": "0101"}
DEPARTMENT = {"unit": "housing", "role": "lead"}


def with_consent(**given: Any) -> dict[str, Any]:
    return given | {"consent_process": True}


@pytest.mark.parametrize(("field", "least", "most"), [("summary", 2, 80), ("narrative", 2, 10_000)])
@pytest.mark.parametrize("schema", [CaseIn, CaseEdit])
def test_the_words_of_a_case_have_their_lengths(
    schema: type[Input], field: str, least: int, most: int
) -> None:
    given = CASE if schema is CaseIn else {}
    for length in (least, most):
        assert faults.of(schema, given | {field: "灯" * length}) == []
    for length in (least - 1, most + 1):
        assert faults.of(schema, given | {field: "灯" * length}) == [field]


def test_blanks_around_words_are_no_words() -> None:
    assert faults.of(CaseIn, CASE | {"summary": "  灯  "}) == ["summary"]
    assert read(CaseIn, CASE | {"summary": " 路灯不亮 \n"}).summary == "路灯不亮"


@pytest.mark.parametrize("field", ["summary", "narrative", "area"])
def test_without_words_and_place_there_is_no_case(field: str) -> None:
    given = {name: value for name, value in CASE.items() if name != field}
    assert faults.of(CaseIn, given) == [field]
    assert faults.words(CaseIn, given) == ["请填写这一项"]


def test_what_is_left_out_is_an_ordinary_visit() -> None:
    case = read(CaseIn, CASE)
    assert (case.source, case.urgency, case.category, case.subject_unit) == ("visit", "normal", None, None)
    assert not case.is_petition and not case.is_accusation
    assert not case.resident.consent_process


@pytest.mark.requirement("S1-12")
@pytest.mark.requirement("S1-13")
@pytest.mark.requirement("S1-41")
@pytest.mark.parametrize(
    "source", ["visit", "mailbox", "reception", "symposium", "wechat", "phone", "letter", "import", "other"]
)
def test_every_way_in_has_its_name(source: str) -> None:
    assert read(CaseIn, CASE | {"source": source}).source == source


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", "fax"),
        ("source", "Visit"),
        ("source", None),
        ("urgency", "very"),
        ("urgency", 1),
        ("origin", "other"),
        ("is_petition", "perhaps"),
        ("is_petition", None),
        ("is_accusation", 2),
        ("resident", "吴"),
        ("resident", []),
        ("resident", None),
        ("area", ""),
        ("area", 101),
        ("category", 7),
        ("summary", ["路灯"]),
        ("narrative", {"text": "路灯"}),
        ("summary", True),
    ],
)
def test_a_value_of_another_kind_is_named_by_its_field(field: str, value: Any) -> None:
    assert faults.of(CaseIn, CASE | {field: value}) == [field]


@pytest.mark.requirement("T15")
@pytest.mark.parametrize(
    "field", ["state", "reference", "committee_id", "raised_by_id", "due_at", "id", "version", "Summary"]
)
def test_no_other_field_is_taken(field: str) -> None:
    assert faults.of(CaseIn, CASE | {field: "x"}) == [field]
    assert faults.of(CaseIn, CASE | {"resident": {field: "x"}}) == [f"resident.{field}"]


def test_all_faults_are_told_at_once() -> None:
    given = {"summary": "灯", "urgency": "very", "resident": {"name": "长" * 41}, "colour": "red"}
    assert faults.of(CaseIn, given) == ["summary", "narrative", "area", "urgency", "resident.name", "colour"]


# --- the resident
@pytest.mark.parametrize(("field", "most"), [("name", 40), ("phone", 30), ("address", 120)])
def test_what_tells_a_resident_has_its_length_and_needs_consent(field: str, most: int) -> None:
    assert faults.of(ResidentIn, with_consent(**{field: "1" * most})) == []
    assert faults.of(ResidentIn, with_consent(**{field: "1" * (most + 1)})) == [field]
    assert faults.of(ResidentIn, {field: "1"}) == ["body"]


def test_blanks_are_nothing_to_agree_to() -> None:
    assert faults.of(ResidentIn, {"name": "   ", "phone": "\t", "consent_process": False}) == []


def test_who_leaves_nothing_need_not_agree() -> None:
    assert read(ResidentIn, {}).name == ""


def test_agreeing_to_one_thing_is_not_agreeing_to_the_others() -> None:
    resident = read(ResidentIn, with_consent(name="吴"))
    assert not resident.consent_forward and not resident.consent_publish


@pytest.mark.parametrize("other", ["consent_forward", "consent_publish"])
def test_another_consent_does_not_stand_for_that_to_keep(other: str) -> None:
    assert faults.of(ResidentIn, {"name": "吴", other: True}) == ["body"]


# --- edits
def test_an_edit_without_fields_is_one() -> None:
    assert read(CaseEdit, {}).model_dump(exclude_unset=True) == {}


@pytest.mark.parametrize("field", ["resident", "source", "origin", "visit", "reference", "state", "route"])
def test_an_edit_reaches_only_what_triage_may_change(field: str) -> None:
    assert faults.of(CaseEdit, {field: "x"}) == [field]


def test_an_empty_category_is_one_taken_away() -> None:
    assert read(CaseEdit, {"category": ""}).model_dump(exclude_unset=True) == {"category": ""}


# --- an imported row
@pytest.mark.parametrize("moment", ["2026-11-22T10:00:00+08:00", "2026-11-22T02:00:00Z", None])
def test_the_time_of_an_imported_row_has_its_zone(moment: str | None) -> None:
    given = CASE | {"import_key": "xs:1", "occurred_at": moment}
    assert faults.of(ImportedCase, given) == []


@pytest.mark.parametrize("moment", ["2026-11-22T10:00:00", "2026-11-22", "yesterday", "", []])
def test_a_time_without_zone_is_refused(moment: Any) -> None:
    given = CASE | {"import_key": "xs:1", "occurred_at": moment}
    assert faults.of(ImportedCase, given) == ["occurred_at"]


def test_an_imported_row_has_a_key_that_fits_its_column() -> None:
    assert faults.of(ImportedCase, CASE) == ["import_key"]
    assert faults.of(ImportedCase, CASE | {"import_key": "k" * 80}) == []
    assert faults.of(ImportedCase, CASE | {"import_key": "k" * 81}) == ["import_key"]


# --- moves
@pytest.mark.parametrize("route", ["quick", "assign", "refer", "brief"])
def test_a_coordination_needs_its_route_alone(route: str) -> None:
    given = read(CoordinateIn, {"route": route})
    assert (given.transfer_text, given.confirmed, given.assignments, given.result) == ("", False, [], "")


@pytest.mark.parametrize("route", [None, "", "Assign", "merge", 1, ["assign"]])
def test_another_route_is_none(route: Any) -> None:
    assert faults.of(CoordinateIn, {"route": route}) == ["route"]


def test_twelve_departments_are_the_most() -> None:
    assert faults.of(CoordinateIn, {"route": "assign", "assignments": [DEPARTMENT] * 12}) == []
    assert faults.of(CoordinateIn, {"route": "assign", "assignments": [DEPARTMENT] * 13}) == ["assignments"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": "helper"}, "role"),
        ({"role": None}, "role"),
        ({"unit": 7}, "unit"),
        ({"sla_class": "slow"}, "sla_class"),
        ({"transfer_text": "自己的"}, "transfer_text"),
    ],
)
def test_a_fault_in_a_department_names_its_place(change: dict[str, Any], field: str) -> None:
    given = {"route": "assign", "assignments": [DEPARTMENT, DEPARTMENT | change]}
    assert faults.of(CoordinateIn, given) == [f"assignments.1.{field}"]


LONG_WORDS = [
    (CoordinateIn, {"route": "quick"}, "transfer_text", 5000),
    (CoordinateIn, {"route": "quick"}, "result", 5000),
    (CoordinateIn, {"route": "quick"}, "note", 1000),
    (HandleIn, {}, "result", 5000),
    (HandleIn, {}, "note", 1000),
    (FeedBackIn, {}, "note", 1000),
    (MergeIn, {"into": "XS-2026-000001"}, "note", 1000),
    (RatingIn, {"rating": "satisfied"}, "note", 1000),
]


@pytest.mark.parametrize(("schema", "given", "field", "most"), LONG_WORDS)
def test_words_beside_a_move_may_be_left_out_but_not_be_endless(
    schema: type[Input], given: dict[str, Any], field: str, most: int
) -> None:
    assert faults.of(schema, given) == []
    assert faults.of(schema, given | {field: "字" * most}) == []
    assert faults.of(schema, given | {field: "字" * (most + 1)}) == [field]


@pytest.mark.parametrize(
    ("schema", "field", "least", "most"),
    [(ReasonIn, "note", 2, 1000), (NoteIn, "text", 2, 1000), (RevealIn, "reason", 4, 200)],
)
def test_a_reason_has_some_substance_and_an_end(
    schema: type[Input], field: str, least: int, most: int
) -> None:
    assert faults.of(schema, {field: "因" * least}) == faults.of(schema, {field: "因" * most}) == []
    for wrong in ("因" * (least - 1), "因" * (most + 1), " " * 10, "", None):
        assert faults.of(schema, {field: wrong}) == [field]
    assert faults.of(schema, {}) == [field]


@pytest.mark.parametrize("rating", ["satisfied", "basically", "dissatisfied"])
def test_there_are_three_verdicts(rating: str) -> None:
    assert read(RatingIn, {"rating": rating}).rating == rating


@pytest.mark.parametrize("rating", ["", None, "very", "Satisfied", "满意", 5, ["satisfied"]])
def test_there_is_no_fourth(rating: Any) -> None:
    assert faults.of(RatingIn, {"rating": rating}) == ["rating"]


@pytest.mark.parametrize("told", ["letter", "phone", "", 1])
def test_by_hand_one_is_told_by_word_or_on_the_code_page_only(told: Any) -> None:
    assert faults.of(FeedBackIn, {"told": told}) == ["told"]


@pytest.mark.parametrize("given", ["E", "a", "", 1])
def test_an_outcome_has_one_of_four_classes(given: Any) -> None:
    assert faults.of(HandleIn, {"result_class": given}) == ["result_class"]


@pytest.mark.parametrize("reason", ["same", "", None])
def test_a_merging_has_one_of_two_reasons(reason: Any) -> None:
    assert faults.of(MergeIn, {"into": "XS-2026-000001", "reason": reason}) == ["reason"]
    assert faults.of(MergeIn, {"reason": "duplicate"}) == ["into"]
