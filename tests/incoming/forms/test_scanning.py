"""Forms whose labels stand beside, above or before their answers, as blocks of a page."""

from collections.abc import Sequence

import pytest

from tracker.incoming.forms import scanning
from tracker.incoming.forms.pages import Block, Cell, Line, Table

STORY = "巷口三盏路灯不亮，晚上接孩子的老人走路要打手电。"


def rows(*given: Sequence[str | None], first_row: int = 1) -> Table:
    """A table without merged cells; None and blank cells are left out, as the readers do."""
    return Table(
        [
            Cell(text, row, column)
            for row, cells in enumerate(given)
            for column, text in enumerate(cells)
            if text
        ],
        first_row,
    )


def lines(text: str) -> list[Block]:
    return [Line(line) for line in text.split("\n")]


def read(*blocks: Block) -> list[dict[str, str]]:
    return [{name: found.text for name, found in sheet.answers.items()} for sheet in scanning.sheets(blocks)]


def test_answers_stand_beside_their_labels() -> None:
    table = rows(["走访人员", "周敏", "走访日期", "2026.7.15"], ["走访对象反映的情况", STORY])
    assert read(table) == [{"visitors": "周敏", "visited_on": "2026.7.15", "reported": STORY}]


def test_answers_stand_below_their_labels() -> None:
    table = rows(["走访人员", "走访日期"], ["周敏", "2026.7.15"], ["走访对象反映的情况"], [STORY])
    assert read(table) == [{"visitors": "周敏", "visited_on": "2026.7.15", "reported": STORY}]


def test_a_label_with_nothing_beside_or_below_is_blank() -> None:
    table = rows(["走访人员", None], ["走访日期", "2026.7.15"], ["走访地址"])
    assert read(table) == [{"visitors": "", "visited_on": "2026.7.15", "address": ""}]


def test_an_answer_in_the_same_cell_follows_the_colon() -> None:
    table = rows(["走访人员：周敏", "走访日期：2026.7.15"], [f"走访对象反映的情况：{STORY}"])
    assert read(table) == [{"visitors": "周敏", "visited_on": "2026.7.15", "reported": STORY}]


def test_two_short_answers_share_a_cell() -> None:
    table = rows(["走访人员：周敏  走访日期：2026.7.15"], ["走访地址：北街12号"])
    assert read(table) == [{"visitors": "周敏", "visited_on": "2026.7.15", "address": "北街12号"}]


def test_a_whole_form_may_be_written_into_one_cell() -> None:
    table = rows([f"走访人员：周敏\n走访日期：2026.7.15\n走访对象反映的情况：{STORY}\n还有积水。"])
    (form,) = read(table)
    assert form == {"visitors": "周敏", "visited_on": "2026.7.15", "reported": f"{STORY}\n还有积水。"}


def test_a_long_answer_goes_on_in_the_rows_below() -> None:
    table = rows(
        ["走访对象反映的情况", STORY], [None, "另外，巷口积水严重，雨天无法通行。"], ["走访日期", "2026.7.15"]
    )
    (form,) = read(table)
    assert form["reported"] == f"{STORY}\n另外，巷口积水严重，雨天无法通行。"
    assert form["visited_on"] == "2026.7.15"


def test_a_row_below_that_speaks_of_what_was_reported_is_no_new_form() -> None:
    table = rows(
        ["走访日期", "2026.7.15"], ["走访对象反映的情况", STORY], [None, "群众反映的情况属实，已转告。"]
    )
    (form,) = read(table)
    assert form["reported"] == f"{STORY}\n群众反映的情况属实，已转告。"


def test_numbers_in_cells_of_their_own_count_the_matters_beside_them() -> None:
    cells = [
        Cell("需帮助解决问题情况", 0, 0, height=2),
        Cell("1", 0, 1),
        Cell("修好北街路灯", 0, 2),
        Cell("2", 1, 1),
        Cell("清理河道", 1, 2),
    ]
    table = Table([*cells, Cell("走访日期", 2, 0), Cell("7", 2, 1), Cell("月15日", 2, 2)])
    (form,) = read(table)
    assert form == {"help_needed": "1、修好北街路灯\n2、清理河道", "visited_on": "7 月15日"}


