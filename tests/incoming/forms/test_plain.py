"""Tables and texts without a program around them."""

import pytest

from tracker.errors import Invalid
from tracker.incoming.forms import plain
from tracker.incoming.forms.pages import Line, Table
from tracker.incoming.tables import LARGEST_CELL


def cells(content: bytes, *, is_table: bool = True) -> dict[tuple[int, int], str]:
    (page,) = plain.read(content, is_table=is_table)
    (table,) = page.blocks
    assert isinstance(table, Table)
    return {(cell.row, cell.column): cell.text for cell in table.cells}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_cells_are_parted_by_what_parts_most(delimiter: str, encoding: str) -> None:
    text = f"姓名{delimiter}单位\r\n周敏{delimiter}教育组\r\n"
    assert cells(text.encode(encoding)) == {
        (0, 0): "姓名",
        (0, 1): "单位",
        (1, 0): "周敏",
        (1, 1): "教育组",
    }


def test_a_text_with_commas_is_lines_unless_its_name_says_table() -> None:
    content = "走访人员：周敏,吴国栋\n走访日期：7.15".encode()
    (page,) = plain.read(content, is_table=False)
    assert page.blocks == (Line("走访人员：周敏,吴国栋"), Line("走访日期：7.15"))
    assert cells(content)[0, 1] == "吴国栋"


def test_tabs_make_a_table_whatever_the_file_is_called() -> None:
    assert cells("姓名\t单位\n周敏\t教育组".encode(), is_table=False)[1, 1] == "教育组"


def test_blank_cells_are_left_out_and_lines_within_a_cell_kept() -> None:
    assert cells('甲,,"第一行\r\n第二行"\r\n,,\r\n, ,乙\r\n'.encode()) == {
        (0, 0): "甲",
        (0, 2): "第一行\n第二行",
        (2, 2): "乙",
    }


@pytest.mark.parametrize(
    ("text", "line"), [('甲,"乙\n', 1), ('甲,乙\n"丙"丁,戊\n', 2), ("甲," + "长" * (LARGEST_CELL + 1), 1)]
)
def test_a_table_out_of_shape_names_the_line(text: str, line: int) -> None:
    with pytest.raises(Invalid) as refused:
        plain.read(text.encode(), is_table=True)
    (fault,) = refused.value.errors
    assert (fault.field, fault.params) == ("file", {"line": line})


@pytest.mark.parametrize(
    ("content", "binary"),
    [
        ("姓名\t单位\r\n".encode(), False),
        ("姓名".encode("utf-16-le"), False),
        ("a,b".encode("utf-16-be"), False),
        (b"\xff\xfe\x01\x02", False),
        (b"a\x08b", True),
        (b"a\x0eb", True),
        (b"a\x1ab", True),
        (b"a\x1bb", False),
        (b"a" * 4096 + b"\x01", False),
        (b"", False),
    ],
)
def test_control_characters_in_the_beginning_make_a_file_binary(content: bytes, *, binary: bool) -> None:
    assert plain.looks_binary(content) is binary
