"""What stands in a field: names, texts, numbered matters, figures, a circle, or the many ways to say none."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.incoming.forms.labels import squeeze

# fmt: off
_NONE: Final = frozenset({
    "无", "没有", "暂无", "暂时没有", "目前没有", "无需", "不需要", "无其他", "无问题", "无困难", "没有问题",
    "没有困难", "无情况", "空", "没", "略", "×", "x", "none", "n/a", "na", "nil", "null",
})
# fmt: on
_LONGEST_NONE: Final = 20
# More than a busload of people.
_LONGEST_NAMES: Final = 400
_NOTHING_BUT_SIGNS: Final = re.compile(r"[\s/／\\＼\-－—–_＿—.。·~～、，,*＊×]*")
_HAN: Final = r"[\u3007\u3400-\u9fff\U00020000-\U000323af]"
_MARKS: Final = "[，。；、：！？“”（）]"
_PARTED: Final = re.compile(rf"(?<={_HAN})[ \t\u3000\xa0]+(?={_HAN})")
_BESIDE: Final = re.compile(rf"(?<={_HAN}|{_MARKS})[ \t\u3000\xa0]+|[ \t\u3000\xa0]+(?={_HAN}|{_MARKS})")
# Figures and letters that stand alone, as 5 0 2.
_LONE: Final = re.compile(r"(?<![A-Za-z0-9][A-Za-z0-9])[ \t\u3000\xa0]+(?=[A-Za-z0-9](?![A-Za-z0-9]))")
_TOUCHING: Final = re.compile(rf"(?<={_HAN})(?={_HAN})")
# A line to write on.
_RULED: Final = re.compile(r"[_＿]{2,}|(?<=\s)[_＿]|[_＿](?=\s|$)")
_BLANKS: Final = re.compile(r"[ \t\u3000\xa0\u2000-\u200b\ufeff]+")

# Ways to number: each style counts for itself, so that (1) inside 一、 stays where it is.
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HANS: Final = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)
_WHERE: Final = r"(?:^|(?<=[\s。；;！？!?：:，,]))[ \t\u3000]*"
_STYLES: Final = tuple(
    re.compile(style)
    for style in (
        _WHERE + r"([一二三四五六七八九十]{1,3})\s*、",
        _WHERE + r"第\s*([一二三四五六七八九十]{1,3})\s*[，、,：:]",
        _WHERE + r"[（(]\s*([一二三四五六七八九十]{1,3})\s*[)）][、．.]?",
        _WHERE + r"([一二三四五六七八九十]{1,2})是",
        _WHERE + r"(\d{1,2})\s*(?:[、．]|\.(?!\d))",
        _WHERE + r"[（(]\s*(\d{1,2})\s*[)）][、．.]?",
        _WHERE + r"(\d{1,2})\s*[)）]",
        rf"([{_CIRCLED}])[、．.]?",
    )
)
_BULLET: Final = re.compile(r"(?:^|(?<=\n))[ \t\u3000]*[•●○◆■▪▶►★☆※–-][ \t\u3000]*(?=\S)")
_CIRCLES: Final = {"界别": "sector", "生活": "living", "朋友": "friends"}
_TICKS: Final = frozenset("☑☒✓✔√■▣●")
_BOXES: Final = _TICKS | frozenset("□○☐◯")
# Ticked or not, alone or in brackets, perhaps with nothing between them.
_BOX: Final = re.compile(rf"\s*(?:[(\[]\s*[{''.join(_BOXES)}]?|[{''.join(_BOXES)}])\s*[)\]]?\s*")


class Names(NamedTuple):
    names: list[str]
    sure: float


class Items(NamedTuple):
    items: list[str]
    sure: float


def is_none(text: str) -> bool:
    """Nothing was meant: blank, a stroke, 无 and its relatives."""
    if _NOTHING_BUT_SIGNS.fullmatch(text):
        return True
    return len(text) <= _LONGEST_NONE and squeeze(text) in _NONE


def tidy(text: str) -> str:
    """A text in lines without blanks at their ends, and without the blanks a scan puts between characters."""
    text = _RULED.sub(" ", text)
    lines = (_BLANKS.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return _unspaced("\n".join(line for line in lines if line))


def line(text: str) -> str:
    """The same in one line."""
    return _unspaced(_BLANKS.sub(" ", re.sub(r"\s*\n\s*", " ", _RULED.sub(" ", text))).strip())


def _unspaced(text: str) -> str:
    """A blank between two characters is a writer's own unless most characters have one."""
    if len(_PARTED.findall(text)) > len(_TOUCHING.findall(text)):
        return _LONE.sub("", _BESIDE.sub("", text))
    return text


