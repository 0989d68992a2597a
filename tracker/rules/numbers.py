"""How numbers are written: of cases, of documents, and in which year they count."""

import re
import unicodedata
from datetime import datetime
from typing import Final, NamedTuple

from tracker.rules.clock import shanghai_date

CASE_REFERENCE: Final = re.compile(r"(?P<prefix>[A-Z]{2,6})-(?P<year>\d{4})-(?P<number>\d{6,9})", re.ASCII)
DOCUMENT_NUMBER: Final = re.compile(
    r"(?P<prefix>[㐀-䶿一-鿿]{2,12})〔(?P<year>\d{4})〕(?P<number>[1-9]\d{0,5})号", re.ASCII
)
CASE_PREFIX: Final = re.compile(r"[A-Z]{2,6}")
DOCUMENT_PREFIX: Final = re.compile(r"[㐀-䶿一-鿿]{2,12}")

_DASHES: Final = re.compile(r"\s*[-‐-―−－—_]\s*")
_OPEN: Final = re.compile(r"\s*[〔\[(【﹝［（]\s*")
_CLOSE: Final = re.compile(r"\s*[〕\])】﹞］）]\s*")


class Number(NamedTuple):
    prefix: str
    year: int
    number: int


def case_reference(prefix: str, year: int, number: int) -> str:
    """XS-2026-000123."""
    if not CASE_PREFIX.fullmatch(prefix) or not _counts(year, number):
        raise ValueError(f"no case can be called {prefix}, {year}, {number}")
    return f"{prefix}-{year:04}-{number:06}"


def parse_case_reference(text: str) -> Number | None:
    """Also in lower case, in full width and with other dashes."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text[:100]).strip().upper())
    return _number(CASE_REFERENCE.fullmatch(plain))


def document_number(prefix: str, year: int, number: int) -> str:
    """锡政协办函〔2026〕12号: hexagonal brackets, no leading noughts (GB/T 9704-2012, 7.2.5)."""
    if not DOCUMENT_PREFIX.fullmatch(prefix) or not _counts(year, number):
        raise ValueError(f"no document can be called {prefix}, {year}, {number}")
    return f"{prefix}〔{year:04}〕{number}号"


def parse_document_number(text: str) -> Number | None:
    """Also with the wrong brackets that people type; what is printed always has the right ones."""
    plain = _CLOSE.sub("〕", _OPEN.sub("〔", unicodedata.normalize("NFKC", text[:100]).strip()))
    return _number(DOCUMENT_NUMBER.fullmatch(plain))


def shanghai_year(moment: datetime) -> int:
    """The year a number belongs to: on 31 December at 16:00 UTC the new one has begun."""
    return shanghai_date(moment).year


def _counts(year: int, number: int) -> bool:
    return 1949 <= year <= 9999 and 1 <= number <= 999_999


def _number(match: re.Match[str] | None) -> Number | None:
    if match is None or not _counts(int(match["year"]), int(match["number"])):
        return None
    return Number(match["prefix"], int(match["year"]), int(match["number"]))
