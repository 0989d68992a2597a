import io
import re
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from tests.outgoing import hidden_parts
from tests.outgoing.forms.examples import BLANK, BLANK_1, BLANK_3, FILLED, FILLED_1, FILLED_2, FILLED_3
from tests.outgoing.formulas import calculated
from tracker.outgoing.forms.excel import MOST_PAGES, TALLEST, xlsx

LONG = "小区北门夜间没有路灯，老人出行不便，雨后积水两天不退。"


def sheets(*annexes):
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(annexes)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def merged(*annexes):
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(annexes)))
    return book.get_sheet_by_index(0).merged_cell_ranges


def part(annex, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(io.BytesIO(xlsx([annex]))) as package:
        return package.read(name).decode()


def test_a_blank_annex_1_reads_as_people_know_it():
    assert sheets(BLANK_1) == {
        "附件1": [
            ["附件1", "", ""],
            ["全市两级政协委员\n“访民情、惠民生、促和谐”大走访活动情况登记表", "", ""],
            ["走访人员：", "", "所在委员工作（联络）组："],
            ["走访对象：", "", ""],
            ["走访地址：", "", ""],
            ["走访日期：", "", ""],
            ["走访对象\n反映的情况", "", ""],
            ["需帮助解决\n问题情况", "", ""],
            ["需要统筹\n协调的问题", "", ""],
        ]
    }


def test_figures_are_numbers():
    assert sheets(FILLED_3)["附件3"][2:] == [
        ["组别", "参与活动\n委员人数", "走访“圈子”人数", "", "", "“三个一”工作报送条数", "", ""],
        ["", "", "界别圈", "生活圈", "朋友圈", "经济社会发展建议", "社情民意信息", "“双招双引”信息"],
        ["香樟镇委员联络组", 12, 30, 41, 5, 12, 13, 2],
        ["市直机关第一委员工作组", 8, 20, 10, 7, 8, 8, 0],
        ["汇总", 20, 50, 51, 12, 20, 21, 2],
    ]


def test_heads_of_annex_3_reach_over_columns_and_rows():
    assert {((2, 0), (3, 0)), ((2, 1), (3, 1)), ((2, 2), (2, 4)), ((2, 5), (2, 7))} <= set(merged(BLANK_3))


def test_annexes_of_a_kind_stand_below_each_other_each_on_a_page():
    shown = sheets(FILLED_1, FILLED_2, FILLED_1)
    assert list(shown) == ["附件1", "附件2"]
    assert [number for number, row in enumerate(shown["附件1"]) if row[0] == "附件1"] == [0, 10]
    with zipfile.ZipFile(io.BytesIO(xlsx([FILLED_1] * 3))) as package:
        page = package.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<brk id="(\d+)"', page) == ["10", "20"]
    assert "fitToPage" not in page


def test_more_pages_than_a_sheet_can_begin_go_on_in_the_next():
    shown = sheets(*[FILLED_2] * (MOST_PAGES + 1))
    assert {name: sum(row[0] == "附件2" for row in rows) for name, rows in shown.items()} == {
        "附件2": MOST_PAGES,
        "附件2（2）": 1,
    }


def test_a_long_text_gets_as_many_rows_as_it_needs_merged_into_one_cell():
    long = replace(FILLED_1, reported=LONG * 60, address=LONG * 3)
    heights = [float(one) for one in re.findall(r' ht="([\d.]+)"', part(long))]
    shown = sheets(long)["附件1"]

    assert max(heights) <= TALLEST
    assert LONG * 60 in [cell for row in shown for cell in row]
    (first,) = [number for number, row in enumerate(shown) if LONG * 60 in row]
    assert ((first, 0), (first + 3, 0)) in merged(long)


def test_it_prints_on_a4():
    assert 'paperSize="9"' in part(FILLED_1)
    assert 'orientation="portrait"' in part(FILLED_1)
    assert 'orientation="landscape"' in part(FILLED_3)


@pytest.mark.requirement("T32")
@pytest.mark.parametrize("annexes", [BLANK, FILLED, (FILLED_1,) * 3])
def test_nothing_is_hidden_nothing_calculated_and_nobody_named(annexes):
    assert hidden_parts.in_excel(xlsx(annexes)) == []
    assert calculated(xlsx(annexes)) == []


@pytest.mark.requirement("T32")
def test_the_same_annexes_make_the_same_bytes():
    assert xlsx(FILLED) == xlsx(FILLED)
