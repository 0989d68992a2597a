from datetime import date

import pytest
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
@pytest.mark.parametrize("field", ["title", "addressee", "issuer", "closing", "remark"])
def test_template_payloads_stay_literal_in_every_field(field):
    for payload in PAYLOADS[:8]:
        said = pdf_contents.text(pdf.render(html(sheet(**{field: payload}))))
        assert "".join(payload.split()) in said


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
