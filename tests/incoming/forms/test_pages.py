"""Lines, tables and cells, the results made of them, and XML that declares nothing of its own."""

import json

import pytest

from tracker.errors import FieldError, TooLarge
from tracker.incoming.forms import archives, markup, pages, result
from tracker.incoming.forms.pages import Cell, Line, Table
from tracker.incoming.forms.result import FileRead, Form


def test_a_merged_cell_is_seen_at_every_place_it_covers() -> None:
    merged = Cell("走访人员", 1, 1, height=2, width=3)
    table = Table([merged, Cell("周敏", 1, 4), Cell("上面", 2, 2)])
    assert (merged.right, merged.bottom) == (4, 3)
    assert table.at(1, 1) is table.at(2, 3) is merged
    seen = [table.at(row, column) for row, column in ((0, 1), (3, 1), (1, 4), (1, 5), (2, 2))]
    assert [cell and cell.text for cell in seen] == [None, None, "周敏", None, "上面"]


def test_rows_hold_their_own_cells_only() -> None:
    table = Table([Cell("甲", 0, 0, height=2), Cell("乙", 0, 1), Cell("丙", 2, 0)])
    assert {row: [cell.text for cell in cells] for row, cells in table.rows.items()} == {
        0: ["甲", "乙"],
        2: ["丙"],
    }


@pytest.mark.requirement("T29")
def test_more_cells_may_not_be_covered_than_a_table_has() -> None:
    most = pages.MOST_COVERED
    assert Table([Cell("甲", 0, 0, height=most)]).at(most - 1, 0)
    with pytest.raises(TooLarge):
        Table([Cell("甲", 0, 0, height=most), Cell("乙", 0, 1, width=2)]).at(0, 0)


def test_blank_cells_are_left_out_and_those_with_a_table_inside_are_not() -> None:
    inner = Table([Cell("甲", 0, 0)])
    given = [Cell("", 0, 0), Cell(" \n", 0, 1), Cell("乙", 0, 2), Cell("", 0, 3, inside=(inner,))]
    assert [cell.column for cell in pages.filled(given)] == [2, 3]


@pytest.mark.requirement("T29")
def test_a_table_has_so_many_cells_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_CELLS", 3)
    assert len(pages.filled([Cell("甲", 0, n) for n in range(3)] + [Cell("", 1, 0)])) == 3
    with pytest.raises(TooLarge):
        pages.filled(Cell("甲", 0, n) for n in range(4))


def test_tables_inside_cells_are_found_too() -> None:
    innermost = Table([Cell("丙", 0, 0)])
    inner = Table([Cell("乙", 0, 0, inside=(Line("一"), innermost))])
    outer = Table([Cell("甲", 0, 0, inside=(inner,))])
    assert list(pages.tables([Line("题"), outer])) == [outer, inner, innermost]


def test_what_was_read_is_the_same_on_the_other_side_of_the_pipe() -> None:
    fault = FieldError("visited_on", "日期没有写年份，按 %(year)d 年理解，请核对", {"year": 2025})
    form = Form({"visitors": ["周敏"], "circle": None}, {"visitors": 0.8, "circle": 0.2}, [fault], "表!3")
    files = [FileRead("a.xlsx", "register", [fault], [form], [{"name": "表", "lines": [[1, "甲"]]}])]
    back = result.unpack(json.loads(json.dumps(result.pack([*files, FileRead("b.txt")]))))
    assert back[0] == files[0]
    assert (back[1].kind, list(back[1].forms), list(back[1].problems)) == ("unknown", [], [])


def test_problems_are_told_in_the_language_of_whoever_reads_them() -> None:
    fault = FieldError("file", "有 %(count)d 份空白表，已略过", {"count": 2})
    form = Form({"reported": "路灯"}, {"reported": 0.95}, [fault], "2")
    (told,) = result.as_json(
        [FileRead("a.docx", "annex1", [fault], [form])], say=lambda one: one.field.upper()
    )
    assert told["problems"] == told["forms"][0]["problems"] == [{"field": "file", "message": "FILE"}]
    (plain,) = result.as_json([FileRead("a.docx", "annex1", [fault])])
    assert plain["problems"] == [{"field": "file", "message": "有 2 份空白表，已略过"}]


def test_a_refused_file_keeps_its_name_and_has_one_sentence() -> None:
    refused = result.refused("a.docx", "第 %(line)d 行", line=3)
    assert (refused.name, refused.kind, [str(one) for one in refused.problems]) == (
        "a.docx",
        "unknown",
        ["第 3 行"],
    )


@pytest.mark.requirement("T29")
def test_markup_is_bounded_in_depth_and_in_number(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = markup.DEEPEST
    assert markup.tree(b"<a>" * deep + b"</a>" * deep).tag == "a"
    with pytest.raises(TooLarge):
        markup.tree(b"<a>" * (deep + 1) + b"</a>" * (deep + 1))
    monkeypatch.setattr(markup, "MOST_ELEMENTS", 3)
    assert len(markup.tree(b"<a><b/><b/></a>")) == 2
    with pytest.raises(TooLarge):
        markup.tree(b"<a><b/><b/><b/></a>")


@pytest.mark.requirement("T29")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE a><a/>", "DTD"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DTD"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "损坏"),
        (b'<?xml version="1.0" encoding="ebcdic-9"?><a/>', "损坏"),
        (b"<a>&b;</a>", "损坏"),
        (b"<a><b></a>", "损坏"),
        (b"<a/><a/>", "损坏"),
        (b"", "损坏"),
        (b"\xff\xfe", "损坏"),
    ],
)
def test_markup_with_declarations_or_faults_stays_closed(content: bytes, words: str) -> None:
    for read in (markup.tree, markup.check):
        with pytest.raises(archives.Unreadable) as refused:
            read(content)
        assert words in refused.value.message


def test_names_in_markup_carry_their_vocabulary() -> None:
    root = markup.tree('<w:a xmlns:w="urn:w"><w:b>路灯</w:b><c/></w:a>'.encode())
    assert [root.tag, root[0].tag, root[0].text, root[1].tag] == ["urn:w}a", "urn:w}b", "路灯", "c"]
