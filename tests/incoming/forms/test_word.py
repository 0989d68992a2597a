"""The body of a Word file as a person sees it: what is hidden is not read, what Word adds by itself is."""

import pytest

from tests.incoming.forms.writing import archive
from tracker.incoming.forms import word
from tracker.incoming.forms.archives import Unreadable, scan
from tracker.incoming.forms.pages import Block, Line, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(body: str, namespace: str = W) -> list[Block]:
    text = f'<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    (page,) = word.read(scan(archive({"word/document.xml": text.encode()})))
    return list(page.blocks)


def texts(body: str) -> list[str]:
    return [block.text for block in read(body) if isinstance(block, Line)]


def p(*runs: str, numbered: str = "") -> str:
    properties = f"<w:pPr><w:numPr>{numbered}</w:numPr></w:pPr>" if numbered else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def r(inner: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def t(text: str) -> str:
    return f"<w:t>{text}</w:t>"


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tbl(*rows: str) -> Table:
    (block,) = read(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
    assert isinstance(block, Table)
    return block


def places(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.height, cell.width) for cell in table.cells]


@pytest.mark.parametrize("namespace", [W, STRICT])
def test_both_vocabularies_of_word_are_read(namespace: str) -> None:
    assert read(p(r(t("走访")), r(t("日期"))), namespace) == [Line("走访日期")]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"{t('甲')}<w:tab/>{t('乙')}", "甲\t乙"),
        (f"{t('甲')}<w:br/>{t('乙')}", "甲\n乙"),
        (f"{t('甲')}<w:cr/>{t('乙')}", "甲\n乙"),
        (f"{t('0510')}<w:noBreakHyphen/>{t('8888')}", "0510-8888"),
        (f'<w:sym w:font="Wingdings" w:char="F0FE"/>{t("生活圈")}', "☑生活圈"),
        (f'<w:sym w:font="Wingdings" w:char="F052"/>{t("生活圈")}', "☑生活圈"),
        (f'<w:sym w:font="Wingdings" w:char="F0A8"/>{t("生活圈")}', "□生活圈"),
        (f'<w:sym w:char="nonsense"/>{t("生活圈")}', "□生活圈"),
        (f"<w:delText>旧</w:delText>{t('新')}", "新"),
        (f"<w:instrText>DATE</w:instrText>{t('甲')}", "甲"),
    ],
)
def test_signs_within_a_line_are_read_as_they_look(inner: str, text: str) -> None:
    assert texts(p(r(inner))) == [text]


def test_hidden_words_are_not_read() -> None:
    assert texts(p(r(t("看得见")), r(t("看不见"), "<w:vanish/>"))) == ["看得见"]


