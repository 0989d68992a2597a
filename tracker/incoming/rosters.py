"""A roster as an office keeps it: one person a row, roles and levels in words or in codes (S2-01, S2-02)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pydantic import Field

from tracker.errors import FieldError, Invalid
from tracker.incoming.forms.result import FileRead, Form
from tracker.incoming.people import Role
from tracker.incoming.schema import Input
from tracker.incoming.schema import read as check
from tracker.models.person import Bridging, Level
from tracker.rules.words import N_

_ROLES: Final[Mapping[Role, tuple[str, ...]]] = {
    "member": ("委员", "政协委员", "组员", "成员"),
    "secretary": ("组联络员", "联络员", "组长", "副组长", "召集人", "秘书", "组秘书"),
    "clerk": ("办公室", "办公室工作人员", "工作人员", "经办人", "办事员", "办公室经办人"),
    "director": ("办公室负责人", "办公室主任", "负责人"),
    "handler": ("承办单位", "承办人", "承办单位联系人", "部门联络员", "经办单位"),
    "leader": ("主席", "副主席", "领导", "政协领导", "秘书长"),
    "auditor": ("督查", "督查员", "审计"),
    "admin": ("管理员", "系统管理员"),
}
_LEVELS: Final[Mapping[Level, tuple[str, ...]]] = {
    "county": ("本级", "县级", "区级", "县", "区", "本区", "本县", "本市"),
    "prefecture_resident": ("上级", "设区市", "设区市级", "地级市", "地市级", "市政协"),
}
_BRIDGES: Final[Mapping[Bridging, tuple[str, ...]]] = {
    "community_cadre": ("社区干部", "村社区干部", "村干部"),
    "local_leader": ("基层领导", "基层领导干部", "基层干部"),
    "professional": ("行业骨干", "行业带头人", "专业人士", "专业骨干"),
}
_NO_BRIDGE: Final = ("无", "没有", "否", "-", "—")
_AMBIGUOUS: Final = ("市级", "市")
_KNOWN_ROLES: Final = {word: role for role, words in _ROLES.items() for word in (role, *words)}
_KNOWN_BRIDGES: Final = {word: kind for kind, words in _BRIDGES.items() for word in (kind, *words)}
_KNOWN_LEVELS: Final = {word: level for level, words in _LEVELS.items() for word in (level, *words)}
_NO_ROSTER: Final = N_("没有认出名册：第一行要有姓名、单位、角色这样的列名")
_BETWEEN: Final = re.compile(r"[、，,；;/\s]+")
# Below this the reader saw several people, or none, in the cell of one.
_ONE_PERSON: Final = 0.45


class RosterRow(Input):
    """``login`` may be left out: then name and unit say who it is."""

    name: str = Field(min_length=1, max_length=60)
    login: str | None = Field(None, min_length=2, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")
    unit: str = Field(min_length=1, max_length=80)
    role: Role
    level: Level | None = None
    title: str | None = Field(None, max_length=60)
    email: str | None = Field(None, max_length=120, pattern=r"^$|^[^@\s,;<>]+@[^@\s,;<>]+$")
    bridges: list[Bridging] | None = None


@dataclass(frozen=True)
class Entry:
    """A row and where it stands, for what is to be said of it."""

    place: str
    row: RosterRow

    def fault(self, field: str, message: str, **params: object) -> FieldError:
        return FieldError(f"{self.place}.{field}", message, params)


def read(files: Iterable[FileRead], *, region_word: str) -> list[Entry]:
    """Every row, or Invalid with the place and the field of each fault.

    ``region_word``: 区, 县 or 市, what the committee calls its own territory.
    """
    entries: list[Entry] = []
    faults: list[FieldError] = []
    for file in files:
        if file.kind != "roster":
            faults += file.problems or [FieldError("file", _NO_ROSTER)]
            continue
        for form in file.forms:
            try:
                entries.append(_entry(form, region_word))
            except Invalid as refused:
                faults += (replace(fault, field=f"{form.place}.{fault.field}") for fault in refused.errors)
    if faults or not entries:
        raise Invalid(faults or [FieldError("file", N_("名册里没有人"))])
    return entries


def _entry(form: Form, region_word: str) -> Entry:
    faults = list(_faults(form, region_word))
    if faults:
        raise Invalid(faults)
    given = {name: value for name, value in form.fields.items() if value}
    given["role"] = _KNOWN_ROLES[form.fields["role"] or "member"]
    if "level" in given:
        given["level"] = _level(given["level"], region_word)
    if "bridges" in given:
        given["bridges"] = sorted({_KNOWN_BRIDGES[word] for word in _parts(given["bridges"])})
    return Entry(form.place, check(RosterRow, given))


def _faults(form: Form, region_word: str) -> Iterator[FieldError]:
    if form.confidence["name"] < _ONE_PERSON:
        yield FieldError("name", N_("每行写一个人的姓名"))
    role, level = form.fields["role"], form.fields.get("level")
    if role and role not in _KNOWN_ROLES:
        words = "、".join(words[0] for words in _ROLES.values())
        yield FieldError("role", N_("没有这个角色，可以写：%(words)s"), {"words": words})
    if level and _level(level, region_word) is None:
        yield FieldError("level", N_("看不出层级，请写“本级”或“上级”（住本地的上级政协委员）"))
    if any(word not in _KNOWN_BRIDGES for word in _parts(form.fields.get("bridges") or "")):
        known = "、".join(words[0] for words in _BRIDGES.values())
        yield FieldError("bridges", N_("没有这种桥梁身份，可以写：%(words)s"), {"words": known})


def _parts(text: str) -> list[str]:
    """Several in one cell, each once; 无 is none of them."""
    found = (part.strip() for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in found if part and part not in _NO_BRIDGE))


def _level(word: str, region_word: str) -> Level | None:
    """In a district 市级 is the level above; in a city it may be either, so it is none."""
    if "住" in word or "驻" in word:
        return "prefecture_resident"
    if word in _AMBIGUOUS:
        return None if region_word == "市" else "prefecture_resident"
    return _KNOWN_LEVELS.get(word)
