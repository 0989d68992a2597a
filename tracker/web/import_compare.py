"""What was read, held against the paper: the words of the original, and annex 3 against what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.door.language import gettext
from tracker.models import FormImport, ImportFile
from tracker.queries import campaigns, form_imports, form_people, summaries
from tracker.queries.summaries import COLUMNS
from tracker.rules import permissions
from tracker.rules.actors import Actor

MOST_LINES = 80
LONGEST_LINE = 2_000
# A list's heading stands in its first rows.
HEAD_ROWS = 3
Line = str | list[Any]


@dataclass(frozen=True)
class Excerpt:
    """Lines of text, and rows as lists of cells; nothing of it is markup."""

    lines: list[Line]
    is_cut: bool


@dataclass(frozen=True)
class Compared:
    """Annex 3 as it was handed in beside what was counted: cells are (told, counted, they differ)."""

    campaign: str
    rows: list[tuple[str, list[tuple[Any, Any, bool]]]]
    differing: int


def excerpt(pages: Sequence[Mapping[str, Any]], place: str) -> Excerpt:
    """Around the place where a form stands: of a list its head and the row, of a document all of it."""
    sheet, _, row = place.rpartition("!")
    chosen = [page for page in pages if page["name"] == sheet] if sheet else list(pages)
    lines: list[Line] = [line for page in chosen or pages for line in page["lines"]]
    if row.isdecimal() and lines and all(isinstance(line, list) for line in lines):
        lines = _around(lines, int(row))
    return Excerpt([_short(line) for line in lines[:MOST_LINES]], len(lines) > MOST_LINES)


def _around(lines: Sequence[Line], row: int) -> list[Line]:
    """A form of its own on a sheet goes on below its first row; a row of a list does not."""
    here = next((n for n, line in enumerate(lines) if line[0] == row), None)
    if here is None:
        return list(lines)
    if len(lines[here]) > HEAD_ROWS:
        return [*lines[: min(HEAD_ROWS, here)], lines[here]]
    return list(lines[max(0, here - 1) :])


def _short(line: Line) -> Line:
    if isinstance(line, str):
        return line[:LONGEST_LINE]
    return [line[0], *(cell[:LONGEST_LINE] for cell in line[1:])]


def annex3(imported: FormImport, file: ImportFile, actor: Actor) -> Compared | None:
    """Nothing is stored of it: the figures are counted anew, and only compared (S2-41…45)."""
    campaign = imported.campaign or next(iter(campaigns.listing(actor)), None)
    if campaign is None or not permissions.may_any(actor, "campaign.count"):
        return None
    counted = {row.name: row.figures for row in summaries.of(campaign, actor).rows}
    rows = []
    for one in form_imports.forms(imported, file):
        group = str(one.fields.get("group") or "")
        found = next(
            (figures for name, figures in counted.items() if form_people.is_called(name, group)), None
        )
        cells = [_cell(one.fields.get(name), getattr(found, name, None)) for name in COLUMNS]
        rows.append((group or gettext("没有写组别"), cells))
    return Compared(campaign.name, rows, sum(cell[2] for _, cells in rows for cell in cells))


def _cell(told: Any, counted: Any) -> tuple[Any, Any, bool]:
    return told, counted, told is not None and counted is not None and told != counted
