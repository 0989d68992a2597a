"""Annexes as an Excel file, text as text: a sheet for each kind, a page for each annex."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from tracker.outgoing.forms import layout
from tracker.outgoing.forms.annexes import Annex
from tracker.outgoing.workbook import A4, Looks, cell_text, new_book, sheet_name

# A row can be no taller, in pt; more text gets more rows, merged.
TALLEST = 400.0
# Of one sheet; Excel knows a thousand beginnings of pages.
MOST_PAGES = 500
_PLAIN = {"font_name": "仿宋_GB2312", "font_size": layout.TEXT_SIZE, "text_wrap": True, "valign": "vcenter"}
_BOXED = _PLAIN | {"border": 1}
_SMALL = _BOXED | {"font_size": 12, "align": "center"}
_TITLE = {"font_name": "方正小标宋简体", "text_wrap": True, "align": "center", "valign": "vcenter"}
STYLES: dict[str, dict[str, Any]] = {
    "mark": {"font_name": "黑体", "font_size": 16},
    "line": _PLAIN,
    "field": _BOXED,
    "label": _BOXED | {"align": "center"},
    "text": _BOXED | {"valign": "top"},
    "small": _SMALL,
    "number": _SMALL,
}
TITLES = {f"title {size / 2}": _TITLE | {"font_size": size / 2} for size in range(32, 45)}


@dataclass(frozen=True)
class _Area:
    """A rectangle of the sheet, last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


def xlsx(annexes: Sequence[Annex]) -> bytes:
    """One Excel file; who may read what it holds is the caller's to know."""
    made = io.BytesIO()
    book = new_book(made)
    looks = Looks(book, STYLES | TITLES)
    for name, sheets in _piles([layout.sheet(annex) for annex in annexes]):
        _write_pile(book.add_worksheet(name), looks, sheets)
    book.close()
    return made.getvalue()


def _piles(sheets: Sequence[layout.Sheet]) -> Iterator[tuple[str, Sequence[layout.Sheet]]]:
    """What goes below each other on one sheet: 附件1, and 附件1（2） where one sheet has not enough room."""
    for mark in dict.fromkeys(sheet.mark for sheet in sheets):
        alike = [sheet for sheet in sheets if sheet.mark == mark]
        for number, first in enumerate(range(0, len(alike), MOST_PAGES), 1):
            name = sheet_name(mark, f"（{number}）" if first else "")
            yield name, alike[first : first + MOST_PAGES]


def _write_pile(paper: Worksheet, looks: Looks, sheets: Sequence[layout.Sheet]) -> None:
    _set_up(paper, sheets[0])
    starts = [0]
    for sheet in sheets:
        starts.append(_Leaf(paper, looks, sheet, starts[-1]).write())
    paper.set_h_pagebreaks(starts[1:-1])


def _set_up(paper: Worksheet, sheet: layout.Sheet) -> None:
    for column, (left, right) in enumerate(pairwise(_edges(sheet))):
        # In characters of the standard font: 7 dots each and 5 beside them, 96 dots an inch.
        paper.set_column(column, column, ((right - left) / 25.4 * 96 - 5) / 7)
    if sheet.wide:
        paper.set_landscape()
    paper.set_paper(A4)
    # Not fitted to the page's width, which it is anyway: fitting makes Excel forget where pages begin.
    paper.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.6)
    paper.center_horizontally()


def _edges(sheet: layout.Sheet) -> list[float]:
    """The layout's columns, one of them in two parts if the line above the table needs it; in mm."""
    edges = [0.0, *accumulate(sheet.widths)]
    beside = len(sheet.line) > 1 and edges[1] < layout.SECOND
    return sorted({*edges, layout.SECOND}) if beside else edges


class _Leaf:
    """One annex from ``next_row`` on."""

    def __init__(self, paper: Worksheet, looks: Looks, sheet: layout.Sheet, next_row: int) -> None:
        self.paper = paper
        self.looks = looks
        self.sheet = sheet
        self.edges = _edges(sheet)
        self.next_row = next_row

    def write(self) -> int:
        """Write it; the first row below it."""
        self._across(self.sheet.mark, "mark", 28)
        size, lines = self.sheet.title_size, self.sheet.title_lines
        self._across("\n".join(lines), f"title {size}", len(lines) * size * 1.5 + 8)
        for pieces in self.sheet.lines:
            self._line(pieces)
        starts = self._rows()
        for number, places in enumerate(self.sheet.places):
            for place in places:
                if place.row == number:
                    self._write_cell(place, starts)
        self.next_row = starts[-1]
        for note in self.sheet.notes:
            needed = layout.height_of([note], self.sheet.width, layout.TEXT_SIZE) * layout.PT
            self._across(note, "line", max(24, needed))
        return self.next_row

    def _across(self, text: str, style: str, height: float) -> None:
        self.paper.set_row(self.next_row, height)
        self._put(_Area(self.next_row, 0, self.next_row, len(self.edges) - 2), text, style)
        self.next_row += 1

    def _line(self, pieces: tuple[str, ...]) -> None:
        """Beside each other, the second at its own place, or one alone."""
        if len(pieces) == 1:
            needed = layout.height_of(pieces, self.sheet.width, layout.TEXT_SIZE) * layout.PT
            return self._across(pieces[0], "line", max(30, needed))
        second = self.edges.index(layout.SECOND) if layout.SECOND in self.edges else 1
        row = self.next_row
        self.paper.set_row(row, 30)
        self._put(_Area(row, 0, row, second - 1), pieces[0], "line")
        self._put(_Area(row, second, row, len(self.edges) - 2), pieces[1], "line")
        self.next_row += 1

    def _rows(self) -> list[int]:
        """The first row of each row of the table, and the one after the last."""
        starts = [self.next_row]
        for number, row in enumerate(self.sheet.rows):
            height = max(row.height, *self._needed(number)) * layout.PT
            count = ceil(height / TALLEST)
            for part in range(count):
                self.paper.set_row(starts[-1] + part, height / count)
            starts.append(starts[-1] + count)
        return starts

    def _needed(self, number: int) -> list[float]:
        return [
            layout.height_of(place.cell.lines, place.width, STYLES[place.cell.style]["font_size"])
            for place in self.sheet.places[number]
            if place.cell.rows == 1
        ]

    def _write_cell(self, place: layout.Place, starts: Sequence[int]) -> None:
        cell = place.cell
        left = sum(self.sheet.widths[: place.column])
        first, after = self.edges.index(left), self.edges.index(left + place.width)
        area = _Area(starts[place.row], first, starts[place.row + cell.rows] - 1, after - 1)
        if cell.number is None:
            self._put(area, "\n".join(cell.lines), cell.style)
        else:
            self.paper.write_number(area.top, area.left, cell.number, self.looks.plain(cell.style))

    def _put(self, area: _Area, text: str, style: str) -> None:
        shown = cell_text(text)
        look = self.looks.text(style, shown)
        if area.top != area.bottom or area.left != area.right:
            # The words come after: merging would guess at their type.
            self.paper.merge_range(area.top, area.left, area.bottom, area.right, "", look)
        self.paper.write_string(area.top, area.left, shown, look)
