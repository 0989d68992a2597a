"""Workbooks, .xlsx and .xls: visible sheets as tables. Formulas are not run, their last values are read."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from tracker.errors import TooLarge
from tracker.incoming.forms import markup
from tracker.incoming.forms.archives import BROKEN, LOCKED, Archive, Unreadable
from tracker.incoming.forms.pages import Cell, Page, Table, Value, filled
from tracker.rules.words import N_

MOST_SHEETS = 60
# The rectangle from the first to the last used cell, blank ones included.
LARGEST_AREA = 2_000_000
MOST_MERGED = 50_000
_TOO_LARGE = N_("工作表太大：可能在很远的地方有多余的内容，请删去后再试")
_HIDDEN = N_("隐藏的工作表没有读")

Span = tuple[int, int]


def read_new(archive: Archive) -> list[Page]:
    """An .xlsx; only the parts that were looked through reach the program that reads them."""
    checked = io.BytesIO()
    with zipfile.ZipFile(checked, "w", zipfile.ZIP_STORED) as copy:
        for entry in archive.entries:
            if entry.name.lower().endswith((".xml", ".rels")):
                part = archive.unpack(entry)
                markup.check(part)
                copy.writestr(entry.name, part)
    return _read(checked.getvalue())


def read_old(content: bytes) -> list[Page]:
    """An .xls."""
    return _read(content)


def _read(content: bytes) -> list[Page]:
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return list(_pages(book))
    except calamine.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (calamine.CalamineError, ValueError, OSError, IndexError, KeyError) as error:
        raise Unreadable(BROKEN) from error


def _pages(book: calamine.CalamineWorkbook) -> Iterator[Page]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > MOST_SHEETS:
        raise TooLarge(N_("工作表太多，请分成几个文件再试"))
    seen = [sheet for sheet in sheets if sheet.visible == calamine.SheetVisibleEnum.Visible]
    notes = (_HIDDEN,) if len(seen) < len(sheets) else ()
    for sheet in seen:
        yield Page((_table(book.get_sheet_by_name(sheet.name)),), sheet.name, notes)
        notes = ()


def _table(sheet: calamine.CalamineSheet) -> Table:
    start = sheet.start
    if start is None:
        return Table(())
    # Blank rows above the first used one are handed out too, blank columns before it are not.
    if sheet.total_height * sheet.width > LARGEST_AREA:
        raise TooLarge(_TOO_LARGE)
    return Table(tuple(filled(_cells(sheet.iter_rows(), start[1], _spans(sheet)))))


def _spans(sheet: calamine.CalamineSheet) -> dict[Span, Span]:
    """Height and width of merged cells, cut to the used rectangle."""
    merged = sheet.merged_cell_ranges or []
    if len(merged) > MOST_MERGED:
        raise TooLarge(_TOO_LARGE)
    last_row, last_column = sheet.end or (0, 0)
    spans = {}
    for first, last in merged:
        height = min(last[0], last_row) - first[0] + 1
        width = min(last[1], last_column) - first[1] + 1
        if height > 0 and width > 0:
            spans[(first[0], first[1])] = (height, width)
    return spans


def _cells(rows: Iterable[list[Any]], first_column: int, spans: dict[Span, Span]) -> Iterator[Cell]:
    for row, values in enumerate(rows):
        for column, given in enumerate(values, first_column):
            if given == "" or given is None:
                continue
            text, value = _seen(given)
            height, width = spans.get((row, column), (1, 1))
            yield Cell(text, row, column, height, width, value)


def _seen(given: Any) -> tuple[str, Value]:
    """The text of a cell, and its value where it is a day or a number."""
    if isinstance(given, datetime):
        return given.date().isoformat(), given.date()
    if isinstance(given, date):
        return given.isoformat(), given
    if isinstance(given, bool):
        return ("是" if given else "否"), None
    if isinstance(given, int | float):
        return _number(float(given)), float(given)
    if isinstance(given, time | timedelta):
        return str(given), None
    return str(given).replace("\r\n", "\n"), None


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
