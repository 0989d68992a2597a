"""What results are worth in a campaign: so many points each, up to a cap (S1-48)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar, get_args

from tracker.rules.words import N_
from workflows.submission import ADOPTION_LEVELS

Whose = Literal["member", "unit"]
Adopted = Literal["adopted_city", "adopted_province", "adopted_nation"]
# What quotas count too: visits by whom they reached, submissions by kind; what a unit organised or keeps.
OfMembers = Literal["visit", "enterprise", "sector_person", "public_person", "suggestion", "brief", "lead"]
OfUnits = Literal["service", "studio"]
Scored = Literal[OfMembers, OfUnits, Adopted, "exemplar"]

ADOPTED: Final[tuple[str, ...]] = get_args(Adopted)
_BY_BOTH: Final = (*ADOPTED, "exemplar")
SCORED: Final[Mapping[str, tuple[str, ...]]] = {
    "member": (*get_args(OfMembers), *_BY_BOTH),
    "unit": (*get_args(OfUnits), *_BY_BOTH),
}
# Where a brief was adopted, the lowest first: one brief counts once, at the highest level.
LEVELS: Final = tuple(ADOPTION_LEVELS)


class Item(Protocol):
    """What one result is worth; ``cap`` is in points, None = as many as there are."""

    @property
    def points(self) -> int: ...
    @property
    def cap(self) -> int | None: ...


class Named(Protocol):
    @property
    def bearer(self) -> str: ...
    @property
    def counts(self) -> str: ...


@dataclass(frozen=True)
class Score:
    """``points`` is None for who is exempt and did nothing: that is no zero."""

    count: int
    points: int | None

    @property
    def is_exempt(self) -> bool:
        return self.points is None


def score(item: Item, count: int, *, exempt: bool = False) -> Score:
    """What was done counts, exempt or not."""
    if exempt and not count:
        return Score(count, None)
    worth = count * item.points
    return Score(count, worth if item.cap is None else min(worth, item.cap))


def total(scores: Sequence[Score]) -> int | None:
    """None where nothing at all could be scored."""
    known = [found.points for found in scores if found.points is not None]
    return sum(known) if known else None


def highest(levels: Iterable[str]) -> str:
    """What a brief counts as that was adopted at these levels."""
    return f"adopted_{max(levels, key=LEVELS.index)}"


N = TypeVar("N", bound=Named)


def known(items: Sequence[N]) -> Sequence[N]:
    """The same items, or ValueError when one counts what its bearer cannot have, or counts it twice."""
    found = [(item.bearer, item.counts) for item in items]
    if any(counts not in SCORED.get(bearer, ()) for bearer, counts in found) or len(set(found)) < len(found):
        raise ValueError(N_("有一项得分不适用于这类对象，或者写了两次"))
    return items
