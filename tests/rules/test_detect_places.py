"""What leads to one door, and what is only a number beside a noun."""

import pytest

from tracker.rules.detect_places import address_forms, find_addresses, find_houses

OWN = "锡山区东亭街道云林苑12号楼3单元401室"


def houses(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_houses(text)]


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("住5号楼", "5号楼"),
        ("在3号院", "3号院"),
        ("12栋302有人", "12栋302"),
        ("12幢3单元漏水", "12幢3单元"),
        ("云林苑3-2-501漏水", "3-2-501"),
        ("东亭中路99弄5号", "99弄5号"),
        ("长江路附12号", "附12号"),
        ("红星村五组", "五组"),
        ("春江小区 7号", "7号"),
        ("A栋漏水", "A栋"),
        ("502室漏水", "502室"),
        ("十二幢二单元", "十二幢二单元"),
    ],
)
def test_what_leads_to_a_door_is_found(text: str, house: str) -> None:
    assert houses(text) == [house]


@pytest.mark.parametrize(
    "text",
    [
        "地铁2号线",
        "长江路12号线",
        "1号公告",
        "2号台风",
        "10号文",
        "3号提案组",
        "两室一厅",
        "2室1厅",
        "三楼会议室",
        "共8幢",
        "约有20户",
        "第3单元测验",
        "本月12号",
        "东亭街道12号文件",
        "A座大厦",
        "101路公交",
        "改造5号楼以外的",
        "3-2-501",
    ],
)
def test_a_number_beside_a_noun_is_not(text: str) -> None:
    assert houses(text) == []


@pytest.mark.parametrize("after", ["年", "月", "元", "米", "平方", "盏"])
def test_a_quantity_behind_a_building_is_no_room(after: str) -> None:
    assert houses(f"12号楼401{after}") == ["12号楼"]


def test_each_door_of_a_list_is_found() -> None:
    assert houses("5号楼、8号楼和12栋302") == ["5号楼、8号楼", "12栋302"]


@pytest.mark.parametrize(
    "told",
    [OWN, "东亭街道云林苑12号楼3单元401室", "云林苑12号楼3单元401室", "云林苑 12号楼 3单元-401室"],
)
def test_the_records_own_address_is_found_from_any_of_its_beginnings(told: str) -> None:
    text = f"我住{told}，"
    assert text[2:-1] in [text[span.start : span.end] for span in find_addresses(text, (OWN,))]


def test_a_part_that_names_no_house_is_not_looked_for() -> None:
    assert address_forms("锡山区东亭街道云林社区") == {"锡山区东亭街道云林社区"}


@pytest.mark.parametrize("address", ["", "   ", "路", "12号"])
def test_an_address_too_short_to_be_one_is_not_looked_for(address: str) -> None:
    assert address_forms(address) == set()
    assert list(find_addresses("春江路12号", (address,))) == []


def test_blanks_in_the_record_do_not_matter() -> None:
    assert address_forms(" 云林苑 12号楼 ") == {"云林苑12号楼"}


def test_an_endless_address_is_looked_for_by_its_beginning() -> None:
    assert max(map(len, address_forms("云林苑12号楼" + "旁" * 500))) <= 60
