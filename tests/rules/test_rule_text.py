"""Rules of work as plain paragraphs, and the deadlines beside them (S1-43)."""

import pytest

from tracker.rules import periods, rule_text

pytestmark = pytest.mark.requirement("S1-43")


@pytest.mark.parametrize(
    "line", ["一、受理登记", "十二、附则", "第一条 适用范围", "第二章　办理", "第3节 期限"]
)
def test_a_short_numbered_line_is_a_heading(line: str) -> None:
    assert rule_text.is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "办公室逐件审核答复。",
        "一、办公室逐件审核答复。",
        "第一",
        "一是当场能答复的快速办理",
        "一、" + "长" * rule_text.LONGEST_HEADING,
    ],
)
def test_everything_else_is_a_paragraph(line: str) -> None:
    assert not rule_text.is_heading(line)


def test_empty_lines_are_left_out_and_nothing_else() -> None:
    found = rule_text.lines("一、受理\n\n  当天登记。  \n<b>不是标记</b>\n")
    assert [(line.text, line.is_heading) for line in found] == [
        ("一、受理", True),
        ("当天登记。", False),
        ("<b>不是标记</b>", False),
    ]


def test_every_period_of_the_clocks_stands_there_with_its_days() -> None:
    shown = [(one.days, one.basis) for one in rule_text.deadlines()]
    for name, period in periods.PERIODS.items():
        assert (period.days, period.basis) in shown, name
    assert len(shown) == len(periods.PERIODS) + len(periods.SLA_CLASSES)


def test_a_co_handlers_days_follow_the_leads_and_stand_behind_them() -> None:
    stages = [one.stage for one in rule_text.deadlines()]
    co = next(one for one in rule_text.deadlines() if one.stage == "会办单位提意见（疑难）")
    assert co.days == periods.co_period(periods.reply_days("complex"))
    assert stages.index("会办单位提意见（特急）") == stages.index("承办单位答复（疑难）") + 1


def test_a_changed_period_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    other = dict(periods.PERIODS) | {"letter": periods.Period(8, "C8", "内部约定")}
    monkeypatch.setattr(periods, "PERIODS", other)
    found = next(one for one in rule_text.deadlines() if one.stage == "办公室把结果告诉反映人")
    assert found.days == 8


def test_a_heading_has_forty_characters_at_most() -> None:
    longest = "一、" + "长" * (rule_text.LONGEST_HEADING - 2)
    assert len(longest) == 40 and rule_text.is_heading(longest)
    assert not rule_text.is_heading(longest + "长")


@pytest.mark.parametrize("text", ["", "\n\n", " \u3000\n\t"])
def test_a_text_of_blanks_has_no_lines(text: str) -> None:
    assert rule_text.lines(text) == []
