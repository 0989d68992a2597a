"""What the office may enter about a campaign."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.campaigns import CampaignOpenIn, DrivesIn, ExemptionIn
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


OPENED = {"preset": "xishan", "year": 2026}
EXEMPT = {"who": "m1", "reason": "长期住院"}


def test_a_campaign_is_opened_from_a_preset_for_a_year_of_this_century() -> None:
    asked = (1999, 2000, "2026", 2100, 2101, "二〇二六", None)
    assert faults.values(CampaignOpenIn, OPENED, "year", *asked) == [2000, "2026", 2100]
    assert faults.lengths(CampaignOpenIn, OPENED, "preset", 0, 1, 40, 41) == [1, 40]
    assert faults.of(CampaignOpenIn, {}) == ["preset", "year"]


def test_whoever_is_exempt_is_named_with_a_reason() -> None:
    assert read(ExemptionIn, EXEMPT).quota == ""
    assert faults.lengths(ExemptionIn, EXEMPT, "reason", 0, 1, 2, 500, 501) == [2, 500]
    assert faults.lengths(ExemptionIn, EXEMPT, "who", 0, 1, 32, 33) == [1, 32]
    assert faults.values(ExemptionIn, EXEMPT, "quota", "", "visit", "brief", "dinner", None) == [
        "",
        "visit",
        "brief",
    ]


def test_six_drives_of_forty_characters_are_the_most() -> None:
    six = [f"{n}" + "字" * 39 for n in range(6)]
    assert read(DrivesIn, {"drives": "\n".join([*six, six[0]][:6])}).drives == six
    assert faults.of(DrivesIn, {"drives": [*six, "第七项"]}) == ["drives"]
