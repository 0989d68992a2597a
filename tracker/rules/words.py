"""Words for people, written below the entrances and translated there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

NOTHING: Mapping[str, object] = MappingProxyType({})


def N_(text: str) -> str:
    """Mark a Chinese msgid for extraction; an entrance translates it later."""
    return text


class Phrase(NamedTuple):
    """A msgid with the values of its `%(name)s` places."""

    msgid: str
    params: Mapping[str, object] = NOTHING

    def __str__(self) -> str:
        return self.msgid % self.params
