import io
from dataclasses import replace

import pypdf
import pytest

from tests.outgoing import hidden_parts, pdf_contents
from tests.outgoing.forms.examples import BLANK, BLANK_1, BLANK_3, FILLED, FILLED_1, FILLED_2
from tracker.outgoing.forms.annexes import Annex3, Annex3Row
from tracker.outgoing.forms.paper import html, pdf
from tracker.outgoing.pdf_reading import read

LONG = "小区北门夜间没有路灯，老人出行不便，雨后积水两天不退。"


def sizes(content: bytes) -> list[tuple[int, int]]:
    return [(round(page.width), round(page.height)) for page in read(content)]


@pytest.fixture(scope="module")
def blank() -> bytes:
    return pdf(BLANK)


@pytest.fixture(scope="module")
def filled() -> bytes:
    return pdf(FILLED)


def test_each_annex_stands_on_its_own_page_and_annex_3_lies(blank, filled):
    assert sizes(blank) == sizes(filled) == [(210, 297), (210, 297), (297, 210)]


def test_titles_are_22_points_or_as_large_as_fits(blank):
    first, second, third = read(blank)
    assert ["".join(line.text for line in page.sized(22)) for page in (second, third)] == [
        "政协委员聚焦“三圈”大走访活动“三个一”工作成果登记表",
        "政协委员聚焦“三圈”大走访活动情况汇总表",
    ]
    assert [line.text for line in first.sized(19)] == [
        "全市两级政协委员",
        "“访民情、惠民生、促和谐”大走访活动情况登记表",
    ]
    for page in (first, second, third):
        for line in (*page.sized(22), *page.sized(19)):
            assert abs(line.centre - page.width / 2) < 2


def test_table_text_is_14_points_of_the_body_face(filled):
    first, *_ = read(filled)
    (address,) = [line for line in first.lines if line.text.startswith("走访地址")]
    assert address.size == pytest.approx(14, abs=0.01)
    assert "Fang" in address.font


def test_everything_filled_in_can_be_read(filled):
    said = pdf_contents.text(filled)
    for text in (*FILLED_1.visitors, FILLED_1.group, FILLED_1.contact, FILLED_1.address, "2026年7月5日"):
        assert text in said
    for text in (*FILLED_1.help_needed, *FILLED_1.coordination_needed, FILLED_2.suggestion, FILLED_2.lead):
        assert text in said
    assert "汇总2050511220212" in said


def test_a_full_form_still_takes_one_page():
    full = replace(FILLED_1, reported=LONG * 8, help_needed=(LONG, LONG), coordination_needed=(LONG,))
    assert len(read(pdf([full, full]))) == 2
    assert len(read(pdf([replace(FILLED_2, brief=LONG * 10)]))) == 1


def test_a_longer_text_goes_on_with_every_word():
    long = pdf([replace(FILLED_1, reported="".join(f"第{n}件，{LONG}" for n in range(90)))])
    pages, said = read(long), pdf_contents.text(long)
    assert len(pages) > 1
    assert "第0件" in "".join(line.text for line in pages[0].lines)
    assert all(f"第{n}件" in said for n in range(90))


def test_annex_3_repeats_its_heads_on_every_page():
    rows = tuple(Annex3Row(f"第{n}联络组", n, n, n, n, n, n, n) for n in range(40))
    many = pypdf.PdfReader(io.BytesIO(pdf([Annex3(BLANK_3.title, rows)])))
    assert len(many.pages) > 2
    assert all("组别" in page.extract_text() for page in many.pages)
    assert "汇总" in many.pages[-1].extract_text()


@pytest.mark.requirement("T23")
def test_what_looks_like_markup_stays_text():
    said = html([replace(BLANK_1, title="<b>{{7*7}}</b>", reported="<script>{% raw %}", contact="&amp;")])
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in said
    assert "&lt;script&gt;{% raw %}" in said
    assert "走访对象：&amp;amp;" in said


@pytest.mark.requirement("T32")
def test_nothing_is_hidden_and_nobody_is_named(blank, filled):
    assert hidden_parts.in_pdf(blank) == hidden_parts.in_pdf(filled) == []
    assert pypdf.PdfReader(io.BytesIO(filled)).metadata["/Title"] == "附件1、附件2、附件3"


@pytest.mark.requirement("T32")
def test_the_same_annexes_make_the_same_bytes(filled):
    assert pdf(FILLED) == filled
