"""Which printed line plays which part, found by form; the rows of the standard over lines made by hand."""

from itertools import count

import pytest
from PIL import Image

from tracker.outgoing import geometry
from tracker.outgoing.geometry_parts import Parts
from tracker.outgoing.pdf_reading import DOT, Box, Line, Page

STEP = 225 / 22
BLANK = Image.new("L", (round(210 / DOT), round(297 / DOT)))


def line(text, baseline, size=16.0, left=28.0, right=180.0, font="FandolFang"):
    return Line(text, left, right, baseline, size, font)


def page(*lines, number=1):
    return Page(number, 210, 297, lines, BLANK, BLANK)


def below(*texts, start=110.0, size=16.0):
    return [line(text, start + STEP * place, size) for place, text in zip(count(), texts, strict=False)]


def letter(*texts, title="关于路灯问题的反馈函", number="锡政协办函〔2026〕12号", more=()):
    head = [line(number, 60), line(title, 85, 22.0)] if title else [line(number, 60)]
    return Parts([page(*head, *below(*texts)), *more])


WHOLE = letter(
    "王玥珺同志：", "您反映的事项收悉。", "一、办理情况", "已更换电缆。", "附件：1.照片", "2.清单",
    "政协东台市委员会", "2026年11月22日", "（联系人：张工）",
)  # fmt: skip


def rows(parts):
    return {row.item: row for group in geometry.GROUPS for row in group(parts)}


def test_each_part_of_a_whole_letter_is_found():
    assert WHOLE.number.text == "锡政协办函〔2026〕12号"
    assert [one.text for one in WHOLE.title] == ["关于路灯问题的反馈函"]
    assert WHOLE.addressee.text == "王玥珺同志："
    assert [one.text for one in WHOLE.body] == ["您反映的事项收悉。", "一、办理情况", "已更换电缆。"]
    assert [one.text for one in WHOLE.annexes] == ["附件：1.照片", "2.清单"]
    assert (WHOLE.issuer.text, WHOLE.date.text) == ("政协东台市委员会", "2026年11月22日")
    assert [one.text for one in WHOLE.remark] == ["（联系人：张工）"]


@pytest.mark.parametrize("text", ["2026年9月3日", "2026年09月03日", "26年9月3日", " 2026年9月3日 "])
def test_the_last_line_that_is_only_a_date_is_the_date_of_issue(text):
    parts = letter("王同志：", "2026年1月1日", "正文。", "政协", text)

    assert parts.date.text == text and parts.issuer.text == "政协"


@pytest.mark.parametrize("text", ["于2026年9月3日收悉。", "2026年9月", "二〇二六年九月三日"])
def test_a_date_inside_a_sentence_or_in_words_is_none(text):
    assert letter("王同志：", "正文。", "政协", text).date is None


def test_a_letter_without_a_date_has_neither_issuer_nor_remark():
    parts = letter("王同志：", "正文。")

    assert parts.issuer is None and parts.remark == [] and [one.text for one in parts.body] == ["正文。"]


def test_without_a_title_the_number_is_looked_for_in_the_upper_third():
    assert letter("王同志：", title="").number.text == "锡政协办函〔2026〕12号"
    assert Parts([page(*below("正文。", start=150))]).number is None


def test_a_title_of_several_lines_ends_before_the_addressee():
    head = [line("关于路灯和道路积水", 85, 22.0), line("问题的反馈函", 95, 22.0)]
    parts = Parts([page(line("甲政协办函〔2026〕1号", 60), *head, *below("王同志："))])

    assert len(parts.title) == 2 and parts.addressee.text == "王同志："


def test_copies_begin_at_their_word_on_the_last_page_and_folios_are_none_of_them():
    small = below("备注", "抄送：区住建局，", "区交通局。", "— 2 —", start=240, size=14.0)
    parts = letter("王同志：", more=(page(*small, number=2),))

    assert [one.text for one in parts.copies] == ["抄送：区住建局，", "区交通局。"]
    assert parts.folio(parts.last).text == "— 2 —" and parts.folio(parts.first) is None


@pytest.mark.parametrize(("size", "stray"), [(12.0, True), (9.0, True), (8.0, False), (16.2, False)])
def test_a_line_of_a_strange_size_is_a_stray_unless_it_is_tiny(size, stray):
    parts = letter("王同志：", more=(page(line("小字", 100, size), number=2),))

    assert bool(parts.strays) == stray


