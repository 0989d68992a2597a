"""The first words of a feedback letter, taken from the case, and the sheet they stand on."""

from dataclasses import replace
from datetime import date

import pytest

from tests.world import REPLY, World
from tracker.actions import letter_words
from tracker.actions.feedback import RESULTS, Facts, compose, sheet
from tracker.extensions import db
from tracker.incoming.letters import LetterContent
from tracker.models import Letter
from tracker.outgoing.letter_checks import checks, passed
from tracker.outgoing.letters import html
from workflows.assignment import RESULT_CLASSES

FACTS = Facts(
    reference="XS-2026-000123",
    addressee="欧阳桂兰",
    summary="云林苑北门路灯连续半月不亮",
    narrative="北门三盏路灯不亮。",
    raised_on=date(2026, 3, 5),
    replies=[("区住房和城乡建设局", REPLY)],
    outcome_class="A",
    outcome_text="已电话告知办理渠道。",
    declined=False,
    office_phone="0510-88880000",
    office_name="锡山区政协办公室",
)


def composed(**changes: object) -> LetterContent:
    return compose(replace(FACTS, **changes))  # type: ignore[arg-type]


def on_paper(content: LetterContent, issuer: str = "政协锡山区委员会办公室") -> list[str]:
    found = sheet(content, issuer_mark="政协锡山区委员会", issuer=issuer)
    return [block.text for block in found.blocks]


def test_the_draft_passes_every_check_without_a_hand_laid_on_it() -> None:
    found = sheet(composed(), issuer_mark="政协锡山区委员会", issuer="政协锡山区委员会办公室")
    assert passed(checks(found))


@pytest.mark.parametrize(
    ("summary", "title"),
    [
        ("路灯不亮", "关于路灯不亮问题办理情况的反馈函"),
        ("路灯不亮问题", "关于路灯不亮问题办理情况的反馈函"),
        ("路灯不亮的问题", "关于路灯不亮问题办理情况的反馈函"),
        ("路灯不亮。", "关于路灯不亮问题办理情况的反馈函"),
        ("路灯为什么不亮？", "关于路灯为什么不亮问题办理情况的反馈函"),
        (" 路灯不亮， ", "关于路灯不亮问题办理情况的反馈函"),
        ("路灯不亮！ ", "关于路灯不亮问题办理情况的反馈函"),
        ("路" * 80, ("关于" + "路" * 78)),
    ],
)
def test_the_title_is_made_of_the_summary_and_says_nothing_twice(summary: str, title: str) -> None:
    assert composed(summary=summary).title == title


def test_dates_in_the_letter_have_no_zeros_in_front() -> None:
    assert composed().opening == (
        "您于2026年3月5日反映的问题收悉，登记编号为XS-2026-000123。现将办理情况反馈如下："
    )


@pytest.mark.parametrize("klass", sorted(RESULT_CLASSES))
def test_every_class_of_result_has_its_sentence_and_no_letter_of_the_class(klass: str) -> None:
    result = composed(outcome_class=klass).result
    assert result == RESULTS[klass] and result.endswith("。")
    assert not set("ABCD") & set(result)


@pytest.mark.parametrize("klass", [None, "", "Z"])
def test_without_a_class_there_is_no_sentence_about_the_result(klass: str | None) -> None:
    content = composed(outcome_class=klass)
    assert content.result == ""
    assert "三、后续安排" in on_paper(content)


def test_one_reply_is_quoted_as_it_is() -> None:
    assert composed().handling == REPLY


def test_several_replies_are_told_apart_by_their_department() -> None:
    content = composed(replies=[("区住建局", "已换灯。"), ("区交通局", "已划线。")])
    assert content.handling == "区住建局答复：已换灯。\n区交通局答复：已划线。"


def test_without_a_department_the_office_s_own_words_are_the_answer() -> None:
    assert composed(replies=[]).handling == "已电话告知办理渠道。"


def test_a_refusal_names_its_reason_and_claims_no_result() -> None:
    content = composed(declined=True, outcome_text="已进入诉讼程序。")
    assert content.handling.endswith("不属于本单位受理范围。原因：已进入诉讼程序。")
    assert content.result == "" and REPLY not in content.handling


def test_a_long_story_is_quoted_in_part() -> None:
    assert len(composed(narrative="长" * 7000).concern) == 600


def test_whom_to_call_stands_in_the_remark() -> None:
    assert composed().contact == "联系人：锡山区政协办公室　联系电话：0510-88880000"


@pytest.mark.parametrize(
    ("empty", "headings"),
    [
        ((), ["一、反映事项", "二、办理情况", "三、办理结果", "四、后续安排"]),
        (("concern",), ["一、办理情况", "二、办理结果", "三、后续安排"]),
        (("concern", "result", "follow_up"), ["一、办理情况"]),
        (("concern", "handling", "result", "follow_up"), []),
    ],
)
def test_the_numbering_has_no_gap_where_a_part_is_empty(empty: tuple[str, ...], headings: list[str]) -> None:
    content = composed().model_copy(update=dict.fromkeys(empty, ""))
    assert [text for text in on_paper(content) if text[1:2] == "、"] == headings


def test_each_line_of_a_part_is_a_paragraph_and_blank_lines_are_none() -> None:
    content = composed().model_copy(update={"handling": "一段。\n\n  \n二段。"})
    texts = on_paper(content)
    assert texts[texts.index("二、办理情况") + 1 : texts.index("三、办理结果")] == ["一段。", "二段。"]


def test_an_empty_opening_leaves_no_paragraph() -> None:
    assert on_paper(composed().model_copy(update={"opening": ""}))[0] == "一、反映事项"


def test_the_sheet_carries_number_date_and_copies_as_they_are_given() -> None:
    content = composed().model_copy(update={"copy_to": ["区住建局"], "closing": ""})
    found = sheet(
        content,
        issuer_mark="政协东台市委员会",
        issuer="政协东台市委员会",
        number="东政协办函〔2026〕3号",
        issue_date=date(2026, 11, 23),
        verification="7F3A-92C1-0000",
    )
    assert (found.number, found.printed_date, found.copy_to) == (
        "东政协办函〔2026〕3号", "2026年11月23日", ("区住建局",),
    )  # fmt: skip
    assert found.closing == "" and found.preview_watermark is None and "7F3A-92C1-0000" in html(found)


def test_a_sheet_without_number_has_none_of_what_comes_with_it() -> None:
    plain = sheet(composed(), issuer_mark="x", issuer="y")
    assert (plain.number, plain.issue_date, plain.verification, plain.copy_to) == (None, None, None, ())


# --- from a case


def words_of(huiyin: World, reference: str) -> LetterContent:
    letter = huiyin.letter(reference)
    with huiyin.reading():
        return letter_words.content(db.session.query(Letter).filter_by(public_id=letter).one())


def test_the_letter_of_a_case_is_to_its_resident_and_quotes_the_department(huiyin: World) -> None:
    words = words_of(huiyin, huiyin.handled())
    assert words.addressee == "欧阳桂兰："
    assert words.handling == REPLY and words.result == RESULTS["A"]


def test_a_quick_answer_goes_out_in_the_office_s_own_words(huiyin: World) -> None:
    reference = huiyin.quick()
    huiyin.move(reference, "handle")
    assert words_of(huiyin, reference).handling == "已电话告知办理渠道。"


def test_a_declined_concern_gets_a_letter_with_the_reason(huiyin: World) -> None:
    reference = huiyin.raised()
    huiyin.move(reference, "decline", reason="事项已进入诉讼程序")
    words = words_of(huiyin, reference)
    assert "原因：事项已进入诉讼程序" in words.handling and words.result == ""
