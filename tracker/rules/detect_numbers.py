"""Numbers that identify a person, however they are spaced, widened or spelled out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from tracker.rules.masking import phone_digits

_SPOKEN: Final = str.maketrans("〇零○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖", "00011122233445566778899")
_GAP: Final = r"[\s.·_()（）/\u200b-\u200d\ufeff*+\-‐-―－—~]"
_RUN: Final = re.compile(rf"\d+(?:{_GAP}{{1,4}}\d+)*(?:{_GAP}?[xX](?![A-Za-z]))?")
_GROUP: Final = re.compile(r"\d+[xX]?|[xX]")
_COUNTRY: Final = re.compile(r"(?:[+＋]?\s?(?:00)?86[\s\-)）]{0,2}|[+＋]\s?)$")
_MOBILE: Final = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_LANDLINE: Final = re.compile(r"0(?:(?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})")
_ID: Final = re.compile(r"[1-8]\d{16}[\dxX]")
_OLD_ID: Final = re.compile(r"[1-8]\d{14}")
_CARD: Final = re.compile(r"[34569]\d{15,18}")
_PHONE_WORD: Final = re.compile(r"(?:电话|座机|固话|热线|联系|致电|号码|拨打|来电)[^\d\n]{0,6}$")
_CARD_WORD: Final = re.compile(r"(?:卡号|账号|帐号|账户|帐户|存折|银行卡)[^\d\n]{0,6}$")
_SHORTEST: Final = 7
_LONGEST: Final = 21
# How people cut a mobile number when the signs between the pieces differ; the 2 is the country's 86.
_MOBILE_SHAPES: Final = frozenset(
    {(3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (4, 7), (2, 3, 4, 4), (2, 11), (2, 3, 8)}
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Span(NamedTuple):
    start: int
    end: int
    kind: str


class Candidate(NamedTuple):
    """Neighbouring groups of digits read as one number."""

    digits: str
    shape: tuple[int, ...]
    gaps: tuple[str, ...]
    before: str

    @property
    def regular(self) -> bool:
        """Written in one piece, or cut by the same sign throughout."""
        return len(set(self.gaps)) < 2


def find_numbers(plain: str, own_phones: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Phones, ID and card numbers in a text folded one for one; read again with spoken digits as digits."""
    yield from _scan(plain, own_phones)
    spoken = plain.translate(_SPOKEN)
    if spoken != plain:
        yield from _scan(spoken, own_phones)


def luhn(digits: str) -> bool:
    """The check of bank cards (ISO/IEC 7812)."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def id_check(digits: str) -> bool:
    """The check character of an 18-digit identity number (GB 11643)."""
    rest = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    return "10X98765432"[rest] == digits[17].upper()


def own_numbers(phones: tuple[str, ...]) -> frozenset[str]:
    """The record's own numbers in every length people write them, without area code as well."""
    digits = {phone_digits(phone) for phone in phones}
    local = {re.sub(r"^0(?:10|2\d|[3-9]\d\d)", "", number) for number in digits}
    return frozenset(number for number in digits | local if len(number) >= 7)


def _scan(plain: str, own: frozenset[str]) -> Iterator[Span]:
    for run in _RUN.finditer(plain):
        groups = [(m.start() + run.start(), m.end() + run.start()) for m in _GROUP.finditer(run[0])]
        index = 0
        while index < len(groups):
            count, span = _first(plain, groups, index, own)
            if span:
                yield span
            index += count


def _first(
    plain: str, groups: list[tuple[int, int]], index: int, own: frozenset[str]
) -> tuple[int, Span | None]:
    """The longest number beginning with this group and how many groups it takes."""
    start = groups[index][0]
    for count, candidate in reversed(_candidates(plain, groups, index)):
        kind = _kind(candidate, own)
        if kind:
            return count, Span(_with_country(plain, start, kind), groups[index + count - 1][1], kind)
    return 1, None


def _candidates(plain: str, groups: list[tuple[int, int]], index: int) -> list[tuple[int, Candidate]]:
    start = groups[index][0]
    before = plain[max(0, start - 12) : start]
    found: list[tuple[int, Candidate]] = []
    digits, shape, gaps = "", tuple[int, ...](), tuple[str, ...]()
    for count, (begin, end) in enumerate(groups[index:], 1):
        if count > 1:
            gaps = (*gaps, plain[groups[index + count - 2][1] : begin].strip() or " ")
        digits, shape = digits + plain[begin:end], (*shape, end - begin)
        if len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST:
            found.append((count, Candidate(digits, shape, gaps, before)))
    return found


def _kind(candidate: Candidate, own: frozenset[str]) -> str | None:
    digits = candidate.digits
    if digits in own or _is_mobile(candidate) or _is_landline(candidate):
        return "phone"
    if _is_id(candidate):
        return "id"
    return "card" if _is_card(candidate) else None


def _is_mobile(candidate: Candidate) -> bool:
    if not _MOBILE.fullmatch(candidate.digits):
        return False
    return candidate.regular or candidate.shape in _MOBILE_SHAPES


def _is_landline(candidate: Candidate) -> bool:
    digits = candidate.digits
    if _LANDLINE.fullmatch(digits):
        return candidate.regular or (candidate.shape[0] in (3, 4) and len(set(candidate.gaps[1:])) < 2)
    local = len(digits) in (7, 8) and digits[0] in "23456789"
    return local and candidate.regular and bool(_PHONE_WORD.search(candidate.before))


def _is_id(candidate: Candidate) -> bool:
    """A wrong check character is a slip of the pen: with a plausible birthday it still is somebody's."""
    digits = candidate.digits
    if _ID.fullmatch(digits):
        return id_check(digits) or (len(candidate.shape) == 1 and _is_birthday(digits[6:14]))
    return bool(_OLD_ID.fullmatch(digits)) and len(candidate.shape) == 1 and _is_birthday(f"19{digits[6:12]}")


def _is_card(candidate: Candidate) -> bool:
    digits = candidate.digits
    if _CARD_WORD.search(candidate.before):
        return digits.isdecimal() and 12 <= len(digits) <= 19
    return bool(_CARD.fullmatch(digits)) and candidate.regular and luhn(digits)


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2099


def _with_country(plain: str, start: int, kind: str) -> int:
    country = _COUNTRY.search(plain[max(0, start - 9) : start]) if kind == "phone" else None
    return start - len(country[0]) if country else start
