"""How a text goes into print: nobody who was met can be recognised (T45).

Names become 张某某, doors and addresses a vague word, everything else that leads to somebody is left out.
"""

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from tracker.rules.masking import public_name
from tracker.rules.redaction import MARK, Hit

# What may stand in no published text; a door or a number plate alone is left to the one who confirms.
REFUSED: Final = frozenset({"name", "phone", "id", "card", "mail", "account", "address"})
_WORDS: Final = MappingProxyType({"address": "某处", "house": "某处"})
_LEFT_OUT: Final = "（略）"
_TOLD: Final = re.compile(r"某|〔")
_PLACES: Final = re.compile(r"(?:某处[，、\s]*){2,}")


def in_print(text: str, hits: Iterable[Hit]) -> str:
    """The text with everything replaced that was found."""
    pieces, position = [], 0
    for hit in remaining(hits):
        pieces += [text[position : hit.start], _word(hit)]
        position = hit.end
    joined = "".join([*pieces, text[position:]])
    return MARK.sub(_LEFT_OUT, _PLACES.sub("某处", joined))


def remaining(hits: Iterable[Hit]) -> list[Hit]:
    """Without those that already say 某: 李某某 is nobody any more."""
    return [hit for hit in hits if not _TOLD.search(hit.text)]


def refused(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in remaining(hits) if hit.kind in REFUSED]


def _word(hit: Hit) -> str:
    return public_name(hit.text) if hit.kind == "name" else _WORDS.get(hit.kind, _LEFT_OUT)
