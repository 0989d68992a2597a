"""What stands beside a form that was read: the words of the original, around the place where it was found."""

from typing import Any

import pytest

from tracker.web import import_compare
from tracker.web.import_compare import LONGEST_LINE, MOST_LINES


def sheet(name: str, rows: int, width: int = 3) -> dict[str, Any]:
    """A page of a workbook; each line begins with its number."""
    return {
        "name": name,
        "lines": [[n, *[f"{name}{n}-{c}" for c in range(width)]] for n in range(1, rows + 1)],
    }


def numbers(pages: list[dict[str, Any]], place: str) -> list[Any]:
    return [line[0] for line in import_compare.excerpt(pages, place).lines]


def test_of_a_document_everything_is_shown() -> None:
    pages = [{"name": "", "lines": ["大走访登记表", "走访人员：吴海燕"]}, {"name": "", "lines": ["第二页"]}]
    found = import_compare.excerpt(pages, "2")
    assert found.lines == ["大走访登记表", "走访人员：吴海燕", "第二页"] and not found.is_cut


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("走访!9", [1, 2, 3, 9]),
        ("走访!4", [1, 2, 3, 4]),
        ("走访!3", [1, 2, 3]),
        ("走访!2", [1, 2]),
        ("走访!1", [1]),
        ("走访!12", [1, 2, 3, 12]),
    ],
)
def test_of_a_list_its_head_and_the_row_are_shown(place: str, shown: list[int]) -> None:
    assert numbers([sheet("走访", 12)], place) == shown


def test_a_form_of_its_own_on_a_sheet_goes_on_below_its_first_row() -> None:
    assert numbers([sheet("表", 9, width=2)], "表!4") == [3, 4, 5, 6, 7, 8, 9]
    assert numbers([sheet("表", 4, width=2)], "表!1") == [1, 2, 3, 4]


def test_the_sheet_is_the_one_that_was_named() -> None:
    pages = [sheet("封面", 2), sheet("走访", 5)]
    found = import_compare.excerpt(pages, "走访!5")
    assert [line[1] for line in found.lines] == ["走访1-0", "走访2-0", "走访3-0", "走访5-0"]


@pytest.mark.parametrize("place", ["走访!99", "走访!", "走访!x"])
def test_a_place_that_cannot_be_found_shows_the_whole_sheet(place: str) -> None:
    assert numbers([sheet("走访", 4)], place) == [1, 2, 3, 4]


def test_a_sheet_s_name_may_hold_the_sign_that_parts_it_from_the_row() -> None:
    assert numbers([sheet("走访!一组", 6)], "走访!一组!6") == [1, 2, 3, 6]


@pytest.mark.parametrize(
    ("lines", "cut"), [(MOST_LINES - 1, False), (MOST_LINES, False), (MOST_LINES + 1, True)]
)
def test_a_long_document_is_cut_and_says_so(lines: int, cut: bool) -> None:
    found = import_compare.excerpt([{"name": "", "lines": ["字"] * lines}], "")
    assert len(found.lines) == min(lines, MOST_LINES) and found.is_cut is cut


def test_a_long_line_or_cell_is_cut_and_the_row_keeps_its_number() -> None:
    long = "长" * (LONGEST_LINE + 1)
    pages = [{"name": "", "lines": [long, [7, long, "短"]]}]
    text, row = import_compare.excerpt(pages, "").lines
    assert text == long[:-1] and row == [7, long[:-1], "短"]


def test_of_nothing_that_was_read_nothing_is_shown() -> None:
    found = import_compare.excerpt([], "走访!3")
    assert (found.lines, found.is_cut) == ([], False)
