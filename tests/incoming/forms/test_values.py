"""Dates, names, matters, circles and figures, in the ways people write them."""

from datetime import date

import pytest

from tracker.incoming.forms import dates, values
from tracker.incoming.forms.dates import Occasion

TODAY = date(2026, 11, 22)
CAMPAIGN = Occasion(TODAY, year=2017)


@pytest.mark.parametrize(
    "text",
    [
        "2017年7月15日", "2017.7.15", "2017-07-15", "2017/7/15", "20170715", "2017 年 7 月 15 号",
        "17.7.15", "７月１５日", "7月15日", "7.15", "7/15", "二〇一七年七月十五日", "七月十五日上午",
        "2 0 1 7 . 7 . 1 5", "7/15/2017", "2017年7月15日（星期六）下午3时", "2017、7、15",
        "日期：2017年7月15日",
    ],
)  # fmt: skip
def test_a_day_is_known_however_it_is_written(text: str) -> None:
    found = dates.read(text, None, CAMPAIGN)
    assert (found.day, found.doubt) == (date(2017, 7, 15), None)
    assert found.sure >= 0.8


def test_a_spreadsheet_s_number_is_a_day() -> None:
    for text, value in (("43296", None), ("43296", 43296.0), ("2018-07-15", date(2018, 7, 15))):
        assert dates.read(text, value, Occasion(TODAY)).day == date(2018, 7, 15)


def test_a_number_may_have_lost_its_last_nought() -> None:
    assert dates.read("7.15", 7.15, CAMPAIGN).sure > 0.6
    assert dates.read("7.1", 7.1, CAMPAIGN).sure < 0.6


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7月15日-16日", date(2017, 7, 15)),
        ("2017年7月15日至7月18日", date(2017, 7, 15)),
        ("2016年7月15日", date(2016, 7, 15)),
        ("2027年1月1日", date(2027, 1, 1)),
        ("2017年2月30日", None),
        ("2017年7月", None),
        ("上周三", None),
    ],
)
def test_a_day_somebody_should_look_at_is_doubted(text: str, day: date | None) -> None:
    found = dates.read(text, None, CAMPAIGN)
    assert found.day == day and found.doubt and found.sure < 0.6


def test_without_a_campaign_a_day_is_the_last_such_day_there_was() -> None:
    assert dates.read("7月15日", None, Occasion(TODAY)).day == date(2026, 7, 15)
    assert dates.read("12月15日", None, Occasion(TODAY)).day == date(2025, 12, 15)
    assert dates.read("7月15日", None, Occasion(TODAY)).sure < 0.6


def test_a_campaign_over_new_year_gives_each_day_its_year() -> None:
    winter = Occasion(TODAY, starts_on=date(2025, 11, 1), ends_on=date(2026, 2, 28))
    assert dates.read("12月3日", None, winter).day == date(2025, 12, 3)
    assert dates.read("1月3日", None, winter).day == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("周敏、吴国栋", ["周敏", "吴国栋"]),
        ("周敏 吴国栋", ["周敏", "吴国栋"]),
        ("周　敏", ["周敏"]),
        ("周 敏 吴国栋", ["周敏", "吴国栋"]),
        ("吴国栋 周 敏", ["吴国栋", "周敏"]),
        ("郑 晓 燕", ["郑晓燕"]),
        ("周敏（组长），吴国栋", ["周敏", "吴国栋"]),
        ("周敏委员", ["周敏"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("__周敏__", ["周敏"]),
        ("周敏\n吴国栋", ["周敏", "吴国栋"]),
    ],
)
def test_people_are_told_apart(text: str, names: list[str]) -> None:
    assert values.names(text).names == names
    assert values.names(text).sure >= 0.6


def test_an_odd_list_of_people_is_doubted() -> None:
    assert values.names("周 敏 " * 50_000).sure < 0.6
    assert values.names("周敏等5人") == (["周敏"], 0.5)
    assert values.names("全体驻村干部和部分委员").sure < 0.6


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("1、修路灯；2、清河道。", ["修路灯", "清河道。"]),
        ("1.修1.5公里路\n2.修桥", ["修1.5公里路", "修桥"]),
        ("（1）修路灯（2）清河道", ["修路灯（2）清河道"]),
        ("（1）修路灯。（2）清河道", ["修路灯。", "清河道"]),
        ("①修路灯②清河道", ["修路灯", "清河道"]),
        ("一、修路灯。\n1. 东边；2. 西边\n二、清河道", ["修路灯。\n1. 东边；2. 西边", "清河道"]),
        ("一是修路灯；二是清河道", ["修路灯", "清河道"]),
        ("主要有：1、修路灯 2、清河道", ["修路灯", "清河道"]),
        ("1、修路灯，2、清河道", ["修路灯", "清河道"]),
        ("• 修路灯\n• 清河道", ["修路灯", "清河道"]),
        ("1、只有一件", ["只有一件"]),
        ("2号楼漏水", ["2号楼漏水"]),
        ("买1、2、3号楼的灯", ["买1、2、3号楼的灯"]),
        ("1、无\n2、/", []),
    ],
)
def test_numbered_matters_are_separate_matters(text: str, matters: list[str]) -> None:
    assert values.items(text).items == matters


@pytest.mark.parametrize(
    "text", ["无", "/", "／", "—", "——", "-", "无。", "暂无", "没有", "　", "", "N/A", "无其他"]
)
def test_the_ways_to_say_none(text: str) -> None:
    assert values.is_none(text) and values.items(text).items == []


def test_a_preface_to_matters_is_kept_and_doubted() -> None:
    text = "村里人多地少，这些年年轻人都在外面打工，留下的多是老人和孩子。1、修路灯；2、清河道"
    assert len(values.items(text).items) == 3 and values.items(text).sure < 0.6


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("生活圈", "living"),
        ("界 别", None),
        ("☑界别圈 □生活圈 □朋友圈", "sector"),
        ("界别圈□ 生活圈□ 朋友圈☑", "friends"),
        ("界别圈（ ）生活圈（√）朋友圈（ ）", "living"),
        ("生活圈、朋友圈", None),
    ],
)
def test_a_circle_is_the_word_or_the_ticked_box(text: str, code: str | None) -> None:
    assert values.circle(text) == code


def test_figures_and_texts_with_the_blanks_of_a_scan() -> None:
    figures = [values.figure(text) for text in ("12", "１２人", "十二", "/", "12.0", "很多")]
    assert figures == [12, 12, 12, 0, 12, None]
    assert values.line("安 丰 镇 5 0 2 室") == "安丰镇502室"
    assert values.line("周大爷 李阿姨") == "周大爷 李阿姨"
    assert values.tidy("第一行　\r\n\n 第二行") == "第一行\n第二行"
