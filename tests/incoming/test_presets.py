"""The built-in organisations are whole, and a broken one says where it is broken."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tracker.incoming import presets
from tracker.incoming.presets import Preset, PresetError
from tracker.models import Area, Category, Committee, OrgUnit

NAMES = ("dongtai", "plain", "xishan")


@pytest.fixture(params=NAMES)
def preset(request: pytest.FixtureRequest) -> Preset:
    return presets.load(request.param)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A preset of one's own to spoil."""
    for name in ("plain.toml", "categories.toml"):
        (tmp_path / name).write_text((presets.HOME / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path / "plain.toml"


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_there_are_three_presets() -> None:
    assert presets.names() == NAMES


def test_the_two_committees_have_twenty_departments_and_twelve_groups() -> None:
    both = [presets.load("xishan"), presets.load("dongtai")]
    assert sum(len(preset.departments) for preset in both) == 20
    assert sum(len(preset.groups) for preset in both) == 12


@pytest.mark.requirement("S1-01")
def test_xishan_has_committees_working_committees_and_sector_groups() -> None:
    kinds = Counter(unit.kind for unit in presets.load("xishan").groups)
    assert set(kinds) == {"special_committee", "working_committee", "sector_group"}


@pytest.mark.requirement("S2-01")
def test_dongtai_has_city_groups_and_township_groups() -> None:
    kinds = Counter(unit.kind for unit in presets.load("dongtai").groups)
    assert {"city_group", "township_group"} < set(kinds)


@pytest.mark.requirement("S2-03")
def test_only_dongtai_has_circles() -> None:
    assert [presets.load(name).committee.has_circles for name in NAMES] == [True, False, False]


@pytest.mark.requirement("S1-37")
def test_the_top_of_the_categories_are_the_four_topics(preset: Preset) -> None:
    tops = [entry.name for entry in preset.categories if entry.level == 1]
    assert tops == ["经济发展", "城乡建设", "社会民生", "生态保护"]


def test_the_categories_have_three_levels_of_four_six_and_five(preset: Preset) -> None:
    levels = Counter(entry.level for entry in preset.categories)
    assert levels == {1: 4, 2: 24, 3: 120}


def test_every_parent_stands_before_its_children(preset: Preset) -> None:
    for rows in (preset.areas, preset.categories):
        seen: set[str | None] = {None}
        for row in rows:
            assert row.parent in seen
            seen.add(row.code)


@pytest.mark.parametrize("name, towns", [("xishan", 9), ("dongtai", 14)])
def test_a_district_has_its_townships_with_some_four_communities_each(name: str, towns: int) -> None:
    areas = presets.load(name).areas
    assert [area.kind for area in areas].count("district") == 1
    assert [area.kind for area in areas].count("township") == towns
    communities = Counter(area.parent for area in areas if area.kind == "community")
    assert len(communities) == towns
    assert set(communities.values()) <= {4, 5}


def test_the_default_departments_are_departments(preset: Preset) -> None:
    departments = {unit.key for unit in preset.departments}
    hints = {entry.default_unit for entry in preset.categories} - {""}
    assert hints
    assert hints <= departments


def test_every_department_named_in_the_categories_is_one_of_the_plain_preset() -> None:
    tree = tomllib.loads((presets.HOME / "categories.toml").read_text(encoding="utf-8"))
    groups = [group for topic in tree["topics"] for group in topic["groups"]]
    named = {group["department"] for group in groups}
    named |= {key for group in groups for key in group.get("departments", {}).values()}
    assert named <= {unit.key for unit in presets.load("plain").departments}


def test_a_category_with_a_department_of_its_own_goes_there_and_its_neighbours_do_not() -> None:
    hints = {code: found.default_unit for code, found in presets.load("plain").category_by_code.items()}
    assert hints["roads.bridges"] == "transport"
    assert hints["roads"] != "transport"
    assert {unit for code, unit in hints.items() if code.startswith("roads.")} == {
        "transport",
        hints["roads"],
    }


def test_a_committee_without_a_department_gets_no_hint() -> None:
    assert presets.load("xishan").category_by_code["farming.pests"].default_unit == ""
    assert presets.load("dongtai").category_by_code["farming.pests"].default_unit == "agriculture"


def test_prefixes_are_told_apart_across_presets() -> None:
    committees = [presets.load(name).committee for name in NAMES]
    for field in ("code", "name", "case_prefix", "letter_prefix"):
        assert len({getattr(committee, field) for committee in committees}) == len(NAMES)


def test_the_letterhead_is_a_name_without_the_word_for_document(preset: Preset) -> None:
    assert preset.committee.issuer_mark.startswith("中国人民政治协商会议")
    assert "文件" not in preset.committee.issuer_mark


def test_what_a_preset_holds_fits_the_columns_it_goes_to(preset: Preset) -> None:
    committee = preset.committee
    for field in ("code", "name", "full_name", "issuer_mark", "case_prefix", "letter_prefix", "office_phone"):
        assert len(getattr(committee, field)) <= Committee.__table__.c[field].type.length
    for unit in preset.units:
        assert len(unit.key) <= OrgUnit.__table__.c.key.type.length
        assert len(unit.name) <= OrgUnit.__table__.c.name.type.length
    for area in preset.areas:
        assert len(area.code) <= Area.__table__.c.code.type.length
        assert len(area.full_name) <= Area.__table__.c.full_name.type.length
    for entry in preset.categories:
        assert len(entry.code) <= Category.__table__.c.code.type.length
        assert len(entry.full_name) <= Category.__table__.c.full_name.type.length


def test_an_unknown_preset_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PresetError, match=r"没有名为 wuxi 的预设.*xishan"):
        presets.load("wuxi")


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('letter_prefix = "示政协办函"\n', "", "committee.letter_prefix：缺少这一项"),
        ("case_prefix", "case_prefx", "committee.case_prefx：没有这个字段"),
        ('case_prefix = "ZX"', 'case_prefix = "zx-1"', "committee.case_prefix：写法不对"),
        ('case_prefix = "ZX"', 'case_prefix = "ZXBCDEF"', "committee.case_prefix：写法不对"),
        ("示政协办函", "示范区政协委员会办公室公函", "committee.letter_prefix：写法不对"),
        ('kind = "sector_group"', 'kind = "club"', "units.3.kind：不是可用的值"),
        ('key = "transport"', 'key = "housing"', "units：编码 housing 重复"),
        ('kind = "sector_group"', 'kind = "sector_group"\nparent = "nobody"', "units.first_sector.parent"),
        ('kind = "sector_group"', 'kind = "sector_group"\narea = "moon"', "units.first_sector.area"),
        ('kind = "office"', 'kind = "department"', "units：应当有且只有一个办公室"),
        ('kind = "sector_group"', 'kind = "office"', "units：应当有且只有一个办公室"),
        ('code = "rural"', 'code = "town"', "areas：编码 town 重复"),
        ("has_circles = false", "has_circles = ", "plain.toml：读不出来"),
        ('categories = "categories.toml"', 'categories = "none.toml"', "none.toml：读不出来"),
    ],
)
def test_a_fault_is_told_with_its_file_and_field(copy: Path, old: str, new: str, says: str) -> None:
    spoil(copy, old, new)
    with pytest.raises(PresetError) as refusal:
        presets.load_file(copy)
    assert says in refusal.value.message
    assert ".toml：" in refusal.value.message


