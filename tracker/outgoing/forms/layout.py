"""Where everything stands on an annex, once for Word, Excel and PDF: a mark, a title, a line, a table.

Labels, their order and their line breaks are those of the forms people already have (S2-28…45).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, singledispatch
from math import ceil

from tracker.outgoing.forms.annexes import COUNTS, Annex, Annex1, Annex2, Annex3, Annex3Row
from tracker.outgoing.letter_layout import title_lines as in_steps
from tracker.outgoing.letters import printed_date
from tracker.outgoing.plain_text import one_line, paragraphs, width_in_em

PT = 72 / 25.4
LARGEST, SMALLEST = 22.0, 16.0
PORTRAIT = 156.0
BLANK_ROWS = 6
# Of the table of annex 1 and 2, so that it stays on one page with what is above it; in mm.
TABLE = 195.0
LOWEST_BOX, FIELD = 25.0, 12.0
# A line of text in font sizes; what a cell keeps free beside its text and above and below it, in mm.
LEADING, BESIDE, ABOVE = 1.45, 4.0, 2.5
# Text in pt; where the second piece of the line above the table begins, in mm.
TEXT_SIZE = 14
SECOND = 52.0


@dataclass(frozen=True)
class Cell:
    """``style``: field (label and value in one), label, text, small or number."""

    lines: tuple[str, ...]
    style: str
    columns: int = 1
    rows: int = 1
    number: int | None = None


@dataclass(frozen=True)
class Row:
    """Its cells from left to right without those a cell above reaches into; ``height`` in mm, at least."""

    cells: tuple[Cell, ...]
    height: float


@dataclass(frozen=True)
class Place:
    """Where a cell begins in the grid; ``width`` in mm."""

    cell: Cell
    row: int
    column: int
    width: float


@dataclass(frozen=True)
class Sheet:
    """``widths`` in mm; ``line`` stands above the table, ``notes`` below it; ``heads``: rows of labels."""

    mark: str
    title: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    line: tuple[str, ...] = ()
    heads: int = 0
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def wide(self) -> bool:
        return self.width > PORTRAIT

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """What stands above the table: side by side, or below each other where there is no room for that."""
        *early, last = self.line or ("",)
        room = sum(max(width_in_em(piece) + 1, SECOND * PT / TEXT_SIZE) for piece in early)
        fits = (room + width_in_em(last)) * TEXT_SIZE <= self.width * PT
        return [self.line] * bool(self.line) if fits else [(piece,) for piece in self.line]

    @cached_property
    def places(self) -> list[list[Place]]:
        """Every row's cells from left to right, with those that reach down into it."""
        made: list[list[Place]] = []
        for number, row in enumerate(self.rows):
            above = made[-1] if made else []
            kept = [place for place in above if place.row + place.cell.rows > number]
            made.append(sorted([*kept, *self._placed(row, number, kept)], key=lambda place: place.column))
        return made

    def _placed(self, row: Row, number: int, kept: Sequence[Place]) -> list[Place]:
        taken = {place.column + beside for place in kept for beside in range(place.cell.columns)}
        free = iter([column for column in range(len(self.widths)) if column not in taken])
        placed = []
        for cell in row.cells:
            first, *_ = [next(free) for _ in range(cell.columns)]
            placed.append(Place(cell, number, first, sum(self.widths[first : first + cell.columns])))
        return placed

    @property
    def title_lines(self) -> tuple[str, ...]:
        return _title_lines(self.title, self.width)

    @property
    def title_size(self) -> float:
        """22 pt, less where a line would not fit."""
        longest = max((width_in_em(line) for line in self.title_lines), default=1)
        fitting = int(2 * self.width * PT / max(longest, 1)) / 2
        return min(LARGEST, max(SMALLEST, fitting))


@singledispatch
def sheet(annex: Annex) -> Sheet:
    raise TypeError(type(annex).__name__)


@sheet.register
def _(annex: Annex1) -> Sheet:
    day = printed_date(annex.visited_on) if annex.visited_on else ""
    return Sheet(
        mark="附件1",
        title=annex.title,
        line=(
            _field("走访人员", "、".join(one_line(name) for name in annex.visitors)),
            _field("所在委员工作（联络）组", annex.group),
        ),
        widths=(34, PORTRAIT - 34),
        rows=_on_one_page(
            _whole(_field("走访对象", annex.contact)),
            _whole(_field("走访地址", annex.address)),
            _whole(_field("走访日期", day)),
            _box(PORTRAIT - 34, ("走访对象", "反映的情况"), paragraphs(annex.reported)),
            _box(PORTRAIT - 34, ("需帮助解决", "问题情况"), _numbered(annex.help_needed)),
            _box(PORTRAIT - 34, ("需要统筹", "协调的问题"), _numbered(annex.coordination_needed)),
        ),
    )


