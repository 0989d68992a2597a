"""The words of a file as plain lines and rows, beside what was read of it: nothing that could act."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from tracker.incoming.forms.pages import Block, Cell, Page, Table

# A line is a text; a row is a list whose first entry is its number and whose others are its cells.
Shown = dict[str, Any]
# Characters of a whole file. Whoever needs more has the original.
MOST: Final = 4_000_000


def plain(pages: Iterable[Page]) -> list[Shown]:
    left = MOST
    told: list[Shown] = []
    for page in pages:
        lines: list[str | list[Any]] = []
        for line in _lines(page.blocks):
            left -= len(line) if isinstance(line, str) else sum(map(len, line[1:]))
            if left < 0:
                break
            lines.append(line)
        told.append({"name": page.name, "lines": lines})
    return told


def _lines(blocks: Sequence[Block]) -> Iterator[str | list[Any]]:
    for block in blocks:
        if isinstance(block, Table):
            for number, cells in sorted(block.rows.items()):
                yield [number + block.first_row, *map(_words, sorted(cells, key=lambda cell: cell.column))]
        else:
            yield block.text


def _words(cell: Cell) -> str:
    """A table inside a cell is told in its lines."""
    if not cell.inside:
        return cell.text.strip()
    lines = (line if isinstance(line, str) else "  ".join(line[1:]) for line in _lines(cell.inside))
    return "\n".join(line.strip() for line in lines if line.strip())
