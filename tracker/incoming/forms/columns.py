"""Tables with a head and one matter a row: registers of visits, annex 2 and 3 as lists, rosters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tracker.incoming.forms import labels
from tracker.incoming.forms.pages import Cell, Table
from tracker.incoming.forms.scanning import Found, is_title

_VISITS = frozenset({"contact", "address", "visited_on", "reported", "help_needed", "coordination_needed"})
_RESULTS = frozenset({"suggestion", "brief", "lead"})
_FIGURES = frozenset({"participants", "sector", "living", "friends"})
_WHO = frozenset({"visitors", "name", "group"})
_POSTS = frozenset({"unit", "group", "role", "login", "level"})


@dataclass(frozen=True)
class _Kind:
    """A list of this kind has ``enough`` of the ``telling`` columns and ``fewest`` in all."""

    telling: frozenset[str]
    also: frozenset[str]
    enough: int
    fewest: int

    @property
    def fields(self) -> frozenset[str]:
        return self.telling | self.also


_KINDS: Final[Mapping[str, _Kind]] = {
    "annex3": _Kind(_FIGURES, _RESULTS | {"group", "unit"}, 2, 3),
    "register": _Kind(_VISITS, _WHO | {"circle", "persons_count", "drive"}, 2, 3),
    "annex2": _Kind(_RESULTS, _WHO, 2, 2),
    "roster": _Kind(_POSTS, frozenset({"name", "title", "email", "bridges"}), 1, 2),
}
_DEEPEST_HEAD: Final = 3
_SAME: Final = frozenset({"同上", "〃", "″", "”", '"', "同前"})
_TOTALS: Final = frozenset({"汇总", "合计", "总计", "小计", "共计", "total"})
_ALL: Final = frozenset().union(*(kind.fields for kind in _KINDS.values()), {"other"})


@dataclass(frozen=True)
class Head:
    """``columns``: column → field; ``sure`` per field, less where a label was only guessed."""

    kind: str
    columns: Mapping[int, str]
    sure: Mapping[str, float]
    row: int
    depth: int


@dataclass(frozen=True)
class Row:
    """``number`` as people count rows; ``is_total``: the sum of those before."""

    number: int
    answers: Mapping[str, Found]
    is_total: bool = False


@dataclass(frozen=True)
class Listing:
    head: Head
    rows: Sequence[Row]


def listings(table: Table) -> list[Listing]:
    """Every head in the table with the rows up to the next one; none when the table is no list."""
    numbers = sorted(table.rows)
    heads: list[Head] = []
    for row in numbers:
        if heads and row < heads[-1].row + heads[-1].depth:
            continue
        if len(heads) < 50 and _may_be_head(table.rows[row]) and (head := _head(table, row)):
            heads.append(head)
    if not heads:
        return []
    ends = [*(head.row for head in heads[1:]), numbers[-1] + 1]
    parts = [(head, end) for head, end in zip(heads, ends, strict=True) if not _is_form(table, head, end)]
    return [Listing(head, list(_rows(table, head, end))) for head, end in parts]


def _is_form(table: Table, head: Head, end: int) -> bool:
    """Further down a row begins with a label alone: this is one form whose labels stand above its answers."""
    rows = (table.rows[row] for row in table.rows if head.row + head.depth <= row < end)
    first = (labels.begins(cells[0].text) for cells in rows if len(cells[0].text) < 30)
    return any(label and label.alone and label.field in _VISITS | _RESULTS for label in first)


def _may_be_head(cells: Sequence[Cell]) -> bool:
    """Two labels next to each other with nothing in between: in a form, answers part them."""
    if len(cells) < 2 or any(len(cell.text) > 60 for cell in cells):
        return False
    found = [(cell, label) for cell in cells if (label := labels.begins(cell.text))]
    known = [(cell, label) for cell, label in found if label.alone and label.field in _ALL]
    if all(label.colon for _, label in known):
        # A line of a form that waits for its answers.
        return False
    beside = any(left.right == right.column for (left, _), (right, _) in pairwise(known))
    return beside and len(known) * 2 > len(cells)


def _head(table: Table, row: int) -> Head | None:
    """The kind and depth under which most columns have a name."""
    best: Head | None = None
    for depth in range(1, _DEEPEST_HEAD + 1):
        for name, kind in _KINDS.items():
            head = _as(name, kind.fields, table, row, depth)
            found = frozenset(head.columns.values())
            if len(found & kind.telling) < kind.enough or len(found) < kind.fewest:
                continue
            if name == "roster" and "name" not in found:
                continue
            if best is None or len(found) > len(best.columns):
                best = head
    return best


def _as(kind: str, fields: frozenset[str], table: Table, row: int, depth: int) -> Head:
    columns: dict[int, str] = {}
    sure: dict[str, float] = {}
    last = max(
        (cell.right for part in range(row, row + depth) for cell in table.rows.get(part, ())), default=0
    )
    for column in range(min(last, 400)):
        found = _label(table, row, depth, column, fields)
        if found and found.field not in sure:
            columns[column], sure[found.field] = found.field, found.sure
    return Head(kind, columns, sure, row, depth)


def _label(table: Table, row: int, depth: int, column: int, fields: frozenset[str]) -> labels.Label | None:
    """What the lowest cell of the head says, else the one above it."""
    for part in range(row + depth - 1, row - 1, -1):
        cell = table.at(part, column)
        if cell is None or cell.column != column:
            continue
        label = labels.begins(cell.text, guess=True)
        if label and label.alone and label.field in fields:
            return label
    return None


def _rows(table: Table, head: Head, end: int) -> Iterator[Row]:
    before: dict[str, Found] = {}
    for row in range(head.row + head.depth, end):
        cells = table.rows.get(row, [])
        if any(_is_foot(cell, cells) for cell in cells[:1]):
            continue
        own = {cell.column for cell in cells} & set(head.columns)
        # One cell across the list is a heading between its rows.
        if not own or (len(cells) == 1 and cells[0].width > 2):
            continue
        answers = dict(_answers(table, head, row, before))
        is_total = any(len(cell.text) < 12 and labels.squeeze(cell.text) in _TOTALS for cell in cells[:2])
        yield Row(row + table.first_row, answers, is_total)
        before = answers


def _is_foot(cell: Cell, cells: Sequence[Cell]) -> bool:
    """A heading between lists, or the line below one that says who filled it in."""
    label = labels.begins(cell.text)
    return len(cells) <= 2 and (
        is_title(cell.text) or bool(label and label.field == "other" and not label.alone)
    )


def _answers(table: Table, head: Head, row: int, before: Mapping[str, Found]) -> Iterator[tuple[str, Found]]:
    """One for every column; a blank cell is an answer, too."""
    for column, field in head.columns.items():
        cell = table.at(row, column)
        if cell is None:
            yield field, Found(field, "", head.sure[field], None, row)
        elif cell.text.strip() in _SAME and field in before:
            yield field, replace(before[field], sure=min(before[field].sure, 0.8))
        else:
            yield field, Found(field, cell.text, head.sure[field], cell.value, row)