@pytest.mark.parametrize(
    "holder", ["ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "sdt"]
)
def test_words_in_invisible_holders_are_read(holder: str) -> None:
    inner = f"<w:sdtContent>{r(t('周敏'))}</w:sdtContent>" if holder == "sdt" else r(t("周敏"))
    assert texts(p(r(t("走访人员：")), f"<w:{holder}>{inner}</w:{holder}>")) == ["走访人员：周敏"]


@pytest.mark.parametrize("holder", ["del", "moveFrom"])
def test_words_that_were_taken_out_are_not(holder: str) -> None:
    assert texts(p(r(t("周敏")), f"<w:{holder}>{r(t('吴国栋'))}</w:{holder}>")) == ["周敏"]


def test_words_of_another_vocabulary_are_no_words() -> None:
    assert texts(p(r(f'{t("周敏")}<x:t xmlns:x="urn:other">吴国栋</x:t>'))) == ["周敏"]


@pytest.mark.parametrize(
    ("numbered", "text"),
    [
        ('<w:ilvl w:val="0"/><w:numId w:val="3"/>', "1. 修路灯"),
        ('<w:numId w:val="3"/>', "1. 修路灯"),
        ('<w:ilvl w:val="1"/><w:numId w:val="3"/>', "修路灯"),
        ('<w:ilvl w:val="0"/><w:numId w:val="0"/>', "修路灯"),
        ('<w:ilvl w:val="0"/>', "修路灯"),
    ],
)
def test_numbers_that_word_writes_by_itself_are_told(numbered: str, text: str) -> None:
    assert texts(p(r(t("修路灯")), numbered=numbered)) == [text]


def test_numbers_go_on_over_a_blank_line_and_begin_anew_in_the_next_cell() -> None:
    three = '<w:numId w:val="3"/>'
    matters = p(r(t("修路灯")), numbered=three) + p(numbered=three) + p(r(t("清河道")), numbered=three)
    table = tbl(tc(matters) + tc(p(r(t("架桥")), numbered=three)))
    assert [cell.text for cell in table.cells] == ["1. 修路灯\n\n2. 清河道", "1. 架桥"]


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    box = f"<w:txbxContent>{p(r(t('附件1')))}</w:txbxContent>"
    new, old = f"<w:drawing>{box}</w:drawing>", f"<w:pict>{box}</w:pict>"
    both = f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    twice = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    for paragraph in (
        p(r(t("登记表")), r(twice)),
        p(r(t("登记表")), twice),
        p(r(t("登记表")), r(f"<w:pict>{box}</w:pict>")),
    ):
        assert texts(paragraph) == ["登记表", "附件1"]
    assert texts(p(r("<mc:AlternateContent/>"))) == [""]


def test_cells_over_columns_and_rows_are_one_cell() -> None:
    def merged(how: str) -> str:
        return f"<w:vMerge{how}/>"

    table = tbl(
        tc(p(r(t("人员"))), merged(' w:val="restart"')) + tc(p(r(t("周敏"))), '<w:gridSpan w:val="2"/>'),
        tc(p(), merged("")) + tc(p(r(t("吴国栋")))) + tc(p(r(t("甲")))),
        tc(p(), merged(' w:val="continue"')) + tc(p(r(t("郑晓燕")))),
    )
    assert places(table) == [
        ("人员", 0, 0, 3, 1),
        ("周敏", 0, 1, 1, 2),
        ("吴国栋", 1, 1, 1, 1),
        ("甲", 1, 2, 1, 1),
        ("郑晓燕", 2, 1, 1, 1),
    ]


def test_a_lower_part_without_an_upper_one_is_a_cell_of_its_own() -> None:
    table = tbl(tc(p(r(t("甲"))), "<w:vMerge/>"))
    assert places(table) == [("甲", 0, 0, 1, 1)]


def test_a_row_may_begin_further_right() -> None:
    table = tbl(f'<w:trPr><w:gridBefore w:val="2"/></w:trPr>{tc(p(r(t("甲"))))}')
    assert places(table) == [("甲", 0, 2, 1, 1)]


@pytest.mark.parametrize(
    ("span", "width"), [("0", 1), ("63", 63), ("64", 63), ("9999", 1), ("-1", 1), ("x", 1)]
)
def test_no_cell_is_wider_than_word_can_draw(span: str, width: int) -> None:
    table = tbl(tc(p(r(t("甲"))), f'<w:gridSpan w:val="{span}"/>'))
    assert places(table) == [("甲", 0, 0, 1, width)]


def test_a_table_in_a_cell_is_kept_and_told_in_its_text() -> None:
    inner = f"<w:tbl><w:tr>{tc(p(r(t('户数'))))}{tc(p(r(t('12'))))}</w:tr></w:tbl>"
    (cell,) = tbl(tc(p(r(t("如下"))) + inner + p())).cells
    assert cell.text == "如下\n户数 12"
    assert [type(block).__name__ for block in cell.inside] == ["Line", "Table", "Line"]


def test_rows_and_cells_in_invisible_holders_are_read() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{tc(p(r(t('甲'))))}</w:tr></w:sdtContent></w:sdt>"
    (table,) = read(f"<w:tbl>{row}</w:tbl>")
    assert isinstance(table, Table) and places(table) == [("甲", 0, 0, 1, 1)]


@pytest.mark.parametrize(
    "parts",
    [
        {"word/other.xml": b"<a/>"},
        {"word/document.xml": b"<a/>"},
        {"word/document.xml": f'<w:document xmlns:w="{W}"/>'.encode()},
        {"word/document.xml": b"no markup"},
    ],
)
def test_a_file_without_a_body_is_broken(parts: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable) as refused:
        word.read(scan(archive(parts)))
    assert "损坏" in refused.value.message
