"""The two boxes of annex 1 line by line: each may become a case, the member decides (S2-35, S2-36)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The phone splits lines by the same pattern (static/visit.js), so it must mean the same in both languages.
NUMBERING = r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[)）、])\s*"
NOTHING = ("", "无", "没有", "/", "-", "—")
MOST = 20
LONGEST = 80
_NUMBERING = re.compile(NUMBERING)
_BOXES = (("help", "help_needed"), ("coordination", "coordination_needed"))


@dataclass(frozen=True)
class Proposal:
    """A line that may become a case; ``number`` is its place in the form."""

    number: int
    origin: str
    summary: str
    narrative: str
    category: str
    include: bool


def proposed(given: Mapping[str, Any]) -> list[Proposal]:
    """One for each line of the two boxes."""
    lines = [(origin, line) for origin, box in _BOXES for line in _lines(str(given.get(box, "")))]
    reported = str(given.get("reported", "")).strip()
    return [
        Proposal(number, origin, line.rstrip("。；;.")[:LONGEST], f"{line}\n\n{reported}"[:10_000], "", True)
        for number, (origin, line) in enumerate(lines[:MOST])
    ]


def sent(given: Mapping[str, Any]) -> list[Proposal]:
    """The proposals as the member corrected them."""
    return [
        Proposal(
            number,
            row.get("origin", "help"),
            row.get("summary", ""),
            row.get("narrative", ""),
            row.get("category", ""),
            "include" in row,
        )
        for number, row in enumerate(given.get("cases", []))
    ]


def _lines(text: str) -> list[str]:
    stripped = (_NUMBERING.sub("", line).strip() for line in text.splitlines())
    return [line for line in stripped if line not in NOTHING]
