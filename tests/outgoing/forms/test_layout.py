from dataclasses import replace
from datetime import date

import pytest

from tests.outgoing.forms.examples import (
    BLANK,
    BLANK_1,
    BLANK_2,
    BLANK_3,
    FILLED_1,
    FILLED_2,
    FILLED_3,
    RESULTS_TITLE,
    SUMMARY_TITLE,
    VISIT_TITLE,
)
from tracker.outgoing.forms.annexes import Annex3Row
from tracker.outgoing.forms.layout import LARGEST, LOWEST_BOX, SMALLEST, TABLE, sheet
from tracker.outgoing.plain_text import width_in_em

LONG = "小区北门夜间没有路灯，老人出行不便，雨后积水两天不退。"


def words(annex):
    return [["\n".join(cell.lines) for cell in row.cells] for row in sheet(annex).rows]


@pytest.mark.requirement("S2-28")
def test_annex_1_has_its_labels_in_their_order_and_with_their_line_breaks():
    assert sheet(BLANK_1).mark == "附件1"
    assert sheet(BLANK_1).line == ("走访人员：", "所在委员工作（联络）组：")
    assert words(BLANK_1) == [
        ["走访对象："],
        ["走访地址："],
        ["走访日期："],
        ["走访对象\n反映的情况", ""],
        ["需帮助解决\n问题情况", ""],
        ["需要统筹\n协调的问题", ""],
    ]


@pytest.mark.requirement("S2-37")
@pytest.mark.requirement("S2-40")
def test_annex_2_has_its_labels_in_their_order_and_with_their_line_breaks():
    assert sheet(BLANK_2).mark == "附件2"
    assert sheet(BLANK_2).line == ("委员姓名：", "所在委员工作（联络）组：")
    assert words(BLANK_2) == [
        ["一条经济社会发展建议", ""],
        ["一条关系民生的社情民意\n信\u3000息", ""],
        ["一条“双招双引”信息", ""],
    ]


@pytest.mark.requirement("S2-41")
@pytest.mark.requirement("S2-45")
def test_annex_3_has_two_rows_of_heads_room_for_groups_and_a_sum():
    assert words(BLANK_3)[:2] == [
        ["组别", "参与活动\n委员人数", "走访“圈子”人数", "“三个一”工作报送条数"],
        ["界别圈", "生活圈", "朋友圈", "经济社会发展建议", "社情民意信息", "“双招双引”信息"],
    ]
    assert words(BLANK_3)[2:] == [[""] * 8] * 6 + [["汇总", *[""] * 7]]
    assert sheet(BLANK_3).wide


def test_annex_1_shows_what_was_filled_in():
    assert sheet(FILLED_1).line == ("走访人员：王玥珺、李明", "所在委员工作（联络）组：香樟镇委员联络组")
    assert words(FILLED_1) == [
        ["走访对象：赵喆"],
        ["走访地址：香樟苑小区12幢3单元501室"],
        ["走访日期：2026年7月5日"],
        ["走访对象\n反映的情况", FILLED_1.reported],
        ["需帮助解决\n问题情况", "1．北门加装路灯。\n2．疏通小区东侧雨水管。"],
        ["需要统筹\n协调的问题", "与自来水公司协调开挖路面的时间。"],
    ]


def test_annex_3_adds_up_its_columns():
    assert words(FILLED_3)[-1] == ["汇总", "20", "50", "51", "12", "20", "21", "2"]


def test_a_column_nobody_counted_has_no_sum():
    counted = replace(
        FILLED_3, rows=(Annex3Row("甲组", participants=3), Annex3Row("乙组", participants=None))
    )
    assert words(counted)[-1] == ["汇总", "3", *[""] * 6]


