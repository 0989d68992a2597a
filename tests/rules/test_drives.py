"""Which drive a word on paper means; what means none of them is not guessed."""

import pytest

from tracker.rules.drives import meant

NAMED = ("三解三促", "大走访")


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize(
    ("said", "drive"),
    [
        ("三解三促", "三解三促"),
        ("“三解三促”活动", "三解三促"),
        (" 大 走 访 ", "大走访"),
        ("", ""),
        ("无", ""),
        ("“双走进”活动", ""),
        ("双走进", ""),
        ("三解", None),
        ("三解三促、大走访", None),
    ],
)
def test_a_drive_is_known_by_its_name_alone(said: str, drive: str | None) -> None:
    assert meant(said, NAMED, "“双走进”活动") == drive


def test_where_no_other_counts_every_name_is_unknown() -> None:
    assert meant("三解三促", (), "") is None
    assert meant("", (), "") == ""
