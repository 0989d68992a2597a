"""A text in plain paragraphs with numbered headings, and the deadlines that stand beside it (S1-43)."""

import re
from dataclasses import dataclass
from typing import Final

from tracker.rules import periods
from tracker.rules.words import N_

# 一、 第一章 第二条 are headings where the line is short; everything else is a paragraph.
_NUMBERED: Final = re.compile(r"(?:[一二三四五六七八九十百]+、|第[一二三四五六七八九十百\d]+[章条节])\s*\S")
LONGEST_HEADING: Final = 40

# What each period is for, in the order a case meets them.
_STAGES: Final = {
    "coordinate": N_("办公室协调交办（一般）"),
    "coordinate_urgent": N_("办公室协调交办（紧急）"),
    "accept": N_("承办单位签收"),
    "request_return": N_("承办单位申请退回"),
    "request_return_petition": N_("承办单位申请退回（信访事项）"),
    "decide_return": N_("办公室决定是否退回"),
    "reply_urgent": N_("承办单位答复（特急）"),
    "reply_simple": N_("承办单位答复（简易）"),
    "reply_normal": N_("承办单位答复（普通）"),
    "reply_complex": N_("承办单位答复（疑难）"),
    "review": N_("办公室审核答复"),
    "rework": N_("退回重办后再答复"),
    "letter": N_("办公室把结果告诉反映人"),
    "deliver": N_("反馈函送达"),
    "reopened": N_("不满意重新办理"),
}
_CO_STAGES: Final = {
    "urgent": N_("会办单位提意见（特急）"),
    "simple": N_("会办单位提意见（简易）"),
    "normal": N_("会办单位提意见（普通）"),
    "complex": N_("会办单位提意见（疑难）"),
}


@dataclass(frozen=True)
class Line:
    text: str
    is_heading: bool


@dataclass(frozen=True)
class Deadline:
    """``stage`` and ``basis`` are words, ``days`` working days."""

    stage: str
    days: int
    basis: str


def lines(text: str) -> list[Line]:
    """The lines that hold something, in order."""
    found = (line.strip() for line in text.splitlines())
    return [Line(line, is_heading(line)) for line in found if line]


def is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and not line.endswith("。") and bool(_NUMBERED.match(line))


def deadlines() -> list[Deadline]:
    """Those in force, as every clock reads them; a co-handler's follows from the lead's."""
    found = [Deadline(_STAGES[name], period.days, period.basis) for name, period in periods.PERIODS.items()]
    after = 1 + max(place for place, name in enumerate(periods.PERIODS) if name.startswith("reply_"))
    found[after:after] = [
        Deadline(_CO_STAGES[name], periods.co_period(periods.reply_days(name)), N_("按主办期限折算"))
        for name in periods.SLA_CLASSES
    ]
    return found
