"""What stands where in a finished PDF: lines of text, and ink as the eye would measure it. All in mm."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
from PIL import Image, ImageChops

MM = 25.4 / 72
RESOLUTION = 300
DOT = 25.4 / RESOLUTION


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Line:
    """One printed line; ``size`` in pt, everything else in mm from the top left corner of the paper."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str

    @property
    def box(self) -> Box:
        em = self.size * MM
        return Box(self.left, self.baseline - em, self.right, self.baseline + 0.3 * em)

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def characters(self) -> float:
        """Length in Chinese characters: digits and Latin letters are half as wide."""
        return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in self.text)


@dataclass(frozen=True)
class Rule:
    """A pair of red rules; ``ratio`` compares the upper stroke with the lower one."""

    box: Box
    ratio: float


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    lines: Sequence[Line]
    red: Image.Image
    dark: Image.Image

    def sized(self, size: float) -> list[Line]:
        return [line for line in self.lines if abs(line.size - size) <= 0.3]

    def ink(self, box: Box) -> Box | None:
        """The dark ink inside a box: glyphs are measured, not the boxes their fonts declare."""
        return _found(self.dark, box)

    def dark_rules(self) -> int:
        return len(_strokes(self.dark))

    def red_mark(self) -> Box | None:
        """Red ink above the first rule."""
        rules = self.red_rules()
        lower = rules[0].box.top - 0.5 if rules else self.height
        return _found(self.red, Box(0, 0, self.width, lower))

    def red_rules(self) -> list[Rule]:
        """Long red strokes, two at a time from the top."""
        strokes = _strokes(self.red)
        return [
            _rule(self.red, above, below) for above, below in zip(strokes[::2], strokes[1::2], strict=False)
        ]


def read(content: bytes) -> list[Page]:
    with pdfplumber.open(BytesIO(content)) as document:
        return [_page(page) for page in document.pages]


def _page(page: Any) -> Page:
    picture = page.to_image(resolution=RESOLUTION).original.convert("RGB")
    red, green, blue = picture.split()
    reddish = ImageChops.darker(_over(red, 200), ImageChops.darker(_under(green, 80), _under(blue, 80)))
    dark = ImageChops.darker(_under(red, 128), ImageChops.darker(_under(green, 128), _under(blue, 128)))
    return Page(
        page.page_number,
        float(page.width) * MM,
        float(page.height) * MM,
        _lines(page),
        reddish,
        dark,
    )


def _over(band: Image.Image, limit: int) -> Image.Image:
    return band.point(lambda value: 255 if value >= limit else 0)


def _under(band: Image.Image, limit: int) -> Image.Image:
    return band.point(lambda value: 255 if value <= limit else 0)


def _lines(page: Any) -> list[Line]:
    # A rotated character belongs to a watermark, not to the text.
    upright = [one for one in page.chars if one["upright"] and abs(one["matrix"][1]) < 0.01]
    level = sorted(upright, key=lambda one: (round(_baseline(page, one), 1), one["x0"]))
    rows = groupby(level, key=lambda one: round(_baseline(page, one), 1))
    return [line for _, row in rows for line in _split(page, list(row))]


def _split(page: Any, row: list[dict[str, Any]]) -> list[Line]:
    """One line for each size in a row; blanks at its ends take no room."""
    made = []
    for size in sorted({round(one["size"], 1) for one in row}):
        printed = [one for one in row if round(one["size"], 1) == size]
        while printed and printed[-1]["text"].isspace():
            printed.pop()
        if printed:
            made.append(_line(page, printed))
    return made


def _line(page: Any, row: list[dict[str, Any]]) -> Line:
    fonts = [re.sub(r"^[A-Z]{6}\+(HY-)?", "", one["fontname"]) for one in row]
    return Line(
        text="".join(one["text"] for one in row),
        left=row[0]["x0"] * MM,
        right=row[-1]["x1"] * MM,
        baseline=_baseline(page, row[0]) * MM,
        size=row[0]["size"],
        font=max(sorted(set(fonts)), key=fonts.count),
    )


def _baseline(page: Any, character: dict[str, Any]) -> float:
    return float(page.height) - float(character["matrix"][5])


def _found(mask: Image.Image, box: Box) -> Box | None:
    left, top = int(box.left / DOT), int(box.top / DOT)
    found = mask.crop((left, top, int(box.right / DOT) + 1, int(box.bottom / DOT) + 1)).getbbox()
    if found is None:
        return None
    return Box(*((edge + start) * DOT for edge, start in zip(found, (left, top, left, top), strict=True)))


def _strokes(mask: Image.Image) -> list[tuple[int, int]]:
    """First and last row of every stroke longer than 60 % of the paper's width."""
    shares = mask.resize((1, mask.height), Image.Resampling.BOX).tobytes()
    full = [row for row, share in enumerate(shares) if share > 0.6 * 255]
    return [(run[0], run[-1]) for run in _runs(full)]


def _runs(rows: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _rule(red: Image.Image, above: tuple[int, int], below: tuple[int, int]) -> Rule:
    band = Box(0, above[0] * DOT, red.width * DOT, below[1] * DOT)
    box = _found(red, band) or band
    return Rule(box, (above[1] - above[0] + 1) / (below[1] - below[0] + 1))