def test_lines_are_read_like_cells() -> None:
    head = "走访人员：周敏、吴国栋\n走访日期：2026.7.15　走访地址：北街12号"
    assert read(*lines(f"{head}\n走访对象反映的情况：\n{STORY}\n还有积水。")) == [
        {
            "visitors": "周敏、吴国栋",
            "visited_on": "2026.7.15",
            "address": "北街12号",
            "reported": f"{STORY}\n还有积水。",
        }
    ]


def test_people_go_on_in_the_next_line_and_other_words_do_not() -> None:
    (people,) = read(*lines("走访人员：周敏\n吴国栋、郑晓燕\n走访日期：2026.7.15"))
    assert people["visitors"] == "周敏\n吴国栋、郑晓燕"
    (others,) = read(*lines("走访人员：周敏\n本次走访由街道统一安排\n走访日期：2026.7.15"))
    assert others["visitors"] == "周敏"


def test_a_line_that_went_on_is_less_sure() -> None:
    (sheet,) = scanning.sheets(lines(f"走访日期：2026.7.15\n走访对象反映的情况：{STORY}\n还有积水。"))
    assert (sheet.answers["visited_on"].sure, sheet.answers["reported"].sure) == (1.0, 0.8)


@pytest.mark.parametrize("between", ["大走访活动情况登记表", "附件1", ""])
def test_a_heading_or_the_same_question_again_begins_another_form(between: str) -> None:
    one = ["走访人员：周敏", "走访日期：2026.7.15"]
    two = ["走访人员：吴国栋", "走访日期：2026.7.16"]
    found = read(*(Line(text) for text in [*one, between, *two]))
    assert [form["visitors"] for form in found] == ["周敏", "吴国栋"]


def test_a_heading_before_the_first_answer_begins_nothing() -> None:
    assert len(read(*lines("附件1\n大走访活动情况登记表\n走访人员：周敏"))) == 1
    assert read(*lines("附件1\n大走访活动情况登记表\n\n")) == []


def test_two_forms_beside_each_other_are_two() -> None:
    table = rows(
        ["走访人员", "周敏", "走访人员", "吴国栋"],
        ["走访日期", "2026.7.15", "走访日期", "2026.7.16"],
        ["走访地址", "北街12号", "走访地址", "南街3号"],
    )
    assert [(form["visitors"], form["address"]) for form in read(table)] == [
        ("周敏", "北街12号"),
        ("吴国栋", "南街3号"),
    ]


def test_a_word_asked_twice_in_one_row_only_is_no_second_form() -> None:
    table = rows(["走访人员", "周敏", "走访人员", "吴国栋"], ["走访日期", "2026.7.15"])
    assert [form.get("visited_on") for form in read(table)] == [None, "2026.7.15"]


def test_a_table_inside_a_cell_is_read_where_it_stands() -> None:
    inner = rows(["走访人员", "周敏"], ["走访日期", "2026.7.15"])
    table = Table(
        [Cell("", 0, 0, inside=(Line("情况"), inner)), Cell("走访地址", 1, 0), Cell("北街12号", 1, 1)]
    )
    assert read(table) == [{"visitors": "周敏", "visited_on": "2026.7.15", "address": "北街12号"}]


def test_an_answer_that_begins_like_a_label_is_still_an_answer() -> None:
    table = rows(["走访对象反映的情况", "地点：巷口；路灯不亮。"], ["走访地址", "北街12号"])
    assert read(table) == [{"reported": "地点：巷口；路灯不亮。", "address": "北街12号"}]


def test_a_form_knows_the_row_its_first_answer_stands_in() -> None:
    (sheet,) = scanning.sheets([rows([None], ["走访人员", "周敏"], ["走访日期", "7.15"], first_row=5)])
    assert (sheet.row, scanning.Sheet().row) == (6, 0)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("大走访活动情况登记表", True),
        ("附件3", True),
        ("登记表：见附件", False),
        ("长" * 88 + "登记表", False),
        ("请填写", False),
    ],
)
def test_a_title_is_short_and_promises_no_answer(text: str, *, title: bool) -> None:
    assert scanning.is_title(text) is title
