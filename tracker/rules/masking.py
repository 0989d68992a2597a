"""What remains of a name, a phone number and an address for eyes that need not know more."""

import re
from typing import Final

_COMPOUND: Final = (
    "欧阳 上官 司马 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 宇文 长孙 司空 轩辕 端木 百里 东郭 南宫 "
    "呼延 闻人 申屠 澹台 公冶 宗政 濮阳 淳于 单于 太叔 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 "
    "漆雕 乐正 公良 拓跋 夹谷 宰父 谷梁 段干 东门 南门 西门 羊舌 微生 梁丘 左丘 第五 赫连 完颜 纳兰 独孤 "
    "爱新觉罗 叶赫那拉"
)
COMPOUND_SURNAMES: Final = frozenset(_COMPOUND.split())

_DOTS: Final = "·•‧・．"
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'.\s-]*")
_NOT_DIGIT: Final = re.compile(r"[^0-9]")
_DETAIL: Final = re.compile(r"[0-9０-９]|[一二三四五六七八九十百零〇两]+\s?(?:号|幢|栋|弄|组|单元|室|楼|层)")
# Each has a name in front of it: a road in 镇江 is no township.
_COMMUNITY: Final = re.compile(r"(?<=\w)(?:社区|居委会|村委会|村(?![路街巷道]))")
_TOWNSHIP: Final = re.compile(r"(?<=\w)(?:街道|[镇乡](?![路街巷道]))")
_DISTRICT: Final = re.compile(r"(?<=\w)(?:(?<![小社园住宅])区|[县市州](?![路街巷道]))")


def surname(name: str) -> str:
    """The family name of a Chinese name: two characters (or four) where it is a known compound one."""
    for length in (4, 2):
        if len(name) > length and name[:length] in COMPOUND_SURNAMES:
            return name[:length]
    return name[:1]


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳娜娜 → 欧阳**, 阿依古丽·买买提 → 阿***·***, John Smith → J***."""
    name = name.strip()
    if len(name) < 2:
        return "*" * len(name)
    if _LATIN.fullmatch(name):
        return f"{name[0]}***"
    if any(dot in name for dot in _DOTS):
        return name[0] + _starred(name[1:])
    family = surname(name)
    return family + "*" * (len(name) - len(family))


def public_name(name: str) -> str:
    """As a booklet says it: 张某某; nothing but 某某 where there is no Chinese surname to show."""
    name = name.strip()
    if len(name) < 2 or _LATIN.fullmatch(name):
        return "某某"
    return f"{surname(name)}某某"


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678, 0510-88201234 → 0510-****1234; anything odd is hidden entirely."""
    digits = phone_digits(phone)
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    area = re.fullmatch(r"(0(?:10|2\d|[3-9]\d\d))\d{3,4}(\d{4})\d{0,4}", digits)
    if area:
        return f"{area[1]}-****{area[2]}"
    return f"****{digits[-4:]}" if len(digits) in (7, 8) else "*" * min(len(digits), 8)


def phone_digits(phone: str) -> str:
    """Digits only, in ASCII, without the country's prefix: what two spellings of a number share."""
    plain = "".join(str(int(char)) if char.isdecimal() else char for char in phone)
    digits = _NOT_DIGIT.sub("", plain)
    return re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$|0\d{9,11}$)", "", digits)


def mask_address(address: str) -> str:
    """The community or village; failing that the township, then the district; else nothing."""
    detail = _DETAIL.search(address)
    known = address[: detail.start()] if detail else address
    for level in (_COMMUNITY, _TOWNSHIP):
        found = level.search(known)
        if found:
            return known[: found.end()].strip()
    districts = list(_DISTRICT.finditer(known))
    return known[: districts[-1].end()].strip() if districts else "****"


def _starred(rest: str) -> str:
    return "".join(char if char in _DOTS else "*" for char in rest)
