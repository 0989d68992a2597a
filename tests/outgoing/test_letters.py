import re
from dataclasses import FrozenInstanceError
from datetime import date
from html import escape

import pytest
from flask_babel import force_locale
from jinja2 import UndefinedError

from tests.outgoing import pdf_contents
from tests.outgoing.sheets import sheet
from tracker.outgoing import letter_layout, pdf
from tracker.outgoing.letters import PAPER, Block, html

# What a template engine, a format string or a shell might take for an instruction.
# fmt: off
PAYLOADS = [
    "{{7*7}}", "{{ 7 * 7 }}", "{{config}}", "{{config.items()}}", "{{self}}", "{{sheet.number}}",
    "{{ sheet }}", "{{''.__class__.__mro__}}", "{{request.application.__globals__}}",
    "{{cycler.__init__.__globals__.os}}", "{{lipsum.__globals__}}", "{{'a'|upper}}",
    "{{[]|attr('__class__')}}", "{% for a in [1,2] %}b{% endfor %}", "{% include 'feedback.css' %}",
    "{% import os %}", "{% raw %}", "{% endraw %}", "{# gone #}", "{%- if 1 -%}", "{}", "{0}",
    "{title}", "{0.__class__}", "{sheet.issuer}", "{sheet.__init__.__globals__}", "{0!r:>9}", "%s",
    "%d", "%(title)s", "%(sheet)r", "%n%n%n", "${7*7}", "$title", "#{7*7}", "<%= 7*7 %>",
    "<?php echo 7*7; ?>", "*{7*7}", "@(7*7)", "[[${7*7}]]",
]
# fmt: on


@pytest.mark.requirement("T23")
def test_forty_template_payloads_stay_literal_text():
    assert len(PAYLOADS) == 40
    said = pdf_contents.text(pdf.render(html(sheet(blocks=tuple(Block(0, one) for one in PAYLOADS)))))

    assert [one for one in PAYLOADS if "".join(one.split()) not in said] == []


@pytest.mark.requirement("T23")
@pytest.mark.parametrize("payload", PAYLOADS[:8])
def test_template_payloads_stay_literal_in_every_field(payload):
    fields = ("title", "addressee", "issuer", "closing", "remark")
    marked = {field: f"{number}号{payload}" for number, field in enumerate(fields)}
    said = pdf_contents.text(pdf.render(html(sheet(**marked))))
    assert [one for one in marked.values() if "".join(one.split()) not in said] == []


def test_markup_in_a_letter_is_printed_and_not_obeyed():
    page = html(sheet(title="<b>关于</b>", blocks=(Block(0, "<script>alert(1)</script>&amp;"),)))

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&amp;amp;" in page


def test_an_unknown_name_in_a_template_is_an_error():
    with pytest.raises(UndefinedError):
        PAPER.from_string("{{ sheet.resident_phone }}").render(sheet=sheet())


def test_every_line_of_a_text_becomes_a_paragraph_without_its_typed_indent():
    page = html(sheet(blocks=(Block(0, "\u3000\u3000第一段。\r\n\r\n  第二段。"),)))

    assert '<p class="level0">第一段。</p>' in page
    assert ">第二段。</p>" in page


def test_a_preview_is_marked_and_has_no_number():
    draft = sheet(number=None, issue_date=None, verification=None, preview_watermark="预览稿")
    page = html(draft)

    assert "（发文时编号）" in page
    assert "预览稿" in page
    assert pdf.render(page).startswith(b"%PDF")


def test_an_issued_letter_shows_no_place_for_the_seal():
    assert "seal-place" not in html(sheet())
    assert "seal-place" in html(sheet(preview_watermark="预览稿"))


def test_dates_are_written_without_leading_zeros():
    assert sheet(issue_date=date(2026, 5, 1)).printed_date == "2026年5月1日"


def test_a_single_annex_has_no_number():
    assert sheet(annexes=("照片",)).printed_annexes == [("", "照片")]
    assert sheet(annexes=("照片", "清单")).printed_annexes == [("1.", "照片"), ("2.", "清单")]


@pytest.mark.parametrize("length", [1, 5, 19, 20, 38, 39, 57, 80])
def test_a_title_breaks_into_lines_that_fit_and_lose_nothing(length):
    title = ("关于香樟苑小区路灯照明及道路积水问题办理情况" * 4)[:length]
    lines = letter_layout.title_lines(title)

    assert "".join(lines) == title
    assert all(0 < len(line) <= 20 for line in lines)


def test_a_title_never_breaks_before_a_particle_or_inside_a_number():
    lines = letter_layout.title_lines("关于2026年度香樟苑小区照明问题办理工作情况的反馈函")

    assert len(lines) == 2
    assert lines[1][0] not in "的、，"
    assert not (lines[0][-1].isdigit() and lines[1][0].isdigit())


def test_the_mark_of_a_long_name_keeps_inside_the_type_area():
    assert letter_layout.head("政协东台市委员会").mark_size == 36
    assert letter_layout.head("中" * 30).mark_size * 30 <= letter_layout.COLUMN + 0.01