def test_an_empty_page_has_no_parts_and_every_row_still_answers():
    parts = Parts([page()])

    assert parts.body == [] and parts.addressee is None
    assert {row.item for row in rows(parts).values() if row.ok} < set(rows(parts))


@pytest.mark.parametrize(
    ("number", "ok"),
    [("锡政协办函〔2026〕12号", True), ("锡政协办函[2026]12号", False), ("锡政协办函〔2026〕012号", False),
     ("锡政协办函〔2026〕第12号", False), ("锡政协办函〔26〕12号", False)],
)  # fmt: skip
def test_only_a_number_of_the_right_form_passes(number, ok):
    assert rows(letter("王同志：", number=number))["发文字号"].ok is ok


@pytest.mark.parametrize(
    ("date", "ok"), [("2026年9月3日", True), ("2026年09月3日", False), ("26年9月3日", False)]
)
def test_only_a_date_of_the_right_form_passes(date, ok):
    assert rows(letter("王同志：", "正文。", "政协", date))["成文日期"].ok is ok


@pytest.mark.parametrize("mark", ["绝密", "机密★1年", "秘密", "特急"])
def test_a_mark_of_secrecy_or_haste_is_a_fault(mark):
    parts = Parts([page(line(mark, 50), line("甲政协办函〔2026〕1号", 60), *below("王同志："))])

    assert not rows(parts)["份号、密级、紧急程度"].ok
    assert rows(WHOLE)["份号、密级、紧急程度"].ok


@pytest.mark.parametrize(
    ("remark", "ok"), [("（联系人：张工）", True), ("(联系人：张工)", False), ("联系人：张工", False)]
)
def test_the_remark_stands_in_full_width_brackets(remark, ok):
    assert rows(letter("王同志：", "正文。", "政协", "2026年9月3日", remark))["附注加全角圆括号"].ok is ok


def test_signature_alone_on_a_page_is_a_fault():
    alone = page(*below("政协东台市委员会", "2026年9月3日", start=50), number=2)
    assert not rows(letter("王同志：", "正文。", more=(alone,)))["署名、日期不单独成页"].ok
    assert rows(WHOLE)["署名、日期不单独成页"].ok


@pytest.mark.parametrize(("names", "ok"), [(("附件：1.照片",), True), (("附件：1.照片。",), False)])
def test_names_of_annexes_end_without_a_mark(names, ok):
    em = 156 / 28
    made = [line(name, 130 + STEP * n, left=28 + 2 * em) for n, name in enumerate(names)]
    parts = Parts([page(line("标题", 85, 22.0), *below("王同志："), *made,
                        *below("政协", "2026年9月3日", start=160))])  # fmt: skip

    assert rows(parts)["附件说明"].ok is ok


@pytest.mark.parametrize(("shown", "ok"), [("— 2 —", True), ("—2—", True), ("— 3 —", False), ("2", False)])
def test_each_later_page_has_its_own_number(shown, ok):
    later = page(*below("正文。", start=50), line(shown, 270, 14.0), number=2)

    assert rows(letter("王同志：", more=(later,)))["页码 2"].ok is ok


def test_a_printed_date_of_printing_is_a_fault():
    small = page(line("政协办公室2026年9月3日印发", 262, 14.0), number=2)

    assert not rows(letter("王同志：", more=(small,)))["不印发文机关、印发日期"].ok


@pytest.mark.parametrize(
    ("text", "length"), [("路灯不亮", 4), ("2026年", 3), ("No.1", 2), ("（一）", 3), ("", 0)]
)
def test_digits_and_letters_are_half_as_wide(text, length):
    assert line(text, 10).characters == length


def test_ink_is_measured_where_it_lies():
    dark = BLANK.copy()
    dark.paste(255, (100, 200, 150, 260))
    found = Page(1, 210, 297, (), BLANK, dark)

    box = found.ink(Box(0, 0, 210, 297))
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(
        [n * DOT for n in (100, 200, 150, 260)]
    )
    assert found.ink(Box(100, 100, 150, 150)) is None


def test_red_rules_are_taken_two_at_a_time_from_the_top():
    red = BLANK.copy()
    for top, height in ((500, 18), (524, 9), (3200, 9), (3215, 18)):
        red.paste(255, (240, top, 2240, top + height))
    red.paste(255, (800, 300, 1200, 420))
    found = Page(1, 210, 297, (), red, BLANK)

    assert [round(rule.ratio, 1) for rule in found.red_rules()] == [2.0, 0.5]
    assert found.red_mark().bottom == pytest.approx(420 * DOT)
    assert found.dark_rules() == 0
