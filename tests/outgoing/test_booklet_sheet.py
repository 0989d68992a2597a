"""A booklet before it is printed: its contents, its numbers, and the Word file beside the PDF."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfWriter

from tests.outgoing import hidden_parts
from tracker.outgoing import booklet_word
from tracker.outgoing.booklet import BookletSheet, Place, chapters, html, page_numbers
from tracker.outgoing.charts import counts

ROWS = [
    ("生活圈", "一盏路灯", "巷口的灯修好了。\n大家都说好。", "东亭街道工委会"),
    ("朋友圈", "<b>夜公交</b>", "夜班车\x00开到了河西。", ""),
    ("生活圈", "楼道扶手", "装上了。", ""),
]
SHEET = BookletSheet("政协锡山区委员会", "走进群众", "成果汇编", date(2026, 12, 5), chapters=chapters(ROWS))
FULL = replace(SHEET, foreword="感谢各位。", charts=(counts("走访", "十二次。", [("东亭", 12)], "次"),))


def words(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return re.sub(r"<[^>]+>", "|", package.read("word/document.xml").decode())


def test_the_contents_follow_the_order_of_the_pages() -> None:
    assert [(place.anchor, place.number, place.title) for place in FULL.places] == [
        ("foreword", "", "前　言"),
        ("charts", "", "数据概览"),
        ("chapter-1", "", "一、生活圈"),
        ("item-001", "001", "一盏路灯"),
        ("item-002", "002", "楼道扶手"),
        ("chapter-2", "", "二、朋友圈"),
        ("item-003", "003", "<b>夜公交</b>"),
    ]


def test_what_a_booklet_does_not_have_is_not_in_its_contents() -> None:
    assert [place.anchor for place in SHEET.places][:1] == ["chapter-1"]
    assert replace(SHEET, chapters=()).places == []
    assert replace(FULL, chapters=(), charts=()).places == [Place("foreword", "前　言")]


def test_every_line_of_the_contents_leads_to_a_heading_on_the_page() -> None:
    page = html(FULL)
    for place in FULL.places:
        assert f'data-to="#{place.anchor}"' in page and f'id="{place.anchor}"' in page
    assert "2026年12月5日" in page and "成果汇编" in page
    assert 'class="subtitle"' not in html(replace(FULL, subtitle=""))


def test_words_that_look_like_tags_stay_words_on_paper_and_in_word() -> None:
    assert "<b>夜公交" not in html(FULL) and "&lt;b&gt;夜公交" in html(FULL)
    told = booklet_word.docx(FULL, {})
    assert "&lt;b&gt;夜公交&lt;/b&gt;" in words(told)
    assert "夜班车开到了河西。" in words(told) and "\x00" not in html(FULL)


def test_the_word_file_names_the_pages_of_the_pdf_and_none_it_does_not_know() -> None:
    told = words(booklet_word.docx(FULL, {"一、生活圈": 4, "001　一盏路灯": 5, "楼道扶手": 9}))
    lines = {line for line in re.split(r"\|{2,}", told) if line}
    assert {"4", "5"} <= lines and "9" not in lines
    assert told.count("一盏路灯") == 2 and "页码以 PDF 文件为准。" in told


@pytest.mark.requirement("T32")
def test_the_word_file_hides_nothing() -> None:
    assert hidden_parts.in_word(booklet_word.docx(FULL, {})) == []
    assert booklet_word.docx(FULL, {}) == booklet_word.docx(FULL, {})


def test_a_table_stands_for_each_picture_in_word() -> None:
    told = words(booklet_word.docx(FULL, {}))
    assert "12次" in told and "十二次。" in told
    assert "数据概览" not in words(booklet_word.docx(SHEET, {}))


def test_a_file_without_bookmarks_has_pages_all_the_same() -> None:
    made, out = PdfWriter(), io.BytesIO()
    made.add_blank_page(100, 100)
    made.write(out)
    assert page_numbers(out.getvalue()) == ({}, 1)


@pytest.mark.parametrize(
    ("place", "ordinal"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (30, "三十"), (99, "九十九")],
)
def test_chapters_are_counted_in_characters(place: int, ordinal: str) -> None:
    many = chapters((f"第{n}章", "题", "文", "") for n in range(99))
    assert many[place - 1].title == f"{ordinal}、第{place - 1}章"
    assert many[place - 1].anchor == f"chapter-{place}"


def test_a_chapter_is_the_same_however_its_name_is_spaced() -> None:
    (one,) = chapters(
        [("生活圈", "甲", "文", ""), (" 生活圈\n", "乙", "文", ""), ("生活圈\u200b", "丙", "文", "")]
    )
    assert [item.title for item in one.items] == ["甲", "乙", "丙"]
