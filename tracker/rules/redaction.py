"""Find what identifies a person in free text, propose it, and take out what was confirmed.

The detector proposes and a person confirms: it prefers one proposal too many to one too few.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from tracker.rules.detect_names import find_names
from tracker.rules.detect_numbers import Span, find_numbers, own_numbers
from tracker.rules.detect_places import find_addresses, find_houses
from tracker.rules.folding import align
from tracker.rules.words import N_

WORDS: Final = MappingProxyType(
    {
        "name": N_("姓名"),
        "phone": N_("电话"),
        "id": N_("身份证号"),
        "card": N_("银行卡号"),
        "plate": N_("车牌号"),
        "mail": N_("邮箱"),
        "account": N_("社交账号"),
        "address": N_("住址"),
        "house": N_("门牌"),
    }
)

# What stands where something was taken out.
MARK: Final = re.compile(f"〔(?:{'|'.join(WORDS.values())})〕")

_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][\s]?[a-z]"
    r"[\s·•.\-]{0,2}(?P<tail>[a-z0-9](?:\s?[a-z0-9]){3,4}\s?[a-z0-9挂学警港澳领])(?![a-z0-9])"
)
_MAIL: Final = re.compile(
    r"[a-z0-9._%+\-]{1,64}\s?(?:@|[(\[]at[)\]])\s?[a-z0-9\-]{1,63}(?:[.。][a-z0-9\-]{1,63}){1,5}"
)
_SOCIAL: Final = (
    re.compile(
        r"(?:微信|薇信|威信|v信|(?<![a-z])(?:wechat|weixin|vx|wx))(?:号码|账号|帐号|号|id)?[\s:：是为=]{0,4}"
        r"(?P<id>[a-z0-9][a-z0-9_\-]{4,19})(?![a-z0-9_])"
    ),
    re.compile(
        r"(?:(?<![a-z])qq|扣扣|企鹅)(?:号码|账号|帐号|号|群)?[\s:：是为=]{0,4}(?P<id>[1-9](?:[\s\-]?\d){4,11})(?!\d)"
    ),
)


@dataclass(frozen=True)
class Hit:
    """A stretch of the original text and what it seems to be (a key of WORDS)."""

    start: int
    end: int
    kind: str
    text: str


def find(
    text: str,
    own_names: Sequence[str] = (),
    own_addresses: Sequence[str] = (),
    own_phones: Sequence[str] = (),
) -> list[Hit]:
    """What should not leave the office, in order and without overlaps."""
    plain = align(text)
    names = tuple(align(name) for name in own_names)
    addresses = tuple(align(address) for address in own_addresses)
    spans = chain(
        find_numbers(plain, own_numbers(tuple(own_phones))),
        _find_marks(plain),
        find_houses(plain),
        find_names(plain, names),
        find_addresses(plain, addresses),
    )
    return [Hit(span.start, span.end, span.kind, text[span.start : span.end]) for span in _merged(spans)]


def redact(text: str, hits: Iterable[Hit]) -> str:
    """The text with a word for each hit, 〔电话〕; nothing else is touched."""
    pieces, position = [], 0
    for span in _merged(Span(max(0, hit.start), min(len(text), hit.end), hit.kind) for hit in hits):
        pieces += [text[position : span.start], f"〔{WORDS[span.kind]}〕"]
        position = span.end
    return "".join([*pieces, text[position:]])


def _find_marks(plain: str) -> Iterator[Span]:
    for match in _PLATE.finditer(plain):
        if sum(char.isdecimal() for char in match["tail"]) >= 2:
            yield Span(match.start(), match.end(), "plate")
    for match in _MAIL.finditer(plain):
        yield Span(match.start(), match.end(), "mail")
    for pattern in _SOCIAL:
        for match in pattern.finditer(plain):
            yield Span(*match.span("id"), "account")


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Overlapping stretches become one, of the longest one's kind."""
    merged: list[Span] = []
    widest = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.end <= span.start:
            continue
        if not merged or span.start >= merged[-1].end:
            merged.append(span)
            widest = span.end - span.start
            continue
        last = merged[-1]
        kind = span.kind if span.end - span.start > widest else last.kind
        widest = max(widest, span.end - span.start)
        merged[-1] = Span(last.start, max(last.end, span.end), kind)
    return merged
