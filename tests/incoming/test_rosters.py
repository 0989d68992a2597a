"""A roster's words become codes; what could mean two things means none."""

import pytest

from tracker.errors import FieldError, Invalid
from tracker.incoming import rosters
from tracker.incoming.forms.result import FileRead, Form


def _read(region_word: str = "区", **fields: str) -> rosters.RosterRow:
    given = {"name": "周敏", "unit": "group", "role": ""} | fields
    file = FileRead("a.csv", "roster", (), [Form(given, dict.fromkeys(given, 1.0), (), "2")])
    return rosters.read([file], region_word=region_word)[0].row


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("", "member"),
        ("委员", "member"),
        ("组联络员", "secretary"),
        ("副主席", "leader"),
        ("handler", "handler"),
    ],
)
def test_a_role_is_known_by_its_words_or_its_code(word: str, role: str) -> None:
    assert _read(role=word).role == role


@pytest.mark.parametrize(
    ("region_word", "word", "level"),
    [
        ("区", "区级", "county"),
        ("区", "市级", "prefecture_resident"),
        ("市", "本级", "county"),
        ("市", "盐城市住东委员", "prefecture_resident"),
        ("市", "county", "county"),
    ],
)
def test_a_level_is_read_in_the_words_of_the_place(region_word: str, word: str, level: str) -> None:
    assert _read(region_word, level=word).level == level


def test_in_a_city_the_word_city_says_nothing() -> None:
    with pytest.raises(Invalid) as refused:
        _read("市", level="市级")
    assert [fault.field for fault in refused.value.errors] == ["2.level"]


def test_a_file_without_people_is_no_roster() -> None:
    for file in (FileRead("a.csv"), FileRead("a.csv", "register"), FileRead("a.csv", "roster")):
        with pytest.raises(Invalid) as refused:
            rosters.read([file], region_word="区")
        assert refused.value.errors[0].field == "file"


@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("", None),
        ("无", []),
        ("社区干部", ["community_cadre"]),
        ("行业骨干、社区干部", ["community_cadre", "professional"]),
        ("基层领导，基层干部", ["local_leader"]),
        ("professional", ["professional"]),
    ],
)
def test_why_somebody_is_a_bridge_is_read_in_words(cell: str, kinds: list[str] | None) -> None:
    assert _read(bridges=cell).bridges == kinds


@pytest.mark.requirement("S1-21")
def test_an_unknown_bridge_is_refused_with_the_words_there_are() -> None:
    with pytest.raises(Invalid) as refused:
        _read(bridges="社区干部、国王")
    (fault,) = refused.value.errors
    assert (fault.field, fault.params) == ("2.bridges", {"words": "社区干部、基层领导、行业骨干"})


def _refused(*forms: Form, region_word: str = "区") -> list[str]:
    with pytest.raises(Invalid) as refused:
        rosters.read([FileRead("a.csv", "roster", (), forms)], region_word=region_word)
    return [fault.field for fault in refused.value.errors]


def _form(place: str, sure: float = 1.0, **fields: str) -> Form:
    given = {"name": "周敏", "unit": "教育组", "role": ""} | fields
    return Form(given, dict.fromkeys(given, sure), (), place)


def test_one_faulty_row_stops_the_whole_list_and_every_fault_is_told() -> None:
    rows = [
        _form("2"),
        _form("3", role="国王", level="天"),
        _form("4", login="周"),
        _form("表!5", email="a@b@c"),
    ]
    assert _refused(*rows) == ["3.role", "3.level", "4.login", "表!5.email"]


@pytest.mark.parametrize(("sure", "taken"), [(0.44, False), (0.45, True), (0.5, True)])
def test_a_cell_in_which_the_reader_saw_several_people_is_none(sure: float, *, taken: bool) -> None:
    if taken:
        file = FileRead("a.csv", "roster", (), [_form("2", sure)])
        assert rosters.read([file], region_word="区")[0].row.name == "周敏"
    else:
        assert _refused(_form("2", sure)) == ["2.name"]


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("name", "名" * 60, True),
        ("name", "名" * 61, False),
        ("login", "zm", True),
        ("login", "z", False),
        ("login", "z" * 64, True),
        ("login", "z" * 65, False),
        ("login", "zhou min", False),
        ("login", "Zhou.Min_2-a", True),
        ("unit", "组" * 80, True),
        ("unit", "组" * 81, False),
        ("title", "主" * 60, True),
        ("title", "主" * 61, False),
        ("email", "zm@example.test", True),
        ("email", "zm@a,b@c", False),
        ("email", "周敏 <zm@example.test>", False),
        ("bridges", "无、社区干部", True),
        ("bridges", "无业", False),
    ],
)
def test_each_cell_of_a_row_fits_where_it_goes(field: str, value: str, *, taken: bool) -> None:
    row = _form("2", **{field: value})
    if taken:
        assert rosters.read([FileRead("a.csv", "roster", (), [row])], region_word="区")
    else:
        assert _refused(row) == [f"2.{field}"]


@pytest.mark.parametrize(
    ("region_word", "word", "level"),
    [
        ("区", "驻区市政协委员", "prefecture_resident"),
        ("县", "市", "prefecture_resident"),
        ("县", "县级", "county"),
        ("市", "本市", "county"),
        ("市", "设区市级", "prefecture_resident"),
        ("区", "", None),
    ],
)
def test_a_level_in_other_words(region_word: str, word: str, level: str | None) -> None:
    assert _read(region_word, level=word).level == level


@pytest.mark.parametrize("word", ["市", "市级", "省级", "一级"])
def test_a_level_that_says_nothing_in_a_city_is_asked_for(word: str) -> None:
    assert _refused(_form("2", level=word), region_word="市") == ["2.level"]


def test_several_files_are_one_list_and_one_that_is_no_roster_is_told_by_its_own_problems() -> None:
    good = FileRead("a.csv", "roster", (), [_form("2"), _form("3", name="吴国栋")])
    more = FileRead("b.csv", "roster", (), [_form("2", name="郑晓燕")])
    entries = rosters.read([good, more], region_word="区")
    assert [(entry.place, entry.row.name) for entry in entries] == [
        ("2", "周敏"),
        ("3", "吴国栋"),
        ("2", "郑晓燕"),
    ]
    told = FieldError("file", "文件是空的")
    with pytest.raises(Invalid) as refused:
        rosters.read([good, FileRead("c.csv", problems=[told])], region_word="区")
    assert refused.value.errors == [told]


def test_a_fault_found_later_is_told_with_the_place_of_its_row() -> None:
    (entry,) = rosters.read([FileRead("a.csv", "roster", (), [_form("表!7")])], region_word="区")
    fault = entry.fault("unit", "没有“%(name)s”这个单位", name="教育组")
    assert (fault.field, str(fault)) == ("表!7.unit", "没有“教育组”这个单位")


def test_words_of_a_bridge_are_parted_however_an_office_parts_them() -> None:
    assert _read(bridges="社区干部/行业骨干；村干部 基层干部").bridges == [
        "community_cadre",
        "local_leader",
        "professional",
    ]
