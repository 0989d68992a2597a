"""House numbers and the record's own address in a narrative."""

import re
from collections.abc import Iterator
from typing import Final

from tracker.rules.detect_numbers import Span

_NUM: Final = r"(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,5}|[甲乙丙丁A-Za-z]\d{0,3})"
_UNIT: Final = re.compile(
    rf"(?<![\d.])(?P<number>附?{_NUM})\s?(?P<unit>号楼|号院|幢|栋|单元|室|弄|号|组|座|楼|层|户|门|支弄)"
    r"(?!线|文件|文|令|公告|台风|机|桌|地块|桥|召开|[一二两三]厅)"
)
_STRONG: Final = frozenset({"号楼", "号院", "幢", "栋", "单元", "室", "弄"})
_GLUE: Final = re.compile(r"[\s,，、之第\-－]{0,2}")
_ROOM: Final = re.compile(r"[\s\-－]{0,2}\d{3,4}(?![\d.年月日元人户米吨度平万亩株盏个公块号%])")
_ROAD: Final = re.compile(r"(?:[路街巷弄里村庄浜苑园圩宅坊桥湾]|公寓|小区|社区|[^街]道)\s?(?:第|附)?$")
_NOT_A_HOUSE: Final = re.compile(
    r"(?:[月年第〕)）\]】/\-.]|[共有等约近建余剩这那拆几]|文件|编号|涉及|改造|公交|地铁)\s?$"
)
_DASHED: Final = re.compile(
    r"(?<=[路街巷里村苑园庄区墅城府庭湾寓])\s?\d{1,3}[\-－#]\d{1,4}(?:[\-－]\d{1,4})?"
    r"(?:室|号)?(?![\d\-年月日.元%])"
)
_ADMIN: Final = re.compile(r"省|[^小社园住]区|市|县|街道|镇|乡|社区|居委会|村委会|村(?![路街巷])")
_NUMBER: Final = re.compile(r"\d|[一二三四五六七八九十]")
_BETWEEN: Final = r"[\s,，、\-]{0,2}"
_LONGEST: Final = 60


def find_houses(plain: str) -> Iterator[Span]:
    """12号楼3单元401室, 8幢, 五组18号, 春江路12号, 苑12-3-401: what leads to one door."""
    for match in _DASHED.finditer(plain):
        yield Span(match.start(), match.end(), "house")
    for chain in _chains(plain):
        chain = chain if _may_begin(plain, chain[0]) else chain[1:]
        if chain and _leads_to_a_door(plain, chain):
            yield Span(chain[0].start(), _end(plain, chain[-1]), "house")


def find_addresses(plain: str, own: tuple[str, ...]) -> Iterator[Span]:
    """The record's address as a whole or without its administrative beginnings."""
    forms = {form for address in own for form in address_forms(address)}
    if not forms:
        return
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(_BETWEEN.join(map(re.escape, form)) for form in longest_first))
    for match in pattern.finditer(plain):
        yield Span(match.start(), match.end(), "address")


def address_forms(address: str) -> set[str]:
    """The spellings to look for; a shorter one must still name the house."""
    address = re.sub(r"\s", "", address)[:_LONGEST]
    if len(address) < 4:
        return set()
    tails = (address[match.end() :] for match in _ADMIN.finditer(address))
    return {address} | {tail for tail in tails if len(tail) >= 4 and _NUMBER.search(tail)}


def _chains(plain: str) -> Iterator[list[re.Match[str]]]:
    chain: list[re.Match[str]] = []
    for match in _UNIT.finditer(plain):
        if chain and not _GLUE.fullmatch(plain, chain[-1].end(), match.start()):
            yield chain
            chain = []
        chain.append(match)
    if chain:
        yield chain


def _may_begin(plain: str, first: re.Match[str]) -> bool:
    return not _NOT_A_HOUSE.search(plain[max(0, first.start() - 4) : first.start()])


def _leads_to_a_door(plain: str, chain: list[re.Match[str]]) -> bool:
    units = [match["unit"] for match in chain]
    if len(chain) > 1:
        return any(unit in _STRONG or unit == "号" for unit in units)
    return _stands_alone(plain, chain[0])


def _stands_alone(plain: str, match: re.Match[str]) -> bool:
    unit, number = match["unit"], match["number"]
    before = plain[max(0, match.start() - 6) : match.start()]
    if unit in ("号", "组"):
        return bool(_ROAD.search(before)) and not before.endswith("街道")
    if unit == "室":
        return len(number) >= 3
    if unit in ("弄", "幢", "栋") and not number[-1].isdecimal():
        return number.isascii() and plain[match.end() : match.end() + 1] not in ("楼", "房")
    return unit in _STRONG


def _end(plain: str, last: re.Match[str]) -> int:
    """A bare room number may follow the building: 12号楼401."""
    room = _ROOM.match(plain, last.end()) if last["unit"] in _STRONG - {"室"} else None
    return room.end() if room else last.end()
