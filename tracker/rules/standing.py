"""How somebody stands with a quota: met, owed, late or exempt (S1-17…20, S1-23, S1-28, S2-07…14, S2-24)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Word = Literal["done", "owed", "late", "exempt"]
WORDS: Final[tuple[Word, ...]] = ("done", "owed", "late", "exempt")


@dataclass(frozen=True)
class Standing:
    """What counted so far against what is owed."""

    word: Word
    counted: int
    minimum: int

    @property
    def missing(self) -> int:
        return max(0, self.minimum - self.counted) if self.word in ("owed", "late") else 0


def standing(counted: int, minimum: int, *, ends_on: date, today: date, exempt: bool = False) -> Standing:
    """On the last day itself nobody is late yet; what is done stays done, exempt or not."""
    if counted >= minimum:
        return Standing("done", counted, minimum)
    if exempt:
        return Standing("exempt", counted, minimum)
    return Standing("late" if today > ends_on else "owed", counted, minimum)