def printed(page, cls):
    """The words of every paragraph of that class."""
    found = re.findall(rf'<p class="{cls}[^"]*"[^>]*>(.*?)</p>', page)
    return [re.sub("<[^>]+>", "", one) for one in found]


def test_the_parts_stand_in_the_order_of_the_standard():
    page = html(sheet(annexes=("现场照片",)))
    parts = [
        'class="mark"', 'class="number"', "<h1>", 'class="addressee"', "一、反映事项", "特此函复。", "附件",
        'class="signature', "2026年11月22日", "（联系人", "抄送",
    ]  # fmt: skip

    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_headings_are_of_the_level_their_block_has():
    page = html(sheet())

    assert printed(page, "level1") == ["一、反映事项", "二、办理情况", "三、后续安排"]
    assert printed(page, "level2") == ["（一）现场核查情况"]
    assert printed(page, "level3") == ["1.近期措施"]


def test_only_the_last_paragraph_of_the_text_is_marked_as_such():
    page = html(sheet(blocks=(Block(0, "第一段。"), Block(0, "第二段。\n第三段。"))))

    assert re.findall(r'<p class="level0 last">(.*?)</p>', page) == ["第三段。"]


@pytest.mark.parametrize(
    "copies, words",
    [
        (("区住建局",), "抄送：区住建局。"),
        (("区住建局", "区交通局", "区教育局"), "抄送：区住建局，区交通局，区教育局。"),
    ],
)
def test_copies_are_joined_by_commas_and_end_with_a_full_stop(copies, words):
    assert set(printed(html(sheet(copy_to=copies)), "copies")) == {words}


@pytest.mark.parametrize(
    "absent, sign",
    [
        ({"copy_to": ()}, "抄送"),
        ({"remark": ""}, "（联系人"),
        ({"closing": ""}, "特此函复"),
        ({"annexes": ()}, "附件"),
        ({"verification": None}, "核验码"),
        ({"preview_watermark": None}, "watermark"),
    ],
)
def test_what_a_letter_does_not_have_leaves_nothing_on_the_page(absent, sign):
    full = {"annexes": ("照片",), "preview_watermark": "预览稿"}

    assert sign in html(sheet(**full))
    assert sign not in html(sheet(**(full | absent)))


def test_annexes_are_numbered_and_named_once():
    page = html(sheet(annexes=("现场照片", "费用清单")))

    assert printed(page, "annex") == ["附件：1.现场照片", "2.费用清单"]


def test_the_remark_is_put_into_full_width_brackets():
    assert '<p class="level0">（联系人：张工）</p>' in html(sheet(remark="联系人：张工"))


@pytest.mark.parametrize("sealed, lines", [(True, 2), (False, 1)])
def test_the_signature_leaves_room_for_the_seal_it_will_get(sealed, lines):
    assert f'class="signature blank{lines}"' in html(sheet(sealed=sealed))


def test_a_letter_without_a_seal_shows_no_place_for_one_even_in_preview():
    assert "seal-place" not in html(sheet(sealed=False, preview_watermark="预览稿"))


def test_a_draft_has_room_for_the_date_of_issue():
    assert sheet(issue_date=None).printed_date.replace("\u3000", "") == "年月日"


@pytest.mark.parametrize(
    "field", ["issuer_mark", "title", "addressee", "issuer", "closing", "remark", "number", "verification"]
)
def test_every_field_of_one_line_stays_on_one_line_and_loses_what_cannot_be_seen(field):
    page = html(sheet(**{field: "甲\r\n乙\u202e丙\u200b"}))

    assert "甲 乙丙" in page
    assert "\u202e" not in page and "\u200b" not in page


@pytest.mark.parametrize("field", ["copy_to", "annexes"])
def test_names_in_a_list_are_escaped_and_on_one_line_too(field):
    page = html(sheet(**{field: ("<i>甲</i>\n乙", "丙")}))

    assert "&lt;i&gt;甲&lt;/i&gt; 乙" in page


def test_a_text_of_blank_lines_makes_no_empty_paragraphs():
    page = html(sheet(blocks=(Block(0, "一段。\n\n \u3000\n\n二段。"),)))

    assert printed(page, "level0")[:2] == ["一段。", "二段。"]


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% raw %}", "%(title)s"])
def test_instructions_in_any_list_stay_words(text):
    page = html(sheet(copy_to=(text,), annexes=(text,), blocks=(Block(1, text),)))

    assert page.count(escape(text)) == 4


def test_the_paper_speaks_chinese_whoever_prints_it():
    assert PAPER.globals == {"_": str}
    assert '<html lang="zh-CN"' in html(sheet())


def test_the_language_of_the_reader_does_not_reach_the_paper(app):
    chinese = html(sheet())
    with app.test_request_context(), force_locale("en"):
        assert html(sheet()) == chinese


def test_a_letter_is_a_value_that_nobody_changes():
    with pytest.raises(FrozenInstanceError):
        sheet().title = "别的"