@pytest.mark.parametrize(
    "old, new, says",
    [
        (
            'departments = { bridges = "transport" }',
            'departments = { bridge = "transport" }',
            "roads.departments.bridge",
        ),
        ('code = "jobs"', 'code = "business"', "topics：编码 business 重复"),
        ("policy =", "policy_of_a_very_long_name =", "超过 24 个字符"),
    ],
)
def test_a_fault_in_the_categories_is_told_too(copy: Path, old: str, new: str, says: str) -> None:
    spoil(copy.parent / "categories.toml", old, new)
    with pytest.raises(PresetError) as refusal:
        presets.load_file(copy)
    assert says in refusal.value.message
    assert refusal.value.message.startswith("categories.toml：")


def test_all_faults_of_a_file_are_told_at_once(copy: Path) -> None:
    spoil(copy, 'name = "示范区政协"', 'name = ""')
    spoil(copy, 'office_postcode = "214000"', 'office_postcode = "21"')
    with pytest.raises(PresetError) as refusal:
        presets.load_file(copy)
    assert refusal.value.message.count("plain.toml：committee.") == 2


@pytest.mark.requirement("S1-43")
def test_rules_of_work_that_are_not_there_are_named(copy: Path) -> None:
    spoil(copy, 'categories = "categories.toml"', 'categories = "categories.toml"\nwork_rules = "none.txt"')
    with pytest.raises(PresetError, match=r"none\.txt：读不出来"):
        presets.load_file(copy)


@pytest.mark.requirement("S1-43")
def test_rules_of_work_lie_beside_their_preset(copy: Path) -> None:
    spoil(copy, 'categories = "categories.toml"', 'categories = "categories.toml"\nwork_rules = "own.txt"')
    (copy.parent / "own.txt").write_text("\n一、受理登记\n当天登记。\n\n", "utf-8")
    assert presets.load_file(copy).work_rules == "一、受理登记\n当天登记。"
