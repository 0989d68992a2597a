"""Letters to lay out: the names hold characters the free 仿宋 lacks."""

from dataclasses import replace
from datetime import date
from typing import Any

from tracker.outgoing.letters import Block, LetterSheet

STORY = (
    "您反映的香樟苑小区北门夜间照明不足、周边道路积水影响老年人出行的问题，我办高度重视，及时转请"
    "区住房和城乡建设局牵头，会同东亭街道办事处研究办理。"
)
VISIT = "经办人员王玥珺、李湉堃、赵喆到场核查，实测照度3.2勒克斯。"
OPENING = "您于2026年9月3日通过委员走访反映的事项（编号XS-2026-000123）收悉。现将办理情况函复如下。"


def blocks(rounds: int) -> tuple[Block, ...]:
    handled = [
        Block(1, "二、办理情况"),
        Block(2, "（一）现场核查情况"),
        Block(0, STORY + VISIT),
        Block(3, "1.近期措施"),
        Block(0, STORY * 2),
    ]
    first = [Block(0, OPENING), Block(1, "一、反映事项"), Block(0, STORY)]
    return (*first, *handled * rounds, Block(1, "三、后续安排"), Block(0, "我们将于2026年12月底前组织回访。"))


PLAIN = LetterSheet(
    issuer_mark="政协无锡市锡山区委员会",
    number="锡政协办函〔2026〕12号",
    title="关于香樟苑小区北门照明不足和周边道路积水问题办理情况的反馈函",
    addressee="王玥珺同志：",
    blocks=blocks(1),
    issuer="政协无锡市锡山区委员会办公室",
    issue_date=date(2026, 11, 22),
    remark="联系人：办公室值班室，电话：0510-00000000",
    copy_to=("区住房和城乡建设局", "东亭街道办事处"),
    verification="7F3A-92C1",
)


def sheet(**changes: Any) -> LetterSheet:
    return replace(PLAIN, **changes)
