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
