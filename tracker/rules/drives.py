"""Which of a campaign's other drives a word on paper means (S1-09)."""

from collections.abc import Iterable
from typing import Final

_SIGNS: Final = str.maketrans("", "", "“”\"‘’'「」『』《》 \t\n\u3000")
_NO: Final = frozenset({"无", "否", "没有", "/", "-", "—"})


def meant(text: str, drives: Iterable[str], campaign: str) -> str | None:
    """The drive; "" where none is named, or the campaign itself; None where it is none of these."""
    said = _plain(text)
    if not said or said in _NO or said == _plain(campaign):
        return ""
    return next((drive for drive in drives if _plain(drive) == said), None)


def _plain(text: str) -> str:
    return text.translate(_SIGNS).removesuffix("活动")
