"""Where the parts of a letter stand (GB/T 9704-2012, 7.3 and 10.1): numbers only, in mm or pt."""

import re
from dataclasses import dataclass

from tracker.outgoing.plain_text import width_in_em

MM = 72 / 25.4
SIZE_3, SIZE_2 = 16.0, 22.0
TRACKING = -0.215
LINE = 28.99
COLUMN = 156 * MM
CHARACTER = SIZE_3 + TRACKING

# Ink of Chinese characters inside a line box as high as the font size, in em from its top.
INK_TOP, INK_BOTTOM, BASELINE = 0.118, 1.045, 0.88
RULES = 1.5 / MM + 0.9 + 0.75 / MM
SEVEN_EIGHTHS = 7 / 8 * SIZE_3 / MM
TITLE_CHARACTERS = 19


@dataclass(frozen=True)
class Head:
    """The letterhead of page 1; every ``*_top`` is relative to the top of the type area (37 mm)."""

    mark_size: float
    mark_top: float
    rules_top: float
    number_top: float
    space: float


@dataclass(frozen=True)
class Signature:
    """Issuer and date; ``*_left`` in pt from the left edge of the type area."""

    issuer_left: float
    date_left: float
    blank_lines: int


def head(mark: str) -> Head:
    """10.1: mark 30 mm from the paper's top, rules 4 mm below it, number 7/8 character below them."""
    size = min(36.0, COLUMN / max(len(mark), 1))
    em = size / MM
    rules = 30 + (INK_BOTTOM - INK_TOP) * em + 4
    number = rules + RULES + SEVEN_EIGHTHS - 0.09 * SIZE_3 / MM
    # The title stands two blank lines below: its first baseline is three lines further down.
    number_baseline = number + BASELINE * SIZE_3 / MM
    title_baseline = ((LINE - SIZE_2) / 2 + BASELINE * SIZE_2) / MM
    start = number_baseline + 3 * LINE / MM - title_baseline
    return Head(size, 30 - INK_TOP * em - 37, rules - 37, number - 37, start - 37)


def signature(issuer: str, date: str, *, sealed: bool) -> Signature:
    name, day = _width(issuer), _width(date)
    return _with_seal(name, day) if sealed else _without_seal(name, day)


def _with_seal(name: float, day: float) -> Signature:
    """7.3.5.1: date four characters from the right, the issuer centred above it."""
    centre = COLUMN - 4 * CHARACTER - day / 2
    # A long name would leave the type area: then both move left together.
    centre = min(centre, COLUMN - name / 2)
    return Signature(max(centre - name / 2, 0), centre - day / 2, blank_lines=2)


def _without_seal(name: float, day: float) -> Signature:
    """7.3.5.2: issuer two characters from the right, the date starts two characters further right."""
    issuer_left = COLUMN - 2 * CHARACTER - name
    date_left = min(issuer_left + 2 * CHARACTER, COLUMN - 2 * CHARACTER - day)
    return Signature(max(min(issuer_left, date_left - 2 * CHARACTER), 0), date_left, blank_lines=1)


def _width(text: str) -> float:
    return width_in_em(text) * SIZE_3 + len(text) * TRACKING


def title_lines(title: str) -> list[str]:
    """Break a long title into lines that shrink downwards (梯形), never inside a number or before a mark."""
    count = -(-len(title) // TITLE_CHARACTERS)
    lines, rest = [], title
    for left in range(count, 1, -1):
        cut = _cut(rest, min(TITLE_CHARACTERS, -(-len(rest) // left) + 1))
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest] if rest else lines


def _cut(text: str, wished: int) -> int:
    for place in range(wished, max(wished - 6, 1), -1):
        before, after = text[place - 1 : place], text[place : place + 1]
        if not _bad_break(before, after):
            return place
    return wished


def _bad_break(before: str, after: str) -> bool:
    return bool(
        re.match(r"[的了和与及、，。：；）》〉”’】」』]", after)
        or re.match(r"[（《〈“‘【「『]", before)
        or (re.match(r"[0-9A-Za-z]", before) and re.match(r"[0-9A-Za-z%％号年月日]", after))
    )
