"""Workbooks: visible sheets as tables, days as days, merged cells as one."""

import io
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.incoming.forms.writing import archive, book
from tracker.errors import TooLarge
from tracker.incoming.forms import sheets
from tracker.incoming.forms.archives import Unreadable, scan
from tracker.incoming.forms.pages import Cell, Page, Table


def pages(content: bytes) -> list[Page]:
    return sheets.read_new(scan(content))


def cells(content: bytes) -> list[Cell]:
    (page,) = pages(content)
    (table,) = page.blocks
    assert isinstance(table, Table)
    return list(table.cells)


def written(write: Callable[[xlsxwriter.Workbook, Worksheet], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        write(made, made.add_worksheet("表"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "text", "value"),
    [
        ("走访人员", "走访人员", None),
        (12, "12", 12.0),
        (7.1, "7.1", 7.1),
        (-0.5, "-0.5", -0.5),
        (13912342186, "13912342186", 13912342186.0),
        (True, "是", None),
        (False, "否", None),
        (date(2026, 7, 15), "2026-07-15", date(2026, 7, 15)),
        ("一\r\n二", "一\n二", None),
        (" 两边 ", " 两边 ", None),
    ],
)
def test_a_cell_has_a_text_and_where_it_is_a_day_or_number_a_value(
    given: object, text: str, value: object
) -> None:
    (cell,) = cells(book({"表": [[given]]}))  # type: ignore[list-item]
    assert (cell.text, cell.value) == (text, value)


def test_a_moment_is_its_day_and_an_hour_is_only_words() -> None:
    def write(made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_datetime(
            0, 0, datetime(2026, 7, 15, 14, 30), made.add_format({"num_format": "yyyy/m/d h:mm"})
        )
        sheet.write_datetime(0, 1, time(14, 30), made.add_format({"num_format": "h:mm"}))

    day, hour = cells(written(write))
    assert (day.text, day.value) == ("2026-07-15", date(2026, 7, 15))
    assert hour.value is None and "14:30" in hour.text


def test_a_formula_is_read_by_what_it_last_showed() -> None:
    def write(_: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(0, 0, '=HYPERLINK("http://x")', None, "巷口积水")
        sheet.write_formula(0, 1, "=SUM(A2:A9)", None, 7)

    assert [cell.text for cell in cells(written(write))] == ["巷口积水", "7"]


def test_cells_stand_where_they_stand_on_the_sheet() -> None:
    found = cells(book({"表": [[], [None, None, "甲"], [None, None, None, "乙"]]}))
    assert [(cell.text, cell.row, cell.column) for cell in found] == [("甲", 1, 2), ("乙", 2, 3)]


def test_merged_cells_are_one_and_end_where_the_sheet_does() -> None:
    found = cells(
        book({"表": [[None, None, None], [None, None, None], ["甲", "乙"]]}, [(0, 0, 1, 2, "登记表")])
    )
    assert [(cell.text, cell.height, cell.width) for cell in found] == [
        ("登记表", 2, 2),
        ("甲", 1, 1),
        ("乙", 1, 1),
    ]
    (alone,) = cells(book({"表": []}, [(0, 0, 500, 100, "登记表")]))
    assert (alone.height, alone.width) == (1, 1)


def test_hidden_sheets_are_not_read_and_that_is_said_once() -> None:
    found = pages(book({"甲": [["a"]], "乙": [["b"]], "丙": [["c"]]}, hidden=["乙"]))
    assert [(page.name, tuple(page.notes)) for page in found] == [("甲", ("隐藏的工作表没有读",)), ("丙", ())]


def test_an_empty_sheet_is_an_empty_table() -> None:
    assert cells(book({"表": []})) == []


@pytest.mark.requirement("T29")
@pytest.mark.parametrize(("name", "least"), [("MOST_SHEETS", 2), ("LARGEST_AREA", 10), ("MOST_MERGED", 2)])
def test_a_workbook_keeps_its_bounds(name: str, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    content = book(
        {"甲": [["a", "b"], [], ["c", "d"]], "乙": [["d"]]}, [(4, 0, 4, 1, "e"), (5, 0, 5, 1, "f")]
    )
    monkeypatch.setattr(sheets, name, least)
    assert len(pages(content)) == 2
    monkeypatch.setattr(sheets, name, least - 1)
    with pytest.raises(TooLarge):
        pages(content)


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04"])
def test_what_is_no_workbook_is_broken(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        sheets.read_old(content)
    assert refused.value.message


@pytest.mark.requirement("T29")
def test_every_part_is_looked_through_before_it_is_read() -> None:
    bad = archive({"xl/workbook.xml": b"<a/>", "xl/extra.XML": b"<!DOCTYPE a><a/>"})
    with pytest.raises(Unreadable) as refused:
        pages(bad)
    assert "DTD" in refused.value.message
    with pytest.raises(Unreadable) as broken:
        pages(archive({"xl/workbook.xml": b"<a/>", "xl/media/a.png": b"<!DOCTYPE a><a/>"}))
    assert "损坏" in broken.value.message
