"""What people call the fields of annex 1, 2 and 3, of registers and of rosters (S2-28…45).

The words are in ``labels.toml``; a label is found whatever blanks, line ends, numbers and brackets it has.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

LABELS: Final[Mapping[str, Sequence[str]]] = tomllib.loads(
    Path(__file__).with_name("labels.toml").read_text("utf-8")
)
WORDS: Final[Mapping[str, str]] = {word: field for field, words in LABELS.items() for word in words}
_BY_LENGTH: Final = sorted(WORDS, key=len, reverse=True)
_LONGEST: Final = len(_BY_LENGTH[0])
# Where no word fits: what a label of the field is sure to hold. The first that fits wins.
_KEYS: Final = (
    ("coordination_needed", ("统筹",)),
    ("help_needed", ("帮助解决",)),
    ("help_needed", ("需", "解决")),
    ("lead", ("双招双引",)),
    ("brief", ("社情民意",)),
    ("suggestion", ("发展建议",)),
    ("reported", ("反映", "情况")),
    ("reported", ("反映", "问题")),
    ("visited_on", ("走访", "日期")),
    ("visited_on", ("走访", "时间")),
    ("address", ("走访", "地址")),
    ("address", ("走访", "地点")),
)
_LONGEST_GUESS: Final = 24
_SIGNS: Final = frozenset("()（）“”\"‘’'·、,，.。:：;；*＊_-—－/\\【】[]《》<>〈〉「」『』|｜")
_NUMBER: Final = re.compile(r"^\s*[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）]\s*")
# Never over the end of the line: there the answer begins, perhaps with a (1).
_AFTER: Final = re.compile(r"[ \t\u3000”’\"'）)】\]*＊]*(?:[（(][^（）()\n]{1,30}[）)])?[ \t\u3000]*([:：]?)")
_BRACKETED: Final = re.compile(r"[（(][^（）()]*[）)]")
# No label goes on after one: whoever writes it has begun to answer.
_SENTENCE: Final = re.compile(r"[，。！？；,!?;]\s*\w")
# A short word such as 时间 begins many a sentence: it must be followed by a colon or stand alone.
_TELLING: Final = 4
TITLE: Final = re.compile(r"登记表|汇总表|统计表|花名册|名册|一览表|^附件\d*$|^附表\d*$")


@dataclass(frozen=True)
class Label:
    """``rest`` is what follows in the same cell; ``alone``: nothing does, not even a colon's promise."""

    field: str
    rest: str
    sure: float
    alone: bool
    colon: bool


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isspace() or char in _SIGNS:
        return ""
    return unicodedata.normalize("NFKC", char).strip().lower()


def squeeze(text: str) -> str:
    """Only the signs that tell one label from another."""
    return "".join(_plain(char) for char in text)


def begins(text: str, *, guess: bool = False) -> Label | None:
    """The label ``text`` begins with; ``guess`` also takes one that is only nearly a known one."""
    start = _NUMBER.match(text)
    offset = start.end() if start else 0
    found = _exact(text, offset) or (_exact(text, 0) if offset else None)
    if found is None and guess:
        return _guessed(text)
    return found


def _exact(text: str, offset: int) -> Label | None:
    squeezed, places = "", []
    for place in range(offset, len(text)):
        if text[place] in "：:" and squeezed:
            break
        plain = _plain(text[place])
        squeezed += plain
        places += [place] * len(plain)
        if len(squeezed) > _LONGEST:
            break
    for word in _BY_LENGTH:
        if squeezed.startswith(word) and (label := _ends(text, word, places[len(word) - 1] + 1)):
            return label
    return None


def _ends(text: str, word: str, end: int) -> Label | None:
    """Whether the label really ends where the word does."""
    after = _AFTER.match(text, end)
    rest, colon = text[end:], False
    if after:
        rest, colon = text[after.end() :], bool(after[1])
    alone = not rest.strip()
    telling = len(word) >= _TELLING
    parted = rest[:1] == "\n" or (
        telling and (after is not None and after.end() > end) and text[end : end + 1].isspace()
    )
    if not (alone or colon or parted):
        return None
    return Label(WORDS[word], rest.strip(), 1.0 if telling or colon else 0.95, alone, colon)


def _guessed(text: str) -> Label | None:
    head, colon, rest = text.partition("：") if "：" in text else text.partition(":")
    squeezed = squeeze(_NUMBER.sub("", head))
    if not 3 <= len(squeezed) <= _LONGEST_GUESS or squeezed.startswith(("无", "暂无", "没有")):
        return None
    field = None if _SENTENCE.search(_BRACKETED.sub("", head)) else _by_keys(squeezed)
    sure = 0.9
    if field is None:
        field, sure = _nearly(squeezed), 0.75
    if field is None:
        return None
    return Label(field, rest.strip(), sure, not rest.strip(), bool(colon))


def _by_keys(squeezed: str) -> str | None:
    return next((field for field, keys in _KEYS if all(key in squeezed for key in keys)), None)


def _nearly(squeezed: str) -> str | None:
    """One character other than a known label, as 曰 for 日."""
    if len(squeezed) < _TELLING:
        return None
    near = {WORDS[word] for word in WORDS if len(word) == len(squeezed) and _differ(word, squeezed) == 1}
    return near.pop() if len(near) == 1 else None


def _differ(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))


_INLINE: Final = re.compile(r"(?:(?<=[\s\u3000；;，,])|(?<=[”）)]))(?=\S)")


def split(line: str) -> Iterator[tuple[Label | None, str]]:
    """The labels of one line with what follows each; text before the first has None."""
    places = [0, *(match.start() for match in _INLINE.finditer(line))]
    found = [(place, label) for place in places if (label := begins(line[place:])) and _counts(place, label)]
    if not found:
        yield None, line
        return
    if found[0][0] > 0:
        yield None, line[: found[0][0]]
    ends = [*(place for place, _ in found[1:]), len(line)]
    for (place, _), end in zip(found, ends, strict=True):
        # What parts two answers belongs to neither.
        part = line[place:end] if end == len(line) else line[place:end].rstrip().rstrip("；;，,")
        if label := begins(part):
            yield label, label.rest


def _counts(place: int, label: Label) -> bool:
    """Inside a line only what a colon follows is a label."""
    return place == 0 or label.colon
