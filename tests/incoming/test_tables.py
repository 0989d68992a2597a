"""A table arrives as it was written, in whichever encoding an office program saves it, or not at all."""

import random

import pytest

from tests.counted import Counted
from tracker.errors import Invalid
from tracker.incoming import tables

TEXT = "id,title\r\n1,路灯不亮\r\n2,㙍上村水渠𠮷\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_usual_encoding_reads_the_same(encoding: str) -> None:
    rows = list(tables.read_csv(TEXT.encode(encoding), ("id", "title")))
    assert [row.cells for row in rows] == [
        {"id": "1", "title": "路灯不亮"},
        {"id": "2", "title": "㙍上村水渠𠮷"},
    ]
    assert [row.number for row in rows] == [2, 3]


@pytest.mark.parametrize(
    "content",
    [
        b"\x81",
        TEXT.encode("utf-8")[:-8] + b"\xff",
        b"\xef\xbb\xbf\xff\xfe",
        b"\xff\xfei",
        TEXT.encode("big5", "replace") + b"\xa0",
        "id,\ue000\n".encode("gb18030"),
        b"id,title\n1,\x00\n",
    ],
)
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        tables.decode(content)
    assert refused.value.errors[0].field == "file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("bad", [b"\xff", "\ue000".encode("gb18030")])
def test_a_refusal_names_the_line_the_bad_bytes_are_in(encoding: str, bad: bytes) -> None:
    content = TEXT.encode(encoding) + b"3," + bad + b"\r\n4,a\r\n"
    with pytest.raises(Invalid) as refused:
        tables.decode(content)
    assert refused.value.errors[0].params == {"line": 4}


def test_a_cell_may_hold_lines_and_tabs_separate_what_excel_saves_as_unicode() -> None:
    quoted = list(tables.read_csv('id,body\n1,"两行\n文字"\n'.encode(), ("id", "body")))
    tabbed = list(tables.read_csv("id\tbody\r\n1\t一,二\r\n".encode("utf-16"), ("id", "body")))
    assert quoted[0].cells["body"] == "两行\n文字"
    assert tabbed[0].cells["body"] == "一,二"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("id,name\n1,a\n", "file"),
        ("", "file"),
        ("id,title,title\n1,a,b\n", "file"),
        ("id,title\n1\n", "2"),
        ("id,title\n1,a,b\n", "2"),
        ('id,title\n1,"a\n', "file"),
        ('id,title\n1,"a"b\n', "file"),
    ],
)
def test_a_table_out_of_shape_names_the_place(text: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        list(tables.read_csv(text.encode(), ("id", "title")))
    assert refused.value.errors[0].field == field


def test_blank_rows_are_skipped_and_counted() -> None:
    rows = list(tables.read_csv(b"id,title\n\n1,a\n,\n2,b\n", ("id", "title")))
    assert [(row.number, row.cells["id"]) for row in rows] == [(3, "1"), (5, "2")]


@pytest.mark.requirement("T30")
def test_two_hundred_broken_streams_are_refused_and_the_line_is_told(counted: Counted) -> None:
    chance = random.Random(30)
    lines = [f"{number},第{number}行的㙍字\r\n" for number in range(1, 40)]
    for number in range(200):
        encoding = ("utf-8", "utf-8-sig", "gb18030", "utf-16")[number % 4]
        line = chance.randrange(len(lines))
        before = "".join(lines[:line]).encode(encoding)
        bad = b"\xff" if encoding != "utf-16" else b"\x00\xd8"
        after = "".join(lines[line:]).encode(
            encoding.removesuffix("-sig") if encoding != "utf-16" else "utf-16-le"
        )
        with pytest.raises(Invalid) as refused:
            tables.decode(before + bad + after)
        assert refused.value.errors[0].params == {"line": line + 1}, (encoding, line)
    counted("200 broken streams of bytes in four encodings, each refused with its line")
