"""The record's own names in a narrative, whole, split or as people say them: 李阿姨, 老李, 秀英."""

import re
from collections.abc import Iterator
from typing import Final

from tracker.rules.detect_numbers import Span
from tracker.rules.masking import surname

_TITLES: Final = (
    "老太太 老太婆 老太 老汉 老伯 老人 老师 老板 奶奶 爷爷 阿姨 阿婆 阿公 大爷 大妈 大娘 大伯 大叔 "
    "大婶 大姐 大哥 大嫂 叔叔 伯伯 婶婶 婆婆 公公 先生 女士 小姐 太太 师傅 医生 同志 夫人 "
    "某某 某人 某 氏 姐 哥 叔 伯 婶 嫂 姨 爷 奶 妈 爸 婆 家"
)
TITLES: Final = "|".join(_TITLES.split())
# After 老 or 小 these surnames make everyday words: 小区, 老师, 小路.
_EVERYDAY_SURNAMES: Final = frozenset("区路门水方高车房党师家乡城花石田林江河海时年成元人于和常安平")
_EVERYDAY_NAMES: Final = frozenset(
    ["建设", "和平", "发展", "光明", "幸福", "平安", "文明", "国庆", "胜利", "卫生", "健康", "安全", "文化"]
)
_SPLIT: Final = r"[\s·•.,，、*_\-\u200b]{0,2}"
_PART: Final = re.compile(r"[·•‧・．\s]+")


def find_names(plain: str, own: tuple[str, ...]) -> Iterator[Span]:
    forms = [form for name in own for form in _forms(name.strip())]
    if not forms:
        return
    for match in re.compile("|".join(forms)).finditer(plain):
        yield Span(match.start(), match.end(), "name")


def _forms(name: str) -> Iterator[str]:
    """Patterns, the longest first; a name of one character only says nothing."""
    if len(name) < 2:
        return
    parts = [part for part in _PART.split(name) if len(part) > 1]
    yield _spread("".join(_PART.split(name)))
    if name.isascii():
        yield from (rf"(?<![A-Za-z]){re.escape(part)}(?![A-Za-z])" for part in parts)
    elif len(parts) > 1:
        yield from map(re.escape, parts)
    else:
        yield from _spoken(name)


def _spread(name: str) -> str:
    pattern = _SPLIT.join(map(re.escape, name))
    return rf"(?<![A-Za-z]){pattern}(?![A-Za-z])" if name.isascii() else pattern


def _spoken(name: str) -> Iterator[str]:
    family = surname(name)
    first = name[len(family) :]
    yield rf"{re.escape(family)}\s?(?:{TITLES})"
    if family not in _EVERYDAY_SURNAMES:
        yield rf"[老小阿]\s?{re.escape(family)}(?!区|学|路|层)"
    if len(first) > 1:
        title = rf"(?:{TITLES})" if first in _EVERYDAY_NAMES else rf"(?:{TITLES})?"
        yield rf"{_SPLIT.join(map(re.escape, first))}{title}(?![路街])"
    elif first:
        yield rf"[小阿]{re.escape(first)}(?={TITLES}|[，。、；：\s说讲的家])|{re.escape(first)}(?:{TITLES})"
