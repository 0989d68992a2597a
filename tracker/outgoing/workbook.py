"""Lists as Excel files, written from scratch: text stays text (T31), nothing is hidden in them (T32)."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tracker.outgoing.plain_text import INVISIBLE, one_line, width_in_em
from tracker.outgoing.sheets import calculates

Value: TypeAlias = str | int | float | date | None
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000
# What Excel can hold in one cell, in UTF-16 units.
MOST_TEXT = 32_767
CUT = "……（内容过长，其余从略）"
# Of a column, in Chinese characters.
NARROWEST, WIDEST = 4.0, 30.0
# None of these may lead anywhere but into a cell; temporary files would leave names on the disk.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same in every file, whoever asked for it and whenever.
PROPERTIES = {"author": "", "created": datetime(2000, 1, 1)}
A4 = 9
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_TEXT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
STYLES = {
    "text": _TEXT,
    "head": _TEXT | {"bold": True, "align": "center", "bg_color": "#F2F2F2"},
    "total": _TEXT | {"bold": True},
}


def workbook(
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    total: Sequence[Value] = (),
    widths: Sequence[float] = (),
) -> bytes:
    """A list under its heads, which stay in sight; numbers and days as such, everything else as text.

    What a cell shows is the caller's to decide. ``widths`` in Chinese characters, else as wide as the words.
    """
    made = io.BytesIO()
    book = new_book(made)
    held = list(rows)
    looks = Looks(book, STYLES)
    wide = widths or _widths(heads, [*held[:1000], total])
    for first in range(0, len(held) or 1, MOST_ROWS):
        part = held[first : first + MOST_ROWS]
        named = sheet_name(name) if not first else sheet_name(name, f"（{first // MOST_ROWS + 1}）")
        sheet = _List(book.add_worksheet(named), looks)
        sheet.begin(heads, wide)
        sheet.write(1, part, "text")
        if total and first + MOST_ROWS >= len(held):
            sheet.write(1 + len(part), [total], "total")
    book.close()
    return made.getvalue()


def new_book(made: io.BytesIO) -> Workbook:
    book = Workbook(made, OPTIONS)
    book.set_properties(PROPERTIES)
    return book


def sheet_name(name: str, ending: str = "") -> str:
    """At most 31 characters, without those a sheet's name may not have."""
    kept = re.sub(r"[\[\]:*?/\\]", " ", one_line(name)).strip(" '")
    return kept[: 31 - len(ending)] + ending or "1"


def cell_text(text: str) -> str:
    """Without anything invisible, and no longer than a cell can be."""
    clean = text if text.isprintable() else INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    if 2 * len(clean) <= MOST_TEXT or len(clean.encode("utf-16-le")) <= 2 * MOST_TEXT:
        return clean
    room = clean.encode("utf-16-le")[: 2 * (MOST_TEXT - len(CUT))]
    return room.decode("utf-16-le", "ignore") + CUT


@dataclass
class Looks:
    """The formats of one book by their names, each made once."""

    book: Workbook
    styles: Mapping[str, Mapping[str, Any]]
    made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def text(self, style: str, text: str) -> Format:
        """What looks like a formula is not calculated either after somebody has edited the cell."""
        return self._format(style, "quote_prefix", True) if calculates(text) else self.plain(style)

    def day(self, style: str) -> Format:
        return self._format(style, "num_format", "yyyy-mm-dd")

    def plain(self, style: str) -> Format:
        return self._format(style, "", None)

    def _format(self, style: str, extra: str, value: object) -> Format:
        key = (style, extra)
        if key not in self.made:
            more = {extra: value} if extra else {}
            self.made[key] = self.book.add_format({**self.styles[style], **more})
        return self.made[key]


class _List:
    def __init__(self, sheet: Worksheet, looks: Looks) -> None:
        self.sheet = sheet
        self.looks = looks

    def begin(self, heads: Sequence[str], widths: Sequence[float]) -> None:
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width * 2 + 2)
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.write(0, [heads], "head")

    def write(self, first: int, rows: Iterable[Sequence[Value]], style: str) -> None:
        for row, values in enumerate(rows, first):
            for column, value in enumerate(values):
                self._put(row, column, value, style)

    def _put(self, row: int, column: int, value: Value, style: str) -> None:
        match value:
            case None:
                self.sheet.write_blank(row, column, None, self.looks.plain(style))
            case str():
                text = cell_text(value)
                self.sheet.write_string(row, column, text, self.looks.text(style, text))
            case date():
                # A moment belongs to a time zone: its day is the caller's to tell.
                day = datetime(value.year, value.month, value.day)
                self.sheet.write_datetime(row, column, day, self.looks.day(style))
            case _:
                self.sheet.write_number(row, column, value, self.looks.plain(style))


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Of the longest line in each column, within reason."""
    return [
        min(WIDEST, max(NARROWEST, _width(head), *(_width(row[number]) for row in rows if number < len(row))))
        for number, head in enumerate(heads)
    ]


def _width(value: Value) -> float:
    return max((width_in_em(line) for line in str("" if value is None else value).splitlines()), default=0)
