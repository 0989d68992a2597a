"""What people decide about filled forms, and the shape a form must have to be stored."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.errors import HuiyinError, Invalid, TooLarge
from tracker.incoming import form_imports
from tracker.incoming.form_imports import (
    MOST_FILES,
    ConfirmIn,
    FormFix,
    ResultsForm,
    UploadQuery,
    VisitForm,
    check_sizes,
)
from tracker.incoming.schema import Input, read

VISIT: dict[str, Any] = {"visitors": ["周敏"], "visited_on": "2026-07-15", "reported": "巷口积水"}
RESULTS = {"member": "周敏", "suggestion": "建议增设停靠点"}
MIB = 1 << 20


def test_a_form_has_a_visitor_a_day_and_something_that_was_told() -> None:
    assert faults.of(VisitForm, {}) == ["visitors", "visited_on", "reported"]
    form = read(VisitForm, VISIT)
    assert (form.circle, form.persons_count, form.help_needed, form.drive) == (None, None, [], "")


@pytest.mark.parametrize(
    ("visitors", "at_fault"),
    [
        ([], ["visitors"]),
        (["周敏"] * 20, []),
        (["周敏"] * 21, ["visitors"]),
        (["周敏", ""], ["visitors.1"]),
        (["周敏", "　 "], ["visitors.1"]),
        (["名" * 60], []),
        (["名" * 61], ["visitors.0"]),
        ("周敏", ["visitors"]),
    ],
)
def test_between_one_and_twenty_named_people_went(visitors: Any, at_fault: list[str]) -> None:
    assert faults.of(VisitForm, VISIT | {"visitors": visitors}) == at_fault


@pytest.mark.parametrize(
    ("schema", "given", "field", "least", "most"),
    [
        (VisitForm, VISIT, "group", 0, 80),
        (VisitForm, VISIT, "contact", 0, 40),
        (VisitForm, VISIT, "address", 0, 120),
        (VisitForm, VISIT, "reported", 2, 10_000),
        (VisitForm, VISIT, "drive", 0, 40),
        (ResultsForm, RESULTS, "member", 1, 60),
        (ResultsForm, RESULTS, "suggestion", 0, 5000),
        (ResultsForm, RESULTS, "brief", 0, 1500),
        (ResultsForm, RESULTS, "lead", 0, 5000),
        (ConfirmIn, {}, "area", 1, 64),
        (UploadQuery, {}, "campaign", 1, 64),
    ],
)
def test_what_a_form_holds_fits_where_it_goes(
    schema: type[Input], given: dict[str, Any], field: str, least: int, most: int
) -> None:
    assert faults.lengths(schema, given, field, least - 1, least, most, most + 1) == [least, most]


@pytest.mark.parametrize("field", ["help_needed", "coordination_needed"])
def test_a_matter_is_two_characters_and_a_blank_one_is_none(field: str) -> None:
    form = read(VisitForm, VISIT | {field: ["修路灯", "", "  ", "清河道"]})
    assert getattr(form, field) == ["修路灯", "清河道"]
    assert faults.words(VisitForm, VISIT | {field: ["修路灯", "灯"]}) == ["每件事至少写 2 个字"]
    assert faults.of(VisitForm, VISIT | {field: ["修路灯", "灯"]}) == [field]


@pytest.mark.parametrize("field", ["help_needed", "coordination_needed"])
def test_twenty_matters_of_nine_thousand_characters_are_the_most(field: str) -> None:
    assert faults.of(VisitForm, VISIT | {field: ["字" * 9000] * 20}) == []
    assert faults.of(VisitForm, VISIT | {field: ["修路灯"] * 21}) == [field]
    assert faults.of(VisitForm, VISIT | {field: ["修路灯", "字" * 9001]}) == [f"{field}.1"]


def test_a_visit_is_neither_older_than_the_files_nor_beyond_the_calendar() -> None:
    days = ("1989-12-31", "1990-01-01", "2999-12-31", "3000-01-01", "", None)
    assert faults.values(VisitForm, VISIT, "visited_on", *days) == ["1990-01-01", "2999-12-31"]


def test_how_many_were_met_may_be_unknown_and_is_never_none() -> None:
    assert faults.values(VisitForm, VISIT, "persons_count", None, 0, 1, 999, 1000) == [None, 1, 999]


def test_a_date_without_a_year_is_of_a_year_of_this_century() -> None:
    asked = (None, 1999, 2000, "2017", 2100, 2101, "一七")
    assert faults.values(UploadQuery, {}, "year", *asked) == [None, 2000, "2017", 2100]


def test_what_an_answer_told_may_be_sent_back_and_what_nobody_knows_not() -> None:
    told = {
        "confidence": {"group": 0.2},
        "problems": [],
        "place": "3",
        "duplicate_of": None,
        "outcome": "visit",
    }
    assert faults.of(FormFix, told) == []
    assert faults.of(FormFix, {"stored": True}) == ["stored"]
    assert faults.of(ConfirmIn, {"forms": [{}, {"kept": True}]}) == ["forms.1.kept"]


@pytest.mark.parametrize(
    ("cases", "at_fault"),
    [
        ({"help_needed": [True, False]}, []),
        ({"coordination_needed": []}, []),
        ({"reported": [True]}, ["cases.reported.[key]"]),
        ({"help_needed": [True] * 20}, []),
        ({"help_needed": [True] * 21}, ["cases.help_needed"]),
        ({"help_needed": True}, ["cases.help_needed"]),
    ],
)
def test_matters_become_cases_by_their_position_in_two_boxes(cases: Any, at_fault: list[str]) -> None:
    assert faults.of(FormFix, {"cases": cases}) == at_fault


def test_unless_somebody_says_otherwise_people_agreed_and_matters_become_cases() -> None:
    said = read(ConfirmIn, {})
    assert (said.consent_process, said.cases, said.circle, said.area) == (True, True, None, None)
    fix = read(FormFix, {})
    assert (fix.id, fix.fields, fix.keep, fix.cases) == (None, None, None, None)


@pytest.mark.parametrize(
    ("sizes", "refusal", "word"),
    [
        ([], Invalid, "请选"),
        ([1], None, ""),
        ([1] * MOST_FILES, None, ""),
        ([1] * (MOST_FILES + 1), Invalid, "200"),
        ([20 * MIB], None, ""),
        ([20 * MIB + 1], TooLarge, "20 MB"),
        ([20 * MIB] * 3, None, ""),
        ([20 * MIB] * 3 + [1], TooLarge, "60 MB"),
    ],
)
def test_an_upload_has_so_many_files_of_such_a_size(
    sizes: list[int], refusal: type[HuiyinError] | None, word: str
) -> None:
    zeros = bytes(max(sizes, default=0))
    files = [(f"{n}.docx", zeros if size == len(zeros) else zeros[:size]) for n, size in enumerate(sizes)]
    if refusal is None:
        check_sizes(files)
        return
    with pytest.raises(refusal) as refused:
        check_sizes(files)
    assert word in str(refused.value.errors[0] if isinstance(refused.value, Invalid) else refused.value)


def test_forms_of_these_kinds_become_something() -> None:
    assert {"annex1": VisitForm, "register": VisitForm, "annex2": ResultsForm} == form_imports.SCHEMAS
