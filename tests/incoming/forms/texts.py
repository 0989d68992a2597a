"""What the filled forms say: written for this project, or taken from a folder of real texts.

``HUIYIN_SHARED_DATA`` names a folder with ``messages_2000.csv`` (columns title and body).
"""

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

NAMES = [
    "周敏", "吴国栋", "郑晓燕", "王志强", "冯秀英", "陈立新", "褚卫民", "蒋海峰", "沈玉兰", "韩冬梅",
    "杨帆", "朱建平", "秦岭", "尤佳", "许红霞", "何雨桐",
]  # fmt: skip
PEOPLE = [
    "顾阿婆", "陆师傅", "邵建华", "毛桂芳", "万大爷", "钱老师", "唐小军", "费家村村委会", "恒通五金厂",
    "苗雨", "夏至诚", "欧阳春晓",
]  # fmt: skip
GROUPS = [
    "城区联络组",
    "安丰镇委员联络组",
    "富安镇委员联络组",
    "经济界别组",
    "教育卫生组",
    "农业农村委员工作组",
]
ADDRESSES = [
    "安丰镇红庄村三组12号", "望海路88号海悦花园5幢", "富安镇米市桥社区", "东进大道恒通五金厂",
    "弶港镇渔港新村7号楼502室", "梁垛镇临塔村八组",
]  # fmt: skip
REPORTED = [
    "小区北门的路灯从三月起就不亮，晚上接孩子的老人走路要打手电，已经有两位老人摔过跤。",
    "村里的灌溉渠有近1.5公里淤塞，去年夏天排涝不畅，四十多亩水稻减产，农户希望在汛前清理一次。",
    "镇卫生院每周只有一天有儿科医生，孩子发热要跑三十里路去市里，家长请假误工。\n校医室也缺常用药。",
    "沿街商铺把货堆到人行道上，盲道被占，轮椅过不去；城管来过几次，走后又恢复原样。",
    "企业反映招工难：宿舍少、末班公交是晚上7点，夜班工人回不了家。时间一长，熟练工都走了。",
    "老旧小区没有充电棚，居民从楼上拉线充电。地点主要在3号楼和6号楼，消防队提醒过两次。",
    "河边的垃圾转运站夏天气味大，离幼儿园不到两百米，家长多次反映，希望能换个地方或者加盖。",
]
MATTERS = [
    "请供电部门修好北门路灯", "汛前清理灌溉渠", "卫生院每周增加一天儿科门诊", "恢复被占的盲道",
    "末班公交延长到晚上9点半", "在3号楼旁建充电棚", "垃圾转运站加盖并定时冲洗", "给村口的斜坡装上扶手",
    "补种被挖掉的行道树", "公园里添两处公厕", "协调两个镇共同疏浚界河", "由市里统一规划停车场",
    "把旧厂房的产权理清楚",
]  # fmt: skip
SUGGESTIONS = [
    "建议利用沿海滩涂发展观鸟旅游，先修好两条步道，再同周边农家合作。",
    "建议把闲置的老粮库改成青年创业园，前两年免租金。",
    "建议设立蔬菜冷链中转站，让早市的菜当天能到上海。",
]
BRIEFS = [
    "多个小区反映快递柜超时收费不透明，老年人不会用扫码取件。",
    "农村独居老人冬季取暖存在隐患，建议入冬前逐户检查烟道。",
    "校门口接送时段车辆拥堵，家长希望错峰放学。",
]
LEADS = [
    "在苏州工作的乡友有意回乡办一家精密模具厂，需要厂房约三千平方米。",
    "一位在外任教的博士愿意每月回来为企业做一次工艺指导。",
    "深圳一家灯具企业打算把仓库迁到长三角，正在看地。",
]


@dataclass(frozen=True)
class Visit:
    """One visit as it truly was."""

    visitors: tuple[str, ...]
    group: str
    contact: str
    address: str
    visited_on: date | None
    reported: str
    help_needed: tuple[str, ...]
    coordination_needed: tuple[str, ...]
    circle: str | None = None


@dataclass(frozen=True)
class Results:
    member: str
    group: str
    suggestion: str
    brief: str
    lead: str


def visits() -> Iterator[Visit]:
    """Ever other visits, always the same ones in the same order."""
    names, people, groups, places = cycle(NAMES), cycle(PEOPLE), cycle(GROUPS), cycle(ADDRESSES)
    reported, matters = cycle(_reported()), cycle(_matters())
    number = 0
    while True:
        number += 1
        yield Visit(
            visitors=tuple(next(names) for _ in range(1 + number % 3 // 2)),
            group=next(groups),
            contact=next(people),
            address=next(places),
            visited_on=date(2026, 3, 2) + timedelta(days=number * 3 % 190),
            reported=next(reported),
            help_needed=tuple(next(matters) for _ in range(number % 4)),
            coordination_needed=tuple(next(matters) for _ in range((number + 1) % 3)),
        )


def results() -> Iterator[Results]:
    for visit, suggestion, brief, lead in zip(
        visits(), cycle(SUGGESTIONS), cycle(BRIEFS), cycle([*LEADS, ""]), strict=False
    ):
        yield Results(visit.visitors[0], visit.group, suggestion, brief, lead)


def without(visit: Visit, *fields: str) -> Visit:
    """The visit as a form tells it that does not ask for these."""
    empty = {"visitors": (), "group": "", "contact": "", "address": "", "visited_on": None, "reported": ""}
    return replace(visit, **{field: empty[field] for field in fields})  # type: ignore[arg-type]


def _reported() -> list[str]:
    return [_in_one(body)[:400] for _, body in _messages()] or REPORTED


def _matters() -> list[str]:
    """Titles are short and speak of one thing."""
    return [title for title, _ in _messages() if re.fullmatch(r"[\u4e00-\u9fff][^\s]{5,}", title)] or MATTERS


def _messages() -> list[tuple[str, str]]:
    folder = os.environ.get("HUIYIN_SHARED_DATA")
    if not folder:
        return []
    with Path(folder, "messages_2000.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(_in_one(row["title"]), row["body"]) for row in csv.DictReader(file)]


def _in_one(text: str) -> str:
    return re.sub(r"\s+", "", text)
