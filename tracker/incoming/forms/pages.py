"""A file as a reader sees it: lines of text and tables of cells, whatever program wrote it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Union

from tracker.errors import TooLarge
from tracker.rules.words import N_

MOST_CELLS = 300_000
# Cells that lie under a merged one, in one table.
MOST_COVERED = 200_000

Value = date | float | None


@dataclass(frozen=True, slots=True)
class Line:
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it. ``inside`` are its own lines and tables when a table lies in it."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    value: Value = None
    inside: Sequence["Block"] = ()

    @property
    def right(self) -> int:
        return self.column + self.width

    @property
    def bottom(self) -> int:
        return self.row + self.height


@dataclass(frozen=True)
class Table:
    """``cells`` in reading order, blank ones left out; ``first_row`` is what people call row 0."""

    cells: Sequence[Cell]
    first_row: int = 1

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    @cached_property
    def _covered(self) -> dict[tuple[int, int], Cell]:
        covered = {(cell.row, cell.column): cell for cell in self.cells}
        merged = [cell for cell in self.cells if cell.height > 1 or cell.width > 1]
        if sum(cell.height * cell.width for cell in merged) > MOST_COVERED:
            raise TooLarge(N_("表格里合并的单元格太多，请取消合并后另存再试"))
        for cell in merged:
            for row in range(cell.row, cell.bottom):
                for column in range(cell.column, cell.right):
                    covered.setdefault((row, column), cell)
        return covered

    def at(self, row: int, column: int) -> Cell | None:
        """The cell seen at this place, also when it begins further up or left."""
        return self._covered.get((row, column))


Block = Union[Line, Table]  # noqa: UP007 - a string cannot stand beside "|" in Cell.inside


@dataclass(frozen=True)
class Page:
    """The body of a document, or one sheet (``name``) of a workbook."""

    blocks: Sequence[Block]
    name: str = ""
    notes: Sequence[str] = field(default_factory=tuple)


def filled(cells: Iterable[Cell]) -> list[Cell]:
    """Without the blank ones; TooLarge when that still leaves too many."""
    kept = [cell for cell in cells if cell.text.strip() or cell.inside]
    if len(kept) > MOST_CELLS:
        raise TooLarge(N_("表格太大，请分成几个文件再试"))
    return kept


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Every table, those inside cells too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells:
                yield from tables(cell.inside)
