"""What the office may enter about a campaign."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.campaigns import DrivesIn
from tracker.incoming.schema import read


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize(
    ("given", "drives"),
    [
        ("三解三促", ["三解三促"]),
        ("三解三促\r\n\r\n 大走访 \n三解三促", ["三解三促", "大走访"]),
        ("", []),
        ("\n \n", []),
        (["三解三促", "三解三促", "大走访"], ["三解三促", "大走访"]),
        ([], []),
    ],
)
def test_drives_come_one_a_line_each_once(given: Any, drives: list[str]) -> None:
    assert read(DrivesIn, {"drives": given}).drives == drives


@pytest.mark.parametrize(
    "given",
    [
        "一",
        "字" * 41,
        "\n".join(f"第{n}项" for n in range(7)),
        [7],
        7,
        None,
        [None, {}],
        ["三解三促", {"a": 1}],
    ],
)
def test_what_is_no_name_of_a_drive_is_refused(given: Any) -> None:
    assert faults.of(DrivesIn, {"drives": given})


def test_none_at_all_must_be_said() -> None:
    assert faults.of(DrivesIn, {}) == ["drives"]
