"""A new version of the rules of work."""

from tests.incoming import faults
from tracker.incoming.schema import read
from tracker.incoming.work_rules import WorkRulesIn

RULES = {"text": "第一条　委员每季度至少走访一次，走访情况当日登记。", "why": "季度例会通过"}


def test_rules_are_more_than_a_line_and_less_than_a_book() -> None:
    assert faults.lengths(WorkRulesIn, RULES, "text", 0, 19, 20, 20_000, 20_001) == [20, 20_000]


def test_a_new_version_says_why_there_is_one() -> None:
    assert faults.lengths(WorkRulesIn, RULES, "why", 0, 1, 2, 200, 201) == [2, 200]
    assert faults.of(WorkRulesIn, {"text": RULES["text"]}) == ["why"]


def test_lines_and_blanks_within_the_rules_are_kept() -> None:
    text = "第一条　登记。\n\n第二条　反馈。\n　　（一）口头。\n　　（二）书面。"
    assert read(WorkRulesIn, RULES | {"text": f"\n{text}\n"}).text == text
