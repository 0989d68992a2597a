"""The two boxes of annex 1, line by line: what becomes a proposal, and as what it comes back."""

import pytest

from tracker.web import visit_lines
from tracker.web.visit_lines import LONGEST, MOST, Proposal


def summaries(help_needed: str = "", coordination_needed: str = "") -> list[str]:
    given = {"help_needed": help_needed, "coordination_needed": coordination_needed}
    return [proposal.summary for proposal in visit_lines.proposed(given)]


@pytest.mark.parametrize(
    "line",
    [
        "1. 楼道灯坏了",
        "1.楼道灯坏了",
        "12、楼道灯坏了",
        "3．楼道灯坏了",
        "(2) 楼道灯坏了",
        "（2）楼道灯坏了",
        "2) 楼道灯坏了",
        "2）楼道灯坏了",
        "① 楼道灯坏了",
        "⑳楼道灯坏了",
        "一、楼道灯坏了",
        "（十二）楼道灯坏了",
        "  二）  楼道灯坏了  ",
        "楼道灯坏了",
        "楼道灯坏了。",
        "楼道灯坏了；",
        "楼道灯坏了;。",
    ],
)
def test_the_number_before_a_line_and_the_stop_behind_it_are_left_out(line: str) -> None:
    assert summaries(line) == ["楼道灯坏了"]


@pytest.mark.parametrize(
    "line",
    [
        "3号楼漏水",
        "110报警点太远",
        "2026年的补贴没有到账",
        "一楼漏水",
        "十几户没有暖气",
        "5G信号弱",
        "1234、编号",
    ],
)
def test_a_number_that_belongs_to_the_words_stays(line: str) -> None:
    assert summaries(line) == [line]


@pytest.mark.parametrize("nothing", ["", "无", "没有", "/", "-", "—", "  无  ", "1. 无", "①没有", "\n \n\t"])
def test_a_box_in_which_nothing_is_asked_proposes_nothing(nothing: str) -> None:
    assert summaries(nothing, nothing) == []


@pytest.mark.parametrize("words", ["无人清扫楼道", "没有路灯", "-楼道", "无障碍坡道太陡"])
def test_a_line_that_only_begins_like_nothing_is_something(words: str) -> None:
    assert summaries(words) == [words]


def test_each_line_knows_its_box_and_they_are_numbered_through() -> None:
    found = visit_lines.proposed(
        {"help_needed": "1. 修路灯\r\n2. 装扶手", "coordination_needed": "启用维修资金"}
    )
    assert [(one.number, one.origin, one.summary, one.include) for one in found] == [
        (0, "help", "修路灯", True),
        (1, "help", "装扶手", True),
        (2, "coordination", "启用维修资金", True),
    ]


def test_the_story_is_the_whole_line_and_what_was_reported() -> None:
    (found,) = visit_lines.proposed({"help_needed": "1. 修路灯。", "reported": "  北门半月不亮。\n"})
    assert found.narrative == "修路灯。\n\n北门半月不亮。"


def test_a_long_line_is_cut_for_the_summary_alone() -> None:
    (found,) = visit_lines.proposed({"help_needed": "灯" * (LONGEST + 1)})
    assert found.summary == "灯" * LONGEST and found.narrative.startswith("灯" * (LONGEST + 1))
    (found,) = visit_lines.proposed({"help_needed": "修路灯", "reported": "亮" * 10_001})
    assert len(found.narrative) == 10_000


@pytest.mark.parametrize(("lines", "kept"), [(MOST - 1, MOST - 1), (MOST, MOST), (MOST + 1, MOST)])
def test_as_many_lines_are_proposed_as_a_visit_may_have_cases(lines: int, kept: int) -> None:
    found = summaries("\n".join(f"第{chr(0x4E00 + n)}处路灯不亮" for n in range(lines)))
    assert len(found) == kept


def test_the_member_s_own_words_come_back_as_they_were_sent() -> None:
    row = {"include": "1", "origin": "coordination", "summary": "维修资金", "narrative": "两家认定。"}
    assert visit_lines.sent({"cases": [row | {"category": "B01"}, {}]}) == [
        Proposal(0, "coordination", "维修资金", "两家认定。", "B01", True),
        Proposal(1, "help", "", "", "", False),
    ]
    assert visit_lines.sent({}) == []
