"""Files for spreadsheets: nothing in them is ever calculated (T31)."""

import csv
import io
import itertools

import pytest

from tracker.outgoing.sheets import csv_file, safe

STARTS = "=+-@＝＋－＠"
BEFORE = [
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\u3000",
    "'",
    '"',
    "\ufeff",
    "x,",
    "x;",
    "x|",
    "x, ",
    "x\t",
    "x\n",
    "\x0b",
]


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.requirement("T31")
@pytest.mark.parametrize(("before", "start"), list(itertools.product(BEFORE, STARTS)))
def test_what_could_be_a_formula_is_marked_as_text(before: str, start: str) -> None:
    payload = f"{before}{start}HYPERLINK(1)"
    (found,) = cells(csv_file(["事由"], [[payload]]))[1]
    for piece in found.replace(";", ",").replace("|", ",").split(","):
        assert not piece.strip(" \u3000\ufeff").startswith(tuple(STARTS))
    assert not found.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text",
    [
        "云林苑北门路灯不亮",
        "2026-11-23",
        "XS-2026-000123",
        "剩 2 个工作日（11月25日）",
        "",
        "a=b",
        "路灯，-3 级台阶",
    ],
)
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_the_file_says_that_it_is_utf_8_and_keeps_one_line_a_row() -> None:
    data = csv_file(["编号", "事由"], [["XS-1", '他说"不亮"，\n很久了']])
    assert data.startswith(b"\xef\xbb\xbf")
    assert cells(data) == [["编号", "事由"], ["XS-1", '他说"不亮"， 很久了']]


@pytest.mark.requirement("T31")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＋8613912342186", "'＋8613912342186"),
        ("-3", "'-3"),
        ("  =1", "  '=1"),
        ("\t=1", " '=1"),
        ('"=1"', '"\'=1"'),
        ("'=1", "''=1"),
        ("==1", "'==1"),
        ("路灯,=1", "路灯,'=1"),
        ("路灯;＠x|－y", "路灯;'＠x|'－y"),
        ("路灯\n=1", "路灯 =1"),
    ],
)
def test_the_mark_stands_right_before_the_sign(given: str, kept: str) -> None:
    assert safe(given) == kept


@pytest.mark.parametrize(
    "text",
    ["8-10号楼", "0510-88880000", "a@b.test", "A＝B", "3+2", "甲，=乙", "（-3℃）", "——", "…", "·=", "＃＝"],
)
def test_a_sign_inside_the_words_is_left_alone(text: str) -> None:
    assert safe(text) == text


@pytest.mark.requirement("T31")
def test_the_heads_are_made_safe_like_the_cells() -> None:
    assert cells(csv_file(["=1", "＝2"], []))[0] == ["'=1", "'＝2"]


@pytest.mark.parametrize(
    "line_break", ["\r\n", "\n", "\r", "\t", "\x0b", "\x0c", "\x1d", "\x85", "\u2028", "\u2029"]
)
def test_no_cell_breaks_its_row(line_break: str) -> None:
    data = csv_file(["事由"], [[f"路灯{line_break}{line_break}不亮"]])
    assert cells(data) == [["事由"], ["路灯 不亮"]]
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize("text", ['"', '""', ",", ";", '他说："好"，行', "'", "\\", "a,b;c|d", " 空 格 "])
def test_quotes_and_separators_come_back_as_they_were(text: str) -> None:
    assert cells(csv_file(["事由"], [[text, "后"]]))[1] == [text, "后"]


def test_every_cell_is_quoted_so_that_no_number_is_guessed() -> None:
    data = csv_file(["编号"], [["000123", ""]]).decode("utf-8-sig")
    assert data == '"编号"\r\n"000123",""\r\n'


def test_the_mark_of_utf_8_stands_once_and_only_at_the_beginning() -> None:
    data = csv_file(["编号"], [["一"], ["二"]])
    assert data.count(b"\xef\xbb\xbf") == 1


def test_a_list_without_rows_still_has_its_heads() -> None:
    assert cells(csv_file(["编号", "事由"], [])) == [["编号", "事由"]]


def test_rows_may_come_one_by_one_from_a_reader() -> None:
    assert len(cells(csv_file(["编号"], ([str(n)] for n in range(1000))))) == 1001


@pytest.mark.parametrize("text", ["𠮷野家", "玥珺湉堃", "〔2026〕12号", "１２３", "é"])
def test_rare_characters_arrive_unchanged(text: str) -> None:
    assert cells(csv_file(["姓名"], [[text]]))[1] == [text]
