"""How a text goes into print: names become 某某, doors and numbers go (T45)."""

import pytest

from tracker.rules import publishing, redaction

pytestmark = pytest.mark.requirement("T45")


def printed(text: str) -> str:
    return publishing.in_print(text, _hits(text))


def _hits(text: str) -> list[redaction.Hit]:
    return redaction.find(text, ["欧阳桂兰"], ["云林苑12号楼3单元401室"], ["13912342186"])


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("欧阳桂兰说路灯不亮。", "欧阳某某说路灯不亮。"),
        ("请打13912342186联系。", "请打（略）联系。"),
        ("家住云林苑12号楼3单元401室。", "家住某处。"),
        ("已联系〔电话〕的住户。", "已联系（略）的住户。"),
        ("路灯修好了。", "路灯修好了。"),
        ("欧阳桂兰（13912342186）说。", "欧阳某某说。"),
        ("她（13912342186，云林苑12号楼3单元401室）说（昨天）。", "她说（昨天）。"),
    ],
)
def test_what_tells_somebody_is_replaced(told: str, read: str) -> None:
    assert printed(told) == read


def test_what_was_printed_once_is_not_found_again() -> None:
    text = printed("欧阳桂兰（13912342186，云林苑12号楼3单元401室）反映，欧阳阿姨摔倒过。")
    assert publishing.refused(_hits(text)) == []
    assert printed(text) == text


def test_a_name_in_clear_is_refused() -> None:
    assert [hit.kind for hit in publishing.refused(_hits("欧阳桂兰来电13912342186"))] == ["name", "phone"]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("张秀英说路灯不亮，李卫国（13800000000）也来过。", ["张秀英", "李卫国"]),
        ("张某某说路灯不亮，大家都说好。", []),
        ("街道安排人员上门，物业反映需要资金。", []),
    ],
)
def test_what_only_reads_like_a_name_is_marked_and_not_refused(told: str, names: list[str]) -> None:
    assert [hit.text for hit in publishing.suspects(told)] == names


@pytest.mark.requirement("S1-32")
@pytest.mark.parametrize(
    "text",
    [
        "找吴委员13912342186",
        "电话：0510-88201234",
        "微信号 wxid_haiyan66",
        "haiyan@example.test",
        "一三九一二三四二一八六",
    ],
)
def test_a_text_that_leads_to_somebody_is_noticed(text: str) -> None:
    assert publishing.leads_to_somebody(text)


@pytest.mark.requirement("S1-32")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "每月10日、20日",
        "上午9:00—11:30",
        "春江路12号社区服务中心2楼203室",
        "吴海燕委员工作室",
        "2026年11月25日星期三",
    ],
)
def test_places_days_and_hours_lead_to_nobody(text: str) -> None:
    assert not publishing.leads_to_somebody(text)


@pytest.mark.parametrize("told", ["春江路12号的住户", "苏B·12345停在楼下", "12号楼3单元"])
def test_a_door_or_a_plate_alone_is_left_to_the_one_who_confirms(told: str) -> None:
    hits = _hits(told)
    assert hits and publishing.refused(hits) == []


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("证号320205196501011233", "id"),
        ("写信到haiyan@example.test", "mail"),
        ("微信号 wxid_haiyan66", "account"),
        ("卡号6222021103023456789", "card"),
        ("家住云林苑12号楼3单元401室", "address"),
    ],
)
def test_what_leads_to_one_person_is_refused_whatever_it_is(told: str, kind: str) -> None:
    assert kind in [hit.kind for hit in publishing.refused(_hits(told))]
