"""A corrected figure that can hardly be is doubted, with the reason."""

import pytest

from tracker.rules.figures import doubt

pytestmark = pytest.mark.requirement("S2-20")


@pytest.mark.parametrize(
    "figure, value, counted, reason",
    [
        ("participants", 4, 1, None),
        ("participants", 5, 1, "位委员"),
        ("participants", 5, 5, "位委员"),
        ("living", 30, 3, None),
        ("living", 31, 3, "超过它的"),
        ("living", 10, 0, None),
        ("living", 11, 0, "超过它的"),
        ("living", 0, 50, None),
    ],
)
def test_more_than_the_group_has_or_ten_times_the_count_is_doubted(
    figure: str, value: int, counted: int, reason: str | None
) -> None:
    said = doubt(figure, value, counted=counted, members=4)
    assert said is None if reason is None else reason in str(said)
