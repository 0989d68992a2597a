"""Tables with a head and one matter a row: which row is the head, where a list ends, what a blank says."""

from collections.abc import Sequence

import pytest

from tracker.incoming.forms import columns
from tracker.incoming.forms.columns import Listing
from tracker.incoming.forms.pages import Cell, Table

HEAD = ["序号", "走访人员", "走访对象", "走访日期", "走访对象反映的情况"]


def table(*given: Sequence[str | None], first_row: int = 1) -> Table:
    return Table(
        [
            Cell(text, row, column)
            for row, cells in enumerate(given)
            for column, text in enumerate(cells)
            if text
        ],
        first_row,
    )


def only(*given: Sequence[str | None]) -> Listing:
    (found,) = columns.listings(table(*given))
    return found


def told(listing: Listing) -> list[dict[str, str]]:
    return [{name: found.text for name, found in row.answers.items()} for row in listing.rows]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (HEAD, "register"),
        (["委员姓名", "经济社会发展建议", "社情民意信息", "双招双引信息"], "annex2"),
        (["组别", "参与活动委员人数", "界别圈", "生活圈", "朋友圈"], "annex3"),
        (["姓名", "单位", "角色"], "roster"),
        (["姓名", "登录名"], "roster"),
    ],
)
def test_a_list_is_known_by_its_head(head: list[str], kind: str) -> None:
    assert only(head, ["x"] * len(head)).head.kind == kind


@pytest.mark.parametrize(
    "head",
    [
        ["单位", "角色"],
        ["姓名", "备注"],
        ["走访人员", "周敏", "走访日期", "2026.7.15"],
        ["走访人员：", "走访日期：", "走访对象："],
        ["走访对象", "备注", "电话"],
        ["走访对象", "走访日期", "长" * 61],
        ["走访人员"],
    ],
)
def test_what_is_no_head_makes_no_list(head: list[str]) -> None:
    assert columns.listings(table(head, ["周敏"] * len(head))) == []


def test_a_row_is_numbered_as_people_count_rows() -> None:
    (listing,) = columns.listings(table(["走访登记"], HEAD, ["1", "周敏"], [], ["2", "吴国栋"], first_row=3))
    assert [row.number for row in listing.rows] == [5, 7]


def test_a_blank_cell_is_an_answer_too() -> None:
    (row,) = told(only(HEAD, ["1", "周敏", None, "7.15", None]))
    assert row == {"visitors": "周敏", "contact": "", "visited_on": "7.15", "reported": ""}


@pytest.mark.parametrize("same", ["同上", "〃", '"', " 同前 "])
def test_the_same_as_above_is_what_stood_above_and_less_sure(same: str) -> None:
    listing = only(HEAD, ["1", "周敏", "甲", "7.15", "路灯"], ["2", same, "乙", same, "积水"])
    assert told(listing)[1] == {"visitors": "周敏", "contact": "乙", "visited_on": "7.15", "reported": "积水"}
    assert [row.answers["visitors"].sure for row in listing.rows] == [1.0, 0.8]


def test_the_same_as_above_in_the_first_row_is_only_a_word() -> None:
    assert told(only(HEAD, ["1", "同上", "甲", "7.15", "路灯"]))[0]["visitors"] == "同上"


@pytest.mark.parametrize(
    ("word", "total"), [("合计", True), ("汇 总", True), ("总计：", True), ("合计公司", False)]
)
def test_the_last_row_may_be_a_sum(word: str, *, total: bool) -> None:
    head = ["组别", "参与活动委员人数", "界别圈", "生活圈", "朋友圈"]
    listing = only(head, ["教育组", "1", "2", "3", "4"], [word, "1", "2", "3", "4"])
    assert [row.is_total for row in listing.rows] == [False, total]


def test_a_merged_cell_answers_every_row_it_spans() -> None:
    cells = [Cell(text, 0, column) for column, text in enumerate(HEAD)]
    cells += [Cell("周敏", 1, 1, height=2), Cell("甲", 1, 2), Cell("乙", 2, 2)]
    (listing,) = columns.listings(Table(cells))
    assert [row["visitors"] for row in told(listing)] == ["周敏", "周敏"]


def test_a_head_of_two_rows_gives_the_lower_name() -> None:
    cells = [
        Cell("组别", 0, 0, height=2),
        Cell("参与活动委员人数", 0, 1, height=2),
        Cell("走访圈子人数", 0, 2, width=3),
        *(Cell(text, 1, column) for column, text in ((2, "界别圈"), (3, "生活圈"), (4, "朋友圈"))),
        *(Cell(text, 2, column) for column, text in enumerate(("教育组", "9", "3", "4", "5"))),
    ]
    (listing,) = columns.listings(Table(cells))
    assert (listing.head.depth, listing.head.kind) == (2, "annex3")
    assert told(listing)[0] == {
        "group": "教育组",
        "participants": "9",
        "sector": "3",
        "living": "4",
        "friends": "5",
    }


def test_a_heading_between_the_rows_and_the_line_below_them_are_no_visits() -> None:
    cells = [Cell(text, 0, column) for column, text in enumerate(HEAD)]
    cells += [
        Cell("东亭街道", 1, 0, width=5),
        Cell("1", 2, 0),
        Cell("周敏", 2, 1),
        Cell("填表人：周敏", 3, 0),
    ]
    (listing,) = columns.listings(Table(cells))
    assert [row["visitors"] for row in told(listing)] == ["周敏"]


def test_a_second_head_begins_a_second_list() -> None:
    roster = ["姓名", "单位", "角色"]
    found = columns.listings(
        table(HEAD, ["1", "周敏"], ["2", "郑晓燕"], roster, ["吴国栋", "教育组", "委员"])
    )
    assert [(one.head.kind, len(one.rows)) for one in found] == [("register", 2), ("roster", 1)]


def test_a_form_whose_labels_stand_above_their_answers_is_no_list() -> None:
    form = table(
        ["走访人员", "走访对象", "走访日期"], ["周敏", "顾阿婆", "7.15"], ["走访对象反映的情况"], ["路灯不亮"]
    )
    assert columns.listings(form) == []


def test_a_field_named_twice_is_taken_from_the_first_column() -> None:
    listing = only([*HEAD, "走访日期"], ["1", "周敏", "甲", "7.15", "路灯", "7.16"])
    assert told(listing)[0]["visited_on"] == "7.15"


def test_a_head_of_a_roster_without_names_is_none() -> None:
    assert columns.listings(table(["登录名", "单位", "角色"], ["zhoumin", "教育组", "组联络员"])) == []


def test_an_empty_table_has_no_lists() -> None:
    assert columns.listings(Table(())) == []
