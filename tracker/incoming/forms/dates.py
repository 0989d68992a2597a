"""Dates as people write them: 2017年7月15日, 2017.7.15, 7月15日, 二〇一七年七月十五日, 43296."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.incoming.forms.pages import Value
from tracker.rules.words import N_, Phrase

# Day 0 of a spreadsheet; the two numbers are 1954 and 2064.
_EPOCH: Final = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 20_000, 60_000
_SEPARATOR = r"\s*[年.\-/\\。、·]\s*"
# Never the day of a month that stands before it, as in 7.15-7.16.
_SHORT_YEAR = r"(?<!\d[月.\-/])(?<!\d[月.\-/]\s)\d{2}"
_FULL: Final = re.compile(
    rf"(?<!\d)['’‘]?(\d{{4}}|{_SHORT_YEAR}){_SEPARATOR}(\d{{1,2}})\s*[月.\-/\\。、·]\s*(\d{{1,2}})(?!\d)"
)
_TIGHT: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_SHORT: Final = re.compile(r"(?<![\d.])(\d{1,2})\s*[月.\-/]\s*(\d{1,2})(?![\d.])")
_AMERICAN: Final = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_DRAWN_APART: Final = re.compile(r"\d\s+\d\s+\d")
_RANGE: Final = re.compile(r"\s*[日号]?\s*(?:(?:[—–~～至到]|--?)\s*\d|[、,，和及与]\s*\d{1,2}\s*[日号])")
_DIGITS: Final = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
}
_CHINESE: Final = re.compile(r"[零〇○一二三四五六七八九十]+(?=\s*[年月日号])")

NO_DATE = Phrase(N_("看不出走访日期，请填写，例如 2026-07-15"))
_NO_YEAR = N_("日期没有写年份，按 %(year)d 年理解，请核对")
_OTHER_YEAR = Phrase(N_("日期不在活动的时间里，请核对"))
_FUTURE = Phrase(N_("日期在今天之后，请核对"))
_SEVERAL = Phrase(N_("写了不止一天，取了第一天，请核对"))
_LOST_ZERO = Phrase(N_("日期是按数字填的，可能少了末尾的 0，请核对"))
_NO_SUCH = Phrase(N_("没有这一天，请核对日期"))


@dataclass(frozen=True)
class Occasion:
    """When the visits should have been: a campaign's year or, better, its first and last day."""

    today: date
    year: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class Day(NamedTuple):
    """``doubt``: why a person should look."""

    day: date | None
    sure: float
    doubt: Phrase | None = None


def read(text: str, value: Value, occasion: Occasion) -> Day:
    """The day meant by a cell."""
    if isinstance(value, date):
        return _checked(value, 1.0, occasion)
    serial = _serial(text.strip() if value is None else value)
    if serial is not None:
        return _checked(serial, 0.9, occasion)
    plain = _plain(text)
    if isinstance(value, float) and re.fullmatch(r"\d{1,2}\.[123]", plain):
        # A cell that holds a number shows 7.10 as 7.1.
        return _by_pattern(plain, occasion)._replace(sure=0.5, doubt=_LOST_ZERO)
    if _DRAWN_APART.search(plain):
        found = _by_pattern(re.sub(r"\s", "", plain), occasion)
        return found._replace(sure=min(found.sure, 0.8))
    return _by_pattern(plain, occasion)


def _by_pattern(plain: str, occasion: Occasion) -> Day:
    for pattern, order in ((_FULL, (0, 1, 2)), (_TIGHT, (0, 1, 2)), (_AMERICAN, (2, 0, 1))):
        if match := pattern.search(plain):
            parts = [int(part) for part in match.groups()]
            return _day(plain, match, parts[order[0]], parts[order[1]], parts[order[2]], occasion)
    if match := _SHORT.search(plain):
        return _without_year(plain, match, occasion)
    return Day(None, 0.0, NO_DATE)


def _plain(text: str) -> str:
    """Half-width figures, and Arabic ones where Chinese numerals stand before 年, 月 or 日."""
    folded = unicodedata.normalize("NFKC", text)
    # Blanks inside a number are those of a scan or of a form with boxes.
    folded = re.sub(r"(?<=\d)\s+(?=\d+\s*[年月日号])", "", folded)
    return _CHINESE.sub(lambda match: str(_numeral(match[0])), folded)


def _numeral(text: str) -> int:
    if "十" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _serial(value: float | str) -> date | None:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{5}(?:\.\d+)?", value):
            return None
        value = float(value)
    return _EPOCH + timedelta(days=int(value)) if _FIRST_DAY < value < _LAST_DAY else None


def _day(text: str, match: re.Match[str], year: int, month: int, day: int, occasion: Occasion) -> Day:
    found = _date(year + 2000 if year < 100 else year, month, day)
    if found is None:
        return Day(None, 0.0, _NO_SUCH)
    if _goes_on(text, match):
        return Day(found, 0.5, _SEVERAL)
    return _checked(found, 0.85 if year < 100 else 1.0, occasion)


def _without_year(text: str, match: re.Match[str], occasion: Occasion) -> Day:
    month, day = int(match[1]), int(match[2])
    days = (_date(year, month, day) for year in _years(occasion))
    possible = [found for found in days if found]
    # Of a campaign over New Year the day inside it; without a campaign the last such day there was.
    found = next((day for day in possible if _is_possible(day, occasion)), next(iter(possible), None))
    if found is None:
        return Day(None, 0.0, _NO_SUCH)
    if _goes_on(text, match):
        return Day(found, 0.5, _SEVERAL)
    if occasion.year or occasion.starts_on:
        return _checked(found, 0.85, occasion)
    return Day(found, 0.5, Phrase(_NO_YEAR, {"year": found.year}))


def _years(occasion: Occasion) -> Iterator[int]:
    if occasion.starts_on and occasion.ends_on:
        yield from range(occasion.starts_on.year, occasion.ends_on.year + 1)
    elif occasion.starts_on or occasion.year:
        yield occasion.year or (occasion.starts_on or occasion.today).year
    else:
        yield from (occasion.today.year, occasion.today.year - 1)


def _is_possible(day: date, occasion: Occasion) -> bool:
    first, last = occasion.starts_on or date.min, min(occasion.ends_on or date.max, occasion.today)
    return first <= day <= last


def _goes_on(text: str, match: re.Match[str]) -> bool:
    return bool(_RANGE.match(text, match.end())) or any(
        pattern.search(text, match.end()) for pattern in (_FULL, _SHORT)
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _checked(found: date, sure: float, occasion: Occasion) -> Day:
    if found > occasion.today:
        return Day(found, min(sure, 0.4), _FUTURE)
    early = occasion.starts_on is not None and found < occasion.starts_on
    late = occasion.ends_on is not None and found > occasion.ends_on
    if early or late or (occasion.year is not None and found.year != occasion.year):
        return Day(found, min(sure, 0.55), _OTHER_YEAR)
    return Day(found, sure)
