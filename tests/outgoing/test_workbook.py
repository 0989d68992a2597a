import io
import re
import zipfile
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from tests.outgoing import hidden_parts
from tests.outgoing.formulas import calculated
from tracker.outgoing import workbook as written
from tracker.outgoing.workbook import CUT, MOST_TEXT, cell_text, sheet_name, workbook

HEADS = ["编号", "事由", "条数", "日期"]
ROW = ["XS-2026-000123", "云林苑北门路灯不亮", 3, date(2026, 11, 23)]


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def test_a_list_comes_back_as_it_was_written():
    content = workbook("诉求", HEADS, [ROW, [None, "", 0, None]], total=["合计", "", 3])
    assert sheets(content) == {"诉求": [HEADS, ROW, ["", "", 0, ""], ["合计", "", 3, ""]]}


def test_text_stays_text_and_numbers_are_numbers():
    shown = sheets(workbook("表", ["一", "二", "三"], [["000123", "1e5", 2.5]]))["表"]
    assert shown[1] == ["000123", "1e5", 2.5]


def test_a_moment_is_written_as_its_day():
    assert sheets(workbook("表", ["日期"], [[datetime(2026, 11, 23, 17, 30)]]))["表"][1] == [
        date(2026, 11, 23)
    ]


def test_the_heads_stay_in_sight():
    content = workbook("诉求", HEADS, [ROW])
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in part(content)


def test_a_list_without_rows_still_has_its_heads():
    assert sheets(workbook("诉求", HEADS, [])) == {"诉求": [HEADS]}


def test_rows_may_come_one_by_one():
    assert len(sheets(workbook("诉求", ["编号"], ([str(n)] for n in range(2000))))["诉求"]) == 2001


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("路灯\r\n不亮", "路灯\n不亮"),
        ("路灯\r不亮\u2028很久", "路灯\n不亮\n很久"),
        ("路\x00灯\u202e", "路灯"),
        ("路灯\ud83d", "路灯"),
        ("_x000D_", "_x000D_"),
        ("<b>&amp;", "<b>&amp;"),
        (" 空\u3000格 ", " 空\u3000格 "),
        ("𠮷野家 玥珺湉堃 😀", "𠮷野家 玥珺湉堃 😀"),
    ],
)
def test_words_arrive_without_what_cannot_be_seen(given, kept):
    assert cell_text(given) == kept
    assert sheets(workbook("表", ["事由"], [[given]]))["表"][1] == [kept]


@pytest.mark.parametrize("character", ["路", "😀", "\n路"])
def test_a_cell_says_that_it_does_not_hold_everything(character):
    short, long = cell_text(character * 10_000), cell_text(character * 40_000)

    assert short == character * 10_000
    assert long.endswith(CUT)
    assert len(long.encode("utf-16-le")) // 2 in (MOST_TEXT - 1, MOST_TEXT)
    assert sheets(workbook("表", ["事由"], [[long]]))["表"][1] == [long]


def test_columns_are_as_wide_as_their_words_within_reason():
    found = re.findall(
        r'<col [^>]*width="([\d.]+)"', part(workbook("表", ["甲", "乙", "丙"], [["", "路" * 10, "路" * 90]]))
    )
    narrow, fitting, widest = map(float, found)
    assert (narrow // 1, fitting // 1, widest // 1) == (10, 22, 62)


def test_the_caller_may_say_how_wide_columns_are():
    content = workbook("表", ["甲", "乙"], [["", ""]], widths=[6, 20])
    assert [float(one) // 1 for one in re.findall(r'width="([\d.]+)"', part(content))] == [14, 42]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("诉求", "诉求"),
        ("a[b]:*?/\\c", "a b c"),
        ("'诉求'", "诉求"),
        ("长" * 40, "长" * 31),
        ("", "1"),
        ("//", "1"),
        ("诉\n求", "诉 求"),
    ],
)
def test_a_sheet_has_a_name_excel_takes(given, kept):
    assert " ".join(sheet_name(given).split()) == kept
    assert list(sheets(workbook(given, ["甲"], []))) == [sheet_name(given)]


def test_what_one_sheet_cannot_hold_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(written, "MOST_ROWS", 2)
    shown = sheets(workbook("诉求", ["编号"], [["1"], ["2"], ["3"]], total=["合计"]))
    assert shown == {"诉求": [["编号"], ["1"], ["2"]], "诉求（2）": [["编号"], ["3"], ["合计"]]}


@pytest.mark.requirement("T32")
def test_nothing_is_hidden_in_a_list():
    content = workbook("诉求", HEADS, [ROW, ["x" * 300, "\n" * 50, -1.5, None]], total=["合计"])
    assert hidden_parts.in_excel(content) == []
    assert calculated(content) == []


@pytest.mark.requirement("T32")
def test_the_same_list_makes_the_same_bytes():
    assert workbook("诉求", HEADS, [ROW]) == workbook("诉求", HEADS, [ROW])
