"""What is entered about a group within a campaign."""

from typing import Any, get_args

import pytest

from tests.incoming import faults
from tracker.incoming.group_reports import (
    CorrectionIn,
    DutyIn,
    Figure,
    FindingIn,
    PlanDoneIn,
    ReminderIn,
    ReopenIn,
    StoryIn,
)
from tracker.incoming.schema import Input, read

CORRECTION = {"figure": "sector", "value": 12, "reason": "漏计一次走访"}
FINDING = {"found_on": "2026-08-20", "finding": "有三户未登记电话"}


def test_every_figure_of_annex_3_may_be_corrected_and_no_other() -> None:
    figures = list(get_args(Figure))
    assert faults.values(CorrectionIn, CORRECTION, "figure", *figures, "members", "", None) == figures


def test_a_figure_is_a_whole_number_and_none_below_nought() -> None:
    asked = (-1, 0, "7", 1_000_000, 1_000_001, 1.5, "七", None)
    assert faults.values(CorrectionIn, CORRECTION, "value", *asked) == [0, "7", 1_000_000]


@pytest.mark.parametrize(
    ("schema", "given", "field", "least", "most"),
    [
        (ReopenIn, {}, "reason", 2, 500),
        (CorrectionIn, CORRECTION, "reason", 2, 500),
        (StoryIn, {}, "story", 0, 5000),
        (DutyIn, {}, "unit", 1, 64),
        (FindingIn, FINDING, "finding", 2, 2000),
        (FindingIn, FINDING, "action", 0, 2000),
        (PlanDoneIn, {}, "evidence", 0, 1000),
        (ReminderIn, {}, "group", 1, 64),
    ],
)
def test_each_word_about_a_group_has_its_length(
    schema: type[Input], given: dict[str, Any], field: str, least: int, most: int
) -> None:
    assert faults.lengths(schema, given, field, least - 1, least, most, most + 1) == [least, most]


def test_an_item_of_the_plan_without_a_day_is_open_again() -> None:
    assert read(PlanDoneIn, {}).done_on is None
    assert faults.of(PlanDoneIn, {"done_on": "九月底"}) == ["done_on"]


def test_a_reminder_without_a_group_goes_to_all() -> None:
    assert read(ReminderIn, {}).group is None


def test_a_finding_has_its_day_and_its_words() -> None:
    assert faults.of(FindingIn, {}) == ["found_on", "finding"]
    assert read(FindingIn, FINDING).action == ""
