import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from tests.outgoing import hidden_parts
from tests.outgoing.forms.examples import BLANK, BLANK_1, FILLED, FILLED_1, FILLED_2, FILLED_3
from tracker.outgoing.forms.word import docx

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAYLOADS = ["{{7*7}}", "{% raw %}", "<w:p/>", "]]>", "&lt;&#0;", "'\"><!--", "${x}", "%(a)s"]


def opened(*annexes):
    return Document(io.BytesIO(docx(annexes)))


def body(content: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ElementTree.fromstring(package.read("word/document.xml"))


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_blank_annex_1_reads_as_people_know_it():
    paper = opened(BLANK_1)
    assert [paragraph.text for paragraph in paper.paragraphs] == [
        "附件1",
        "全市两级政协委员",
        "“访民情、惠民生、促和谐”大走访活动情况登记表",
        "走访人员：\t所在委员工作（联络）组：",
        "",
    ]
    assert cells(paper.tables[0]) == [
        ["走访对象："] * 2,
        ["走访地址："] * 2,
        ["走访日期："] * 2,
        ["走访对象\n反映的情况", ""],
        ["需帮助解决\n问题情况", ""],
        ["需要统筹\n协调的问题", ""],
    ]


def test_a_filled_annex_2_holds_its_three_results():
    (table,) = opened(FILLED_2).tables
    assert [row[1] for row in cells(table)] == [FILLED_2.suggestion, FILLED_2.brief, FILLED_2.lead]


def test_annex_3_lies_and_repeats_its_heads_on_every_page():
    paper = opened(FILLED_3)
    assert paper.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert cells(paper.tables[0])[1][:5] == ["组别", "参与活动\n委员人数", "界别圈", "生活圈", "朋友圈"]
    assert cells(paper.tables[0])[-1] == ["汇总", "20", "50", "51", "12", "20", "21", "2"]
    heads = [
        row.find(f"{WORD}trPr/{WORD}tblHeader") is not None
        for row in body(docx([FILLED_3])).iter(f"{WORD}tr")
    ]
    assert heads == [True, True, False, False, False]


def test_each_annex_begins_a_page():
    paper = opened(FILLED_1, FILLED_1, FILLED_2)
    marks = [paragraph for paragraph in paper.paragraphs if paragraph.text.startswith("附件")]
    assert [mark.text for mark in marks] == ["附件1", "附件1", "附件2"]
    assert [mark.paragraph_format.page_break_before for mark in marks] == [None, True, True]
    assert len(paper.sections) == 1


def test_where_the_paper_turns_a_section_ends():
    paper = opened(FILLED_1, FILLED_3, FILLED_3, FILLED_2)
    standing, lying = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [section.orientation for section in paper.sections] == [standing, lying, standing]
    assert [round(section.page_width.mm) for section in paper.sections] == [210, 297, 210]
    marks = [paragraph for paragraph in paper.paragraphs if paragraph.text.startswith("附件")]
    assert [mark.paragraph_format.page_break_before for mark in marks] == [None, None, True, None]


def test_the_table_is_as_wide_as_the_room_between_the_margins():
    for section, table in zip(opened(*FILLED).sections, opened(FILLED_1, FILLED_3).tables, strict=True):
        room = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.001)


def test_styles_carry_the_faces_of_official_documents():
    styles = opened(BLANK_1).styles
    faces = {name: styles[name].font.name for name in ("附件序号", "附件标题")}
    assert faces == {"附件序号": "黑体", "附件标题": "方正小标宋简体"}
    used = {paragraph.style.name for paragraph in opened(*BLANK).paragraphs}
    assert used == {"附件序号", "附件标题", "表头栏目", "表格结尾"}


@pytest.mark.requirement("T23")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_looks_like_markup_stays_text(payload):
    spoilt = replace(
        FILLED_1,
        title=payload,
        visitors=(payload,),
        group=payload,
        contact=payload,
        reported=payload,
        help_needed=(payload, payload),
    )
    paper = opened(spoilt)
    assert paper.paragraphs[1].text == payload
    assert cells(paper.tables[0])[0][0] == f"走访对象：{payload}"
    assert cells(paper.tables[0])[3][1] == payload
    assert cells(paper.tables[0])[4][1] == f"1．{payload}\n2．{payload}"


def test_what_xml_cannot_hold_is_left_out():
    content = docx([replace(FILLED_1, reported="路\x00\x0b灯\ud83d\ufffe\uffff𠮷")])
    assert "路\n灯𠮷" in [
        "".join(cell) for row in cells(Document(io.BytesIO(content)).tables[0]) for cell in row
    ]


@pytest.mark.requirement("T32")
@pytest.mark.parametrize("annexes", [BLANK, FILLED, (FILLED_1,) * 3, ()])
def test_nothing_is_hidden_and_nobody_is_named(annexes):
    assert hidden_parts.in_word(docx(annexes)) == []


@pytest.mark.requirement("T32")
def test_the_same_annexes_make_the_same_bytes():
    assert docx(FILLED) == docx(FILLED)


def test_every_style_in_use_is_there():
    content = docx([*BLANK, *FILLED])
    used = {mark.get(f"{WORD}val") for mark in body(content).iter(f"{WORD}pStyle")}
    assert used <= {style.style_id for style in Document(io.BytesIO(content)).styles}
