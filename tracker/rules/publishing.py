"""How a text goes into print: nobody who was met can be recognised (T45).

Names become 张某某, doors and addresses a vague word, everything else that leads to somebody is left out.
"""

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from tracker.rules.masking import public_name
from tracker.rules.redaction import MARK, Hit, find

# What may stand in no published text; a door or a number plate alone is left to the one who confirms.
REFUSED: Final = frozenset({"name", "phone", "id", "card", "mail", "account", "address"})
_WAYS: Final = frozenset({"phone", "id", "card", "mail", "account"})
_WORDS: Final = MappingProxyType({"address": "某处", "house": "某处"})
_LEFT_OUT: Final = "（略）"
_TOLD: Final = re.compile(r"某|〔")
# Brackets in which nothing is left but our own marks.
_EMPTY: Final = re.compile(r"[（(](?:（略）|某处|[，、,；;\s])*（略）(?:（略）|某处|[，、,；;\s])*[）)]")
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤"
)
_NAMED: Final = re.compile(
    rf"(?P<name>(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}})"
    r"(?=先生|女士|阿姨|大爷|大妈|奶奶|爷爷|老人|同志|师傅|老师|医生|[说称讲]|反映|表示|告诉|[（(]|[，、]?1[3-9]\d{9})"
)
_PLACES: Final = re.compile(r"(?:某处[，、\s]*){2,}")


def in_print(text: str, hits: Iterable[Hit]) -> str:
    """The text with everything replaced that was found."""
    pieces, position = [], 0
    for hit in remaining(hits):
        pieces += [text[position : hit.start], _word(hit)]
        position = hit.end
    joined = MARK.sub(_LEFT_OUT, _PLACES.sub("某处", "".join([*pieces, text[position:]])))
    return _EMPTY.sub("", joined)


def suspects(text: str) -> list[Hit]:
    """What reads like a person's name though no record has it: marked for whoever confirms, never refused."""
    return [
        Hit(match.start("name"), match.end("name"), "name", match["name"])
        for match in _NAMED.finditer(text)
        if "某" not in match["name"]
    ]


def remaining(hits: Iterable[Hit]) -> list[Hit]:
    """Without those that already say 某: 李某某 is nobody any more."""
    return [hit for hit in hits if not _TOLD.search(hit.text)]


def refused(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in remaining(hits) if hit.kind in REFUSED]


def leads_to_somebody(text: str) -> bool:
    """Whether it holds a number, an account or a mail address; a public notice gives only the office's."""
    return any(hit.kind in _WAYS for hit in find(text))


def _word(hit: Hit) -> str:
    return public_name(hit.text) if hit.kind == "name" else _WORDS.get(hit.kind, _LEFT_OUT)
