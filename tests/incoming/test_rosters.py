"""A roster's words become codes; what could mean two things means none."""

import pytest

from tracker.errors import Invalid
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
