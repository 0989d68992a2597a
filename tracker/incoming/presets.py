"""The built-in organisations: a committee's units, areas and categories, read from tracker/presets."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from tracker.errors import HuiyinError
from tracker.incoming.campaign_specs import CampaignSpec
from tracker.models.committee import UnitKind
from tracker.rules import numbers

HOME: Final = Path(__file__).resolve().parent.parent / "presets"

AreaKind = Literal["district", "township", "community"]
# The lengths are those of the columns these values go to.
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
# What a case or a letter can be called, or the first of them could not be numbered.
Prefix = Annotated[str, StringConstraints(pattern=f"^{numbers.CASE_PREFIX.pattern}$")]
LetterPrefix = Annotated[str, StringConstraints(pattern=f"^{numbers.DOCUMENT_PREFIX.pattern}$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=120)]
CODE_LENGTH: Final = 24

_CLOSED = ConfigDict(extra="forbid", str_strip_whitespace=True)
T = TypeVar("T")


class PresetError(HuiyinError):
    """A preset cannot be used; the sentence names the file and the field."""

    code = "bad_preset"


@dataclass(frozen=True)
class CommitteeSpec:
    """``region_word`` is 区 or 市: how the committee speaks of its own territory."""

    __pydantic_config__ = _CLOSED

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,16}$")]
    name: Name
    full_name: Long
    issuer_mark: Name
    signature: Name
    case_prefix: Prefix
    letter_prefix: LetterPrefix
    has_circles: bool
    region_word: Literal["区", "市", "县"]
    office_phone: Short
    office_address: Long
    office_postcode: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]


@dataclass(frozen=True)
class UnitSpec:
    """``area`` is the township a working committee or liaison group stands for."""

    __pydantic_config__ = _CLOSED

    key: Key
    name: Name
    short_name: Short
    full_name: Long
    kind: UnitKind
    parent: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class AreaSpec:
    code: str
    name: str
    full_name: str
    kind: AreaKind
    parent: str | None


@dataclass(frozen=True)
class CategorySpec:
    """``default_unit`` is a hint for coordination; empty where the committee has no such department."""

    code: str
    name: str
    full_name: str
    level: int
    parent: str | None
    default_unit: str


@dataclass(frozen=True)
class Preset:
    """Parents come before their children in every list."""

    name: str
    committee: CommitteeSpec
    units: tuple[UnitSpec, ...]
    areas: tuple[AreaSpec, ...]
    categories: tuple[CategorySpec, ...]
    campaigns: tuple[CampaignSpec, ...] = ()
    work_rules: str = ""

    @property
    def departments(self) -> tuple[UnitSpec, ...]:
        return tuple(unit for unit in self.units if unit.kind == "department")

    @property
    def groups(self) -> tuple[UnitSpec, ...]:
        """The committees and groups that members belong to."""
        return tuple(unit for unit in self.units if unit.kind not in ("office", "department"))

    @cached_property
    def unit_by_key(self) -> Mapping[str, UnitSpec]:
        return {unit.key: unit for unit in self.units}

    @cached_property
    def area_by_code(self) -> Mapping[str, AreaSpec]:
        return {area.code: area for area in self.areas}

    @cached_property
    def category_by_code(self) -> Mapping[str, CategorySpec]:
        return {category.code: category for category in self.categories}


@dataclass(frozen=True)
class _Township:
    __pydantic_config__ = _CLOSED

    code: Key
    name: Short
    communities: dict[Key, Short]


@dataclass(frozen=True)
class _District:
    __pydantic_config__ = _CLOSED

    code: Key
    name: Short
    townships: list[_Township]


@dataclass(frozen=True)
class _PresetFile:
    __pydantic_config__ = _CLOSED

    committee: CommitteeSpec
    units: list[UnitSpec]
    areas: _District
    categories: str
    campaigns: list[CampaignSpec] = field(default_factory=list)
    work_rules: str = ""


@dataclass(frozen=True)
class _CategoryGroup:
    __pydantic_config__ = _CLOSED

    code: Key
    name: Short
    department: Key
    leaves: dict[Key, Short]
    departments: dict[Key, Key] = field(default_factory=dict)


@dataclass(frozen=True)
class _Topic:
    __pydantic_config__ = _CLOSED

    code: Key
    name: Short
    groups: list[_CategoryGroup]


@dataclass(frozen=True)
class _CategoryFile:
    __pydantic_config__ = _CLOSED

    topics: list[_Topic]


def names() -> tuple[str, ...]:
    """The presets there are: files that describe a committee."""
    return tuple(sorted(path.stem for path in HOME.glob("*.toml") if path.stem != "categories"))


def load(name: str) -> Preset:
    """One preset, whole and checked, or PresetError with the file and field at fault."""
    if name not in names():
        raise PresetError(f"没有名为 {name} 的预设，可用的有：{'、'.join(names())}")
    return load_file(HOME / f"{name}.toml")


def load_file(path: Path) -> Preset:
    """A preset kept anywhere; its category file, and its rules of work if it has any, lie beside it."""
    given = _read(path, _PresetFile)
    category_path = path.parent / given.categories
    topics = _read(category_path, _CategoryFile).topics
    units = tuple(given.units)
    areas = tuple(_areas(given.areas))
    _check_units(path, units, {area.code for area in areas})
    _check_unique(path, "areas", (area.code for area in areas))
    departments = {unit.key for unit in units if unit.kind == "department"}
    categories = tuple(_categories(category_path, topics, departments))
    _check_unique(category_path, "topics", (category.code for category in categories))
    text = _text(path.parent / given.work_rules) if given.work_rules else ""
    return Preset(path.stem, given.committee, units, areas, categories, tuple(given.campaigns), text)


def read_toml(path: Path, schema: type[T]) -> T:
    """A data file as typed objects; ValidationError names the fields at fault."""
    return TypeAdapter(schema).validate_python(tomllib.loads(path.read_text(encoding="utf-8-sig")))


def _read(path: Path, schema: type[T]) -> T:
    try:
        return read_toml(path, schema)
    except ValidationError as faults:
        raise PresetError("\n".join(_sentences(path, faults))) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise PresetError(f"{path.name}：读不出来（{fault}）") from None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise PresetError(f"{path.name}：读不出来（{fault}）") from None


def _sentences(path: Path, faults: ValidationError) -> Iterator[str]:
    for fault in faults.errors(include_url=False):
        where = ".".join(str(part) for part in fault["loc"]) or "整个文件"
        yield f"{path.name}：{where}：{_WORDS.get(fault['type'], fault['msg'])}"


_WORDS: Final[Mapping[str, str]] = {
    "missing": "缺少这一项",
    "missing_argument": "缺少这一项",
    "unexpected_keyword_argument": "没有这个字段，请检查拼写",
    "extra_forbidden": "没有这个字段，请检查拼写",
    "string_pattern_mismatch": "写法不对",
    "string_too_short": "不能为空",
    "string_too_long": "太长了",
    "literal_error": "不是可用的值",
}


def _areas(district: _District) -> Iterator[AreaSpec]:
    yield AreaSpec(district.code, district.name, district.name, "district", None)
    for town in district.townships:
        town_name = district.name + town.name
        yield AreaSpec(town.code, town.name, town_name, "township", district.code)
        for key, name in town.communities.items():
            yield AreaSpec(f"{town.code}.{key}", name, town_name + name, "community", town.code)


def _categories(path: Path, topics: Iterable[_Topic], departments: set[str]) -> Iterator[CategorySpec]:
    for topic in topics:
        yield CategorySpec(topic.code, topic.name, topic.name, 1, None, "")
        for group in topic.groups:
            _check_overrides(path, group)
            group_name = f"{topic.name}/{group.name}"
            hint = _known(group.department, departments)
            yield CategorySpec(group.code, group.name, group_name, 2, topic.code, hint)
            for key, name in group.leaves.items():
                hint = _known(group.departments.get(key, group.department), departments)
                full_name = f"{group_name}/{name}"
                yield CategorySpec(f"{group.code}.{key}", name, full_name, 3, group.code, hint)


def _known(department: str, departments: set[str]) -> str:
    return department if department in departments else ""


def _check_overrides(path: Path, group: _CategoryGroup) -> None:
    for key in group.departments.keys() - group.leaves.keys():
        raise PresetError(f"{path.name}：topics.{group.code}.departments.{key}：没有这个末级分类")


def _check_units(path: Path, units: tuple[UnitSpec, ...], areas: set[str]) -> None:
    _check_unique(path, "units", (unit.key for unit in units))
    seen: set[str] = set()
    for unit in units:
        if unit.parent is not None and unit.parent not in seen:
            raise PresetError(f"{path.name}：units.{unit.key}.parent：上级 {unit.parent} 没有写在它前面")
        if unit.area is not None and unit.area not in areas:
            raise PresetError(f"{path.name}：units.{unit.key}.area：没有编码为 {unit.area} 的区划")
        seen.add(unit.key)
    if [unit.kind for unit in units].count("office") != 1:
        raise PresetError(f'{path.name}：units：应当有且只有一个办公室（kind = "office"）')


def _check_unique(path: Path, table: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise PresetError(f"{path.name}：{table}：编码 {code} 重复")
        if len(code) > CODE_LENGTH and table != "units":
            raise PresetError(f"{path.name}：{table}：编码 {code} 超过 {CODE_LENGTH} 个字符")
        seen.add(code)