def names(text: str) -> Names:
    """People in the order written; blanks inside a name of two characters are only layout."""
    if len(text) > _LONGEST_NAMES:
        return Names([line(text)], 0.3)
    plain = re.sub(r"[（(][^（）()]*[)）]", " ", _RULED.sub(" ", text))
    if re.search(r"等\s*[\d一二三四五六七八九十两几多]*\s*[人位名]?\s*$", plain):
        found = names(re.sub(r"等[^等]*$", "", plain))
        return Names(found.names, min(found.sure, 0.5))
    parts = [
        part for part in re.split(r"[、，,；;/／\n|]|(?<=\S)\s+(?:和|及|与)\s+(?=\S)", plain) if part.strip()
    ]
    people = [name for part in parts for name in _people(part)]
    sure = min((_likely(name) for name in people), default=0.0)
    return Names([_bare(name) for name in people], sure)


def _people(part: str) -> list[str]:
    """The people among words parted by blanks: a lone character belongs to what stands beside it."""
    words = part.split()
    if not all(re.fullmatch(rf"{_HAN}+", word) for word in words):
        return [" ".join(words)]
    people: list[str] = []
    lone = False
    for word in words:
        if lone and len(people[-1]) + len(word) <= 3:
            people[-1] += word
            lone = len(people[-1]) < 3 and len(word) == 1 and len(words) > 2 and _next_is_lone(words, people)
            continue
        people.append(word)
        lone = len(word) == 1
    return people


def _next_is_lone(words: Sequence[str], people: Sequence[str]) -> bool:
    """Whether 张 三 丰 goes on: only when an odd character would be left over otherwise."""
    done = sum(len(name) for name in people)
    rest = "".join(words)[done:]
    return len(rest) == 1


_TITLES: Final = re.compile(rf"(?<={_HAN}{{2}})(?:委员|同志|主席|副主席|主任|组长|联络员)$")


def _bare(name: str) -> str:
    return _TITLES.sub("", name) if len(name) > 3 else name


def _likely(name: str) -> float:
    """How much it looks like one person's name."""
    bare = _bare(name)
    if re.fullmatch(rf"{_HAN}{{2,4}}", bare):
        return 1.0 if bare == name else 0.8
    return 0.9 if "·" in name or re.fullmatch(r"[A-Za-z][A-Za-z .'-]+", name) else 0.5


def items(text: str) -> Items:
    """Numbered matters, each for itself; a text without numbers is one matter."""
    text = tidy(text)
    if is_none(text):
        return Items([], 0.95)
    for found in sorted(
        filter(None, map(_numbered, _STYLES, [text] * len(_STYLES))), key=lambda run: run[0].start()
    ):
        return _cut(text, found)
    bullets = list(_BULLET.finditer(text))
    if len(bullets) > 1:
        return _cut(text, bullets)
    return Items([text], 0.95)


def _numbered(style: re.Pattern[str], text: str) -> list[re.Match[str]] | None:
    """The places where this style counts 1, 2, 3, …; one alone counts only at the beginning."""
    places: list[re.Match[str]] = []
    for match in style.finditer(text):
        if _figure(match[1]) == len(places) + 1:
            places.append(match)
    if len(places) > 1 or (places and places[0].start() == 0 and "是" not in places[0][0]):
        return places
    return None


def _figure(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    return _HANS.index(text) + 1 if text in _HANS else int(text) if text.isdecimal() else 0


def _cut(text: str, places: Sequence[re.Match[str]]) -> Items:
    ends = [*(place.start() for place in places[1:]), len(text)]
    cut = [_trimmed(text[place.end() : end]) for place, end in zip(places, ends, strict=True)]
    kept = [part for part in cut if not is_none(part)]
    before = text[: places[0].start()].strip()
    if not before or (len(before) <= 20 and before.endswith(("：", ":"))):
        return Items(kept, 0.95 if not before else 0.85)
    # What leads in belongs to nobody; a person has to say.
    return Items([before, *kept], 0.5)


def _trimmed(part: str) -> str:
    return part.strip().rstrip("；;，,").strip()


def figure(text: str) -> int | None:
    """A number of people or of papers: 12, １２人, 十二, or none for 0."""
    if is_none(text):
        return 0
    plain = re.sub(r"[\s人次条名位个件份]", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\.0+$", "", plain)
    if plain.isdecimal():
        return int(plain) if len(plain) < 8 else None
    return _figure(plain) or None


def circle(text: str) -> str | None:
    """sector, living or friends; of three boxes the ticked one."""
    folded = unicodedata.normalize("NFKC", text)
    places = {code: folded.find(word) for word, code in _CIRCLES.items() if word in folded}
    if len(places) == 1:
        return next(iter(places))
    # The boxes stand before the words or after them, the same way for all three.
    before = _BOX.fullmatch(folded[: min(places.values(), default=0)]) is not None
    ticked = [code for code, place in places.items() if _is_ticked(folded, place, before=before)]
    return ticked[0] if len(ticked) == 1 else None


def _is_ticked(text: str, place: int, *, before: bool) -> bool:
    if before:
        return text[:place].rstrip("( [)]")[-1:] in _TICKS
    after = re.match(r"\S{2}圈?\s*[(\[]?\s*(\S)", text[place:])
    return after is not None and after[1] in _TICKS