@sheet.register
def _(annex: Annex2) -> Sheet:
    return Sheet(
        mark="附件2",
        title=annex.title,
        line=(_field("委员姓名", annex.member), _field("所在委员工作（联络）组", annex.group)),
        widths=(60, PORTRAIT - 60),
        rows=_on_one_page(
            _box(PORTRAIT - 60, ("一条经济社会发展建议",), paragraphs(annex.suggestion)),
            _box(PORTRAIT - 60, ("一条关系民生的社情民意", "信\u3000息"), paragraphs(annex.brief)),
            _box(PORTRAIT - 60, ("一条“双招双引”信息",), paragraphs(annex.lead)),
        ),
    )


@sheet.register
def _(annex: Annex3) -> Sheet:
    groups = annex.rows or (Annex3Row(),) * BLANK_ROWS
    # Room to write by hand in a blank form; more groups on a page in a filled one.
    height = 9 if annex.rows else 11
    return Sheet(
        mark="附件3",
        title=annex.title,
        widths=(46, 27, 20, 20, 20, 38, 38, 38),
        rows=(
            *ANNEX_3_HEADS,
            *(_figures(row, one_line(row.group), height) for row in groups),
            _figures(annex.printed_total, "汇总", height),
        ),
        heads=len(ANNEX_3_HEADS),
        notes=tuple(one_line(note) for note in annex.notes),
    )


def _small(*lines: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(lines, "small", columns, rows)


ANNEX_3_HEADS = (
    Row(
        (
            _small("组别", rows=2),
            _small("参与活动", "委员人数", rows=2),
            _small("走访“圈子”人数", columns=3),
            _small("“三个一”工作报送条数", columns=3),
        ),
        11,
    ),
    Row(
        tuple(
            map(_small, ("界别圈", "生活圈", "朋友圈", "经济社会发展建议", "社情民意信息", "“双招双引”信息"))
        ),
        15,
    ),
)


def _figures(row: Annex3Row, name: str, height: float) -> Row:
    return Row((_small(*[name] if name else []), *(_number(getattr(row, one)) for one in COUNTS)), height)


def _number(count: int | None) -> Cell:
    return Cell(() if count is None else (str(count),), "number", number=count)


def _field(label: str, value: str) -> str:
    return f"{label}：{one_line(value)}"


def height_of(lines: Sequence[str], width: float, size: float) -> float:
    """What the text will need in a cell of this width, in mm, rather too much than too little."""
    per_line = max((width - BESIDE) * PT / size - 1, 1)
    count = sum(max(ceil(width_in_em(line) / per_line), 1) for line in lines or ("",))
    return count * size * LEADING / PT + ABOVE


def _whole(text: str) -> Row:
    return Row((Cell((text,), "field", columns=2),), max(FIELD, height_of([text], PORTRAIT, TEXT_SIZE)))


def _box(width: float, label: tuple[str, ...], lines: Sequence[str]) -> Row:
    height = max(LOWEST_BOX, height_of(lines, width, TEXT_SIZE))
    return Row((Cell(label, "label"), Cell(tuple(lines), "text")), height)


def _on_one_page(*rows: Row) -> tuple[Row, ...]:
    """The boxes share the page: alike, or each what its text needs and alike what is left."""
    boxes = [row for row in rows if len(row.cells) > 1]
    room = TABLE - sum(row.height for row in rows if len(row.cells) == 1)
    spare = (room - sum(row.height for row in boxes)) / len(boxes)
    if spare < 0:
        # Their texts make them as high as they must be, on as many pages.
        heights = {id(row): LOWEST_BOX for row in boxes}
    elif all(row.height <= room / len(boxes) for row in boxes):
        heights = {id(row): room / len(boxes) for row in boxes}
    else:
        heights = {id(row): row.height + spare for row in boxes}
    return tuple(replace(row, height=heights.get(id(row), row.height)) for row in rows)


def _numbered(items: Sequence[str]) -> list[str]:
    """One matter stands as it is; several are told apart by their numbers."""
    texts = [lines for lines in map(paragraphs, items) if lines]
    if len(texts) < 2:
        return [line for lines in texts for line in lines]
    return [
        line for number, (first, *others) in enumerate(texts, 1) for line in (f"{number}．{first}", *others)
    ]


def _title_lines(title: str, width: float) -> tuple[str, ...]:
    """As written; a title in one piece that is too long breaks before a quotation, best in the middle."""
    given = paragraphs(title)
    whole = "".join(given)
    if len(given) != 1 or width_in_em(whole) * LARGEST <= width * PT:
        return tuple(given)
    places = [place for place, mark in enumerate(whole) if mark in "“《‘「" and 3 < place < len(whole) - 3]
    best = min(places, key=lambda place: abs(place - len(whole) / 2), default=None)
    lines = [whole[:best], whole[best:]] if best else in_steps(whole)
    return tuple(lines) if max(map(width_in_em, lines)) * SMALLEST <= width * PT else tuple(in_steps(whole))