def test_a_sum_that_is_given_is_printed_as_it_is():
    given = replace(FILLED_3, total=Annex3Row("全市", 19, 50, 51, 12, 20, 21, 2))
    assert words(given)[-1] == ["汇总", "19", "50", "51", "12", "20", "21", "2"]


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        ((), ()),
        (("", "  "), ()),
        (("路灯不亮",), ("路灯不亮",)),
        (("", "路灯不亮"), ("路灯不亮",)),
        (("路灯\n不亮", "积水"), ("1．路灯", "不亮", "2．积水")),
        (("5号楼", "6号楼"), ("1．5号楼", "2．6号楼")),
    ],
)
def test_several_matters_in_one_box_are_numbered(items, lines):
    assert sheet(replace(FILLED_1, help_needed=items)).rows[4].cells[1].lines == lines


def test_nothing_invisible_gets_onto_the_paper():
    spoilt = replace(
        FILLED_1, contact="赵\u202e喆\n\x00", reported="路\u200b灯\x07\r\n\r\n不\ufeff亮", address="\t城东 "
    )
    assert words(spoilt)[0] == ["走访对象：赵喆"]
    assert words(spoilt)[1] == ["走访地址：城东"]
    assert words(spoilt)[3][1] == "路灯\n不亮"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (VISIT_TITLE, ("全市两级政协委员", "“访民情、惠民生、促和谐”大走访活动情况登记表")),
        (RESULTS_TITLE, ("政协委员聚焦“三圈”大走访活动", "“三个一”工作成果登记表")),
        ("委员走访登记表", ("委员走访登记表",)),
        ("第一行\n第二行", ("第一行", "第二行")),
        ("", ()),
    ],
)
def test_a_title_breaks_where_a_reader_would_break_it(title, lines):
    assert sheet(replace(BLANK_1, title=title)).title_lines == lines


def test_the_title_of_annex_3_stands_in_one_line():
    assert sheet(BLANK_3).title_lines == (SUMMARY_TITLE,)
    assert sheet(BLANK_3).title_size == LARGEST


@pytest.mark.parametrize("length", [1, 19, 20, 21, 40, 60, 100])
@pytest.mark.parametrize("piece", ["走访", "“走访”", "走访活动“三圈”"])
def test_a_title_line_fits_between_the_margins(length, piece):
    made = sheet(replace(BLANK_1, title=(piece * length)[:length]))
    assert "".join(made.title_lines) == (piece * length)[:length]
    assert SMALLEST <= made.title_size <= LARGEST
    assert max(map(width_in_em, made.title_lines)) * made.title_size / 72 * 25.4 <= made.width + 0.5


@pytest.mark.parametrize("annex", BLANK)
def test_every_row_fills_the_whole_width(annex):
    made = sheet(annex)
    for places in made.places:
        assert sum(place.width for place in places) == pytest.approx(made.width)
        assert sum(place.cell.columns for place in places) == len(made.widths)


def test_a_head_over_two_rows_stands_in_both():
    first, second = sheet(BLANK_3).places[:2]
    assert [place.column for place in first] == [0, 1, 2, 5]
    assert [place.column for place in second] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert second[:2] == first[:2]


def test_boxes_are_alike_until_a_text_needs_more():
    heights = [row.height for row in sheet(FILLED_1).rows]
    assert heights == pytest.approx([12, 12, 12, 53, 53, 53])

    longer = [row.height for row in sheet(replace(FILLED_1, reported=LONG * 8)).rows]
    assert longer[3] > 60 > longer[4] == longer[5]
    assert sum(longer) == pytest.approx(TABLE)


def test_boxes_with_more_text_than_the_page_holds_ask_for_no_room_of_their_own():
    assert [row.height for row in sheet(replace(FILLED_2, brief=LONG * 60)).rows] == [LOWEST_BOX] * 3


@pytest.mark.parametrize("visitors", [("王玥珺",), ("王玥珺", "李明", "欧阳明月")])
def test_group_stands_beside_the_visitors_while_there_is_room(visitors):
    lines = sheet(replace(FILLED_1, visitors=visitors, visited_on=date(2026, 1, 1))).lines
    assert [len(pieces) for pieces in lines] == ([2] if len(visitors) == 1 else [1, 1])
