"""Forms whose labels stand beside, above or before their answers: annex 1 and 2 (S2-28…40)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tracker.incoming.forms import labels, values
from tracker.incoming.forms.labels import Label
from tracker.incoming.forms.pages import Block, Cell, Table, Value, tables

# Long answers: what follows on the next line or in the next row still belongs to them.
TEXTS: Final = frozenset({"reported", "help_needed", "coordination_needed", "suggestion", "brief", "lead"})
_FIELDS: Final = (
    TEXTS
    | {"visitors", "name", "group", "circle", "contact", "address", "visited_on"}
    | {"persons_count", "drive"}
)
_PEOPLE: Final = frozenset({"visitors", "name"})
_SHORT_LINE: Final = 80
_LONG_VALUE: Final = 40
_OF_DATES: Final = ("年", "月", "日", ".", "-", "/")
_LONGEST_TITLE: Final = 90


@dataclass(frozen=True)
class Found:
    """The raw answer to one label; ``sure`` tells how plainly the two belong together.

    ``more``: no label of its own, it follows the answer before it.
    """

    field: str
    text: str
    sure: float
    value: Value = None
    row: int = 0
    more: bool = False


@dataclass
class Sheet:
    """The answers of one form."""

    answers: dict[str, Found] = field(default_factory=dict)

    @property
    def row(self) -> int:
        return next(iter(self.answers.values())).row if self.answers else 0


@dataclass(frozen=True)
class _Title:
    """A heading: whatever comes next is another form."""


_Step = Found | _Title


def sheets(blocks: Iterable[Block]) -> list[Sheet]:
    """The forms on a page. A heading or a question asked again begins the next one."""
    made: list[Sheet] = [Sheet()]
    for step in _steps(blocks):
        current = made[-1]
        if isinstance(step, _Title):
            if current.answers:
                made.append(Sheet())
            continue
        if step.field in current.answers:
            if _goes_on(current, step):
                continue
            current = Sheet()
            made.append(current)
        current.answers[step.field] = step
    return [sheet for sheet in made if sheet.answers]


def _goes_on(sheet: Sheet, step: Found) -> bool:
    """More of the answer given last."""
    known = sheet.answers[step.field]
    if not step.more or next(reversed(sheet.answers)) != step.field:
        return False
    text = f"{known.text}\n{step.text}".strip("\n")
    sheet.answers[step.field] = replace(
        known, text=text, sure=min(known.sure, 0.5 if step.field in _PEOPLE else 0.8)
    )
    return True


def _steps(blocks: Iterable[Block]) -> Iterator[_Step]:
    open_field = ""
    for block in blocks:
        if isinstance(block, Table):
            for part in _side_by_side(block):
                yield from _of_table(part)
            open_field = ""
            continue
        for step in _of_line(block.text, open_field):
            yield step
            open_field = step.field if isinstance(step, Found) else ""


def _of_line(text: str, open_field: str) -> Iterator[_Step]:
    if not text.strip():
        return
    if is_title(text):
        yield _Title()
        return
    for label, rest in _labels_of_line(text):
        if label is None:
            if rest.strip() and _may_follow(open_field, rest):
                yield Found(open_field, rest, 0.7, more=True)
        else:
            yield Found(label.field, rest, label.sure)


def _may_follow(open_field: str, text: str) -> bool:
    """A long answer goes on with any line, a list of people only with more people."""
    return open_field in TEXTS or (open_field in _PEOPLE and values.names(text).sure == 1.0)


def _labels_of_line(text: str) -> Iterator[tuple[Label | None, str]]:
    """All labels of a short line, of a long one only the one in front: the others are part of its answer."""
    first = labels.begins(text)
    if first and (first.field in TEXTS or len(text) > _SHORT_LINE):
        yield first, first.rest
    elif first is None and len(text) > _SHORT_LINE:
        yield None, text
    else:
        yield from labels.split(text)


def is_title(text: str) -> bool:
    if len(text) > _LONGEST_TITLE or "：" in text:
        return False
    return bool(labels.TITLE.search(labels.squeeze(text)))


def _side_by_side(table: Table) -> list[Table]:
    """Two forms beside each other as two tables; the same label twice in one row shows it."""
    cuts: dict[int, int] = {}
    for cells in table.rows.values():
        seen: dict[str, int] = {}
        for cell in cells:
            label = labels.begins(cell.text)
            if label is None or label.field not in _FIELDS:
                continue
            if label.field in seen and cell.column > seen[label.field] + 1:
                cuts[cell.column] = cuts.get(cell.column, 0) + 1
            seen.setdefault(label.field, cell.column)
    edges = [0, *sorted(column for column, count in cuts.items() if count > 1)]
    if len(edges) == 1:
        return [table]
    return [
        replace(table, cells=[cell for cell in table.cells if start <= cell.column < end])
        for start, end in zip(edges, [*edges[1:], 1 << 30], strict=True)
    ]


def _of_table(table: Table) -> Iterator[_Step]:
    taken: set[tuple[int, int]] = set()
    last: tuple[str, int] | None = None
    for cell in table.cells:
        if (cell.row, cell.column) in taken:
            continue
        if cell.inside and any(_has_labels(inner) for inner in tables(cell.inside)):
            yield from _steps(cell.inside)
            continue
        for step in _of_cell(table, cell, taken, last):
            yield replace(step, row=cell.row + table.first_row) if isinstance(step, Found) else step
            last = (step.field, cell.column) if isinstance(step, Found) else None


def _has_labels(table: Table) -> bool:
    return sum(labels.begins(cell.text) is not None for cell in table.cells) > 1


def _of_cell(
    table: Table, cell: Cell, taken: set[tuple[int, int]], last: tuple[str, int] | None
) -> Iterator[_Step]:
    label = labels.begins(cell.text, guess=len(cell.text) <= _LONG_VALUE)
    if label is None:
        if is_title(cell.text):
            yield _Title()
        elif last and last[0] in TEXTS and cell.column >= last[1]:
            yield Found(last[0], cell.text, 0.7, more=True)
        return
    if not label.alone and _is_list_of_answers(cell.text):
        yield from _of_lines(cell.text)
    elif label.alone:
        yield _beside_or_below(table, cell, label, taken)
    elif label.field in TEXTS or "\n" in label.rest.strip() or len(cell.text) > _SHORT_LINE:
        yield Found(label.field, label.rest, label.sure)
    else:
        for inner, rest in labels.split(cell.text):
            if inner:
                yield Found(inner.field, rest, inner.sure)


def _is_list_of_answers(text: str) -> bool:
    """A whole form, or part of one, written line by line into one cell."""
    found = [label for line in text.split("\n") if (label := labels.begins(line)) and label.colon]
    return len(found) > 1 and len({label.field for label in found} & _FIELDS) == len(found)


def _of_lines(text: str) -> Iterator[_Step]:
    open_field = ""
    for line in text.split("\n"):
        for step in _of_line(line, open_field):
            yield step
            open_field = step.field if isinstance(step, Found) else ""


def _beside_or_below(table: Table, cell: Cell, label: Label, taken: set[tuple[int, int]]) -> Found:
    beside = list(_beside(table, cell, label))
    if beside:
        taken.update((answer.row, answer.column) for answer in beside)
        value = beside[0].value if len(beside) == 1 else None
        sure = label.sure if len(beside) == 1 else min(label.sure, 0.9)
        return Found(label.field, _joined(beside), sure, value)
    below = table.at(cell.bottom, cell.column)
    if below and not below.inside and not labels.begins(below.text) and not is_title(below.text):
        taken.add((below.row, below.column))
        return Found(label.field, below.text, min(label.sure, 0.85), below.value)
    return Found(label.field, "", label.sure)


def _beside(table: Table, cell: Cell, label: Label) -> Iterator[Cell]:
    """The cells to the right, in all rows the label spans, up to the next label."""
    for row in range(cell.row, cell.bottom):
        for answer in table.rows.get(row, ()):
            if answer.column < cell.right:
                continue
            if _is_next_label(answer, label):
                break
            yield answer


def _is_next_label(cell: Cell, before: Label) -> bool:
    """A long answer may begin with a word such as 地点: only a cell that is nothing but a label ends it."""
    found = labels.begins(cell.text)
    if found is None or cell.inside:
        return False
    return found.alone or (found.colon and before.field not in TEXTS)


def _joined(cells: Sequence[Cell]) -> str:
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return "\n".join(_row(texts) for texts in rows.values())


def _row(texts: Sequence[str]) -> str:
    """A number in a cell of its own counts the matter beside it."""
    number = texts[0].strip(" .、．")
    if len(texts) > 1 and number.isdigit() and len(number) < 3 and not texts[1].strip().startswith(_OF_DATES):
        return f"{number}、{' '.join(texts[1:])}"
    return " ".join(texts)
