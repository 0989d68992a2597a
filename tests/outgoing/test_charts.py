"""A small picture of numbers: as long as its largest bar, and the table beside it says the same."""

import pytest

from tracker.outgoing import charts
from tracker.outgoing.charts import WIDTH, Chart


def test_the_largest_bar_takes_all_the_room_and_the_others_their_share() -> None:
    chart = charts.counts("各组走访", "东亭最多。", [("东亭", 8), ("云林", 4), ("教育组", 0)], "次")
    assert chart.rows == (("东亭", 8.0, "8次"), ("云林", 4.0, "4次"), ("教育组", 0.0, "0次"))
    widths = [bar.width for bar in chart.bars]
    assert widths == [widths[0], widths[0] / 2, 0.0]
    assert 200 < widths[0] < WIDTH


def test_bars_stand_below_each_other_and_within_the_picture() -> None:
    chart = charts.counts("诉求", "三件。", [("提出", 3), ("办结", 2), ("反馈", 1)])
    places = [bar.y for bar in chart.bars]
    assert places == sorted(set(places)) and places[-1] < chart.height
    assert Chart("空", "没有。", ()).height < chart.height


@pytest.mark.parametrize("rows", [[], [("东亭", 0)], [("东亭", 0), ("云林", 0)]])
def test_nothing_to_show_is_no_fault(rows: list[tuple[str, int]]) -> None:
    assert [bar.width for bar in charts.counts("空", "没有。", rows).bars] == [0.0] * len(rows)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("一二三四五六七八九十一二", "一二三四五六七八九十一二"),
        ("一二三四五六七八九十一二三", "一二三四五六七八九十一…"),
        ("", ""),
    ],
)
def test_a_long_label_is_cut_beside_its_bar_and_whole_in_the_table(label: str, shown: str) -> None:
    chart = charts.counts("各组", "。", [(label, 1)])
    assert chart.bars[0].label == shown
    assert chart.rows[0][0] == label


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 0, (0.0, "—")),
        (3, 0, (0.0, "—")),
        (0, 7, (0.0, "0%")),
        (7, 7, (100.0, "100%")),
        (1, 3, (33.3, "33.3%")),
        (2, 3, (66.7, "66.7%")),
        (1, 2, (50.0, "50%")),
        (999, 1000, (99.9, "99.9%")),
        (1, 100_000, (0.0, "0%")),
    ],
)
def test_a_share_is_told_in_hundredths_and_of_nothing_there_is_none(
    part: int, whole: int, told: tuple[float, str]
) -> None:
    assert charts.percent(part, whole) == told
    assert charts.shares("比例", "。", [("东亭", part, whole)]).rows == (("东亭", *told),)
