"""Which place an address or a title names."""

from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

_EXACT: Final = ("district", "township", "community")


class Place(Protocol):
    """An area, and the one it lies in."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> "Place | None": ...


P = TypeVar("P", bound=Place)


def named(text: str, places: Iterable[P]) -> P | None:
    """The community rather than its street, however long their names; of two namesakes the one whose street
    stands there as well."""
    found = [place for place in places if place.name in text]
    return max(found, key=lambda place: _fit(place, text), default=None)


def _fit(place: Place, text: str) -> tuple[int, bool, int]:
    above = place.parent.name if place.parent else ""
    return _EXACT.index(place.kind), above in text, len(place.name)
