"""Matters, names, figures and circles at their edges: what belongs together stays together."""

import pytest

from tracker.incoming.forms import values

HANS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


@pytest.mark.parametrize(
    ("text", "matters"),
    [
        ("第一，修路灯；第二，清河道", ["修路灯", "清河道"]),
        ("（一）修路灯\n（二）清河道", ["修路灯", "清河道"]),
        ("1）修路灯 2）清河道", ["修路灯", "清河道"]),
        ("1．修路灯\n3．清河道", ["修路灯\n3．清河道"]),
        ("①、修路灯②、清河道", ["修路灯", "清河道"]),
        ("● 修路灯", ["● 修路灯"]),
        ("- 修路灯", ["- 修路灯"]),
        ("1、修路灯\n2、无\n3、清河道", ["修路灯", "清河道"]),
        ("需要：1、修路灯", ["需要：1、修路灯"]),
        ("一是修路灯", ["一是修路灯"]),
        ("修路灯3盏，约需2.5万元", ["修路灯3盏，约需2.5万元"]),
        ("1.5公里路要修", ["1.5公里路要修"]),
    ],
)
def test_only_what_is_counted_from_one_is_parted(text: str, matters: list[str]) -> None:
    assert values.items(text).items == matters


def test_fifteen_matters_in_characters_are_counted_to_the_end() -> None:
    text = "；".join(f"{figure}、第{n}件" for n, figure in enumerate(HANS, 1))
    assert values.items(text).items == [f"第{n}件" for n in range(1, 16)]


def test_twenty_matters_in_circles_are_counted_to_the_end() -> None:
    text = "".join(f"{figure}第{n}件" for n, figure in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1))
    assert len(values.items(text).items) == 20


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("1、修路灯；2、清河道", 0.95),
        ("主要有：1、修路灯 2、清河道", 0.85),
        ("长" * 21 + "：1、修路灯 2、清河道", 0.5),
    ],
)
def test_a_short_word_that_leads_in_is_dropped_and_a_long_one_kept(text: str, sure: float) -> None:
    found = values.items(text)
    assert (found.sure, len(found.items)) == (sure, 3 if sure < 0.6 else 2)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("无", True),
        ("无、", True),
        ("（无）", True),
        ("没有困难", True),
        ("暂无。", True),
        ("X", True),
        ("×", True),
        ("NONE", True),
        ("＿＿＿", True),
        ("……", False),
        ("无人管理的路灯", False),
        ("没有路灯", False),
        ("0", False),
        ("无" * 21, False),
    ],
)
def test_none_is_said_in_few_words_and_a_matter_may_begin_like_it(text: str, *, none: bool) -> None:
    assert values.is_none(text) is none


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("0", 0),
        ("无", 0),
        ("12 人次", 12),
        ("3份", 3),
        ("１２００", 1200),
        ("十五", 15),
        ("十六", None),
        ("12.00", 12),
        ("12.5", None),
        ("约12", None),
        ("-3", None),
        ("1,200", None),
        ("9999999", 9_999_999),
        ("12345678", None),
        ("一", 1),
        ("二十", None),
        ("⑫", 12),
        ("", 0),
        ("9" * 5000, None),
        ("٣", 3),
        ("፩", None),
        ("²", 2),
    ],
)
def test_a_figure_is_whole_and_plain(text: str, figure: int | None) -> None:
    assert values.figure(text) == figure


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("界别圈", "sector"),
        ("朋友圈子", "friends"),
        ("□界别圈 ☑生活圈 □朋友圈", "living"),
        ("□界别圈 □生活圈 ■朋友圈", "friends"),
        ("☑界别圈 ☑生活圈 □朋友圈", None),
        ("□界别圈 □生活圈 □朋友圈", None),
        ("界别圈√ 生活圈 朋友圈", "sector"),
        ("界别（√）生活（）朋友（）", "sector"),
        ("[√]界别圈 [ ]生活圈", "sector"),
        ("（√）界别圈（ ）生活圈（ ）朋友圈", "sector"),
        ("（ ）界别圈（√）生活圈（ ）朋友圈", "living"),
        ("（　）界别圈 （　）生活圈 （√）朋友圈", "friends"),
        ("（√界别圈）（□生活圈）", "sector"),
        ("□ 界别圈 ☑ 生活圈", "living"),
        ("亲戚圈", None),
        ("", None),
    ],
)
def test_one_box_is_ticked_or_none_is(text: str, code: str | None) -> None:
    assert values.circle(text) == code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("周敏;吴国栋", ["周敏", "吴国栋"]),
        ("周敏/吴国栋|郑晓燕", ["周敏", "吴国栋", "郑晓燕"]),
        ("周敏 和 吴国栋", ["周敏", "吴国栋"]),
        ("张三丰、李四", ["张三丰", "李四"]),
        ("张 三 李 四", ["张三", "李四"]),
        ("欧阳桂兰组长", ["欧阳桂兰"]),
        ("和平、周敏", ["和平", "周敏"]),
        ("王主任", ["王主任"]),
        ("John Smith", ["John Smith"]),
        ("周敏（教育界别）、吴国栋(工商联)", ["周敏", "吴国栋"]),
        ("", []),
    ],
)
def test_people_in_other_hands(text: str, names: list[str]) -> None:
    assert values.names(text).names == names


@pytest.mark.parametrize("text", ["周敏等三人", "周敏等3位", "周敏、吴国栋等", "周敏等多人"])
def test_and_others_leaves_those_named_in_doubt(text: str) -> None:
    found = values.names(text)
    assert found.names[0] == "周敏" and found.sure <= 0.5


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("周敏", 1.0),
        ("欧阳桂兰", 1.0),
        ("周", 0.5),
        ("教育界别组全体", 0.5),
        ("周敏1", 0.5),
        ("Zhou Min", 0.9),
        ("", 0.0),
    ],
)
def test_how_much_it_looks_like_a_name(text: str, sure: float) -> None:
    assert values.names(text).sure == sure


def test_a_list_of_people_as_long_as_a_report_is_no_list() -> None:
    assert values.names("周敏、" * 133 + "周").sure > 0.3
    assert values.names("周敏、" * 134).sure == 0.3


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("路 灯 不 亮", "路灯不亮"),
        ("路灯 不亮", "路灯 不亮"),
        ("第 一 行\n第 二 行", "第一行\n第二行"),
        ("____修路灯____", "修路灯"),
        ("file_name", "file_name"),
        ("\ufeff修　路　灯", "修路灯"),
        ("a b c", "a b c"),
        ("一\r二\r\n三", "一\n二\n三"),
    ],
)
def test_the_blanks_of_a_scan_go_and_a_writer_s_own_stay(text: str, tidied: str) -> None:
    assert values.tidy(text) == tidied


def test_a_line_is_one_line() -> None:
    assert values.line(" 北街\n  12号 \n") == "北街 12号"
    assert values.line("住址____北街12号____") == "住址 北街12号"
