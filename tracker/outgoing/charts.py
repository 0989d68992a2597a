"""A small picture of numbers with the sentence that says what it shows; drawn by us, as SVG, for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# In points, on the width of a printed page.
WIDTH: Final = 440
_LABEL: Final = 150
_ROW: Final = 18
_BAR: Final = 11
_FIGURE: Final = 48
_LONGEST: Final = 12


@dataclass(frozen=True)
class Bar:
    """``x`` and ``width`` of the bar, ``y`` of the row; the label cut to fit beside it."""

    label: str
    text: str
    y: float
    width: float


@dataclass(frozen=True)
class Chart:
    """``rows`` are (label, value, value as told): the table that says the same."""

    title: str
    sentence: str
    rows: tuple[tuple[str, float, str], ...]

    @property
    def height(self) -> int:
        return _ROW * len(self.rows) + 4

    @property
    def bars(self) -> list[Bar]:
        top = max((value for _, value, _ in self.rows), default=0) or 1
        room = WIDTH - _LABEL - _FIGURE
        return [
            Bar(_short(label), text, number * _ROW + 3, round(room * value / top, 1))
            for number, (label, value, text) in enumerate(self.rows)
        ]


def counts(title: str, sentence: str, rows: Sequence[tuple[str, int]], unit: str = "") -> Chart:
    return Chart(title, sentence, tuple((label, float(n), f"{n}{unit}") for label, n in rows))


def shares(title: str, sentence: str, rows: Sequence[tuple[str, int, int]]) -> Chart:
    """Each row a part of a whole, drawn and told in hundredths."""
    return Chart(title, sentence, tuple((label, *percent(part, whole)) for label, part, whole in rows))


def percent(part: int, whole: int) -> tuple[float, str]:
    if not whole:
        return 0.0, "—"
    share = round(100 * part / whole, 1)
    return share, f"{share:g}%"


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
