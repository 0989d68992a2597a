"""How somebody stands with a quota."""

from datetime import date

import pytest

from tracker.rules.standing import standing

LAST = date(2026, 8, 31)


@pytest.mark.requirement("S1-20")
@pytest.mark.parametrize(
    "counted, today, exempt, word, missing",
    [
        (3, LAST, False, "done", 0),
        (5, LAST, False, "done", 0),
        (2, LAST, False, "owed", 1),
        (2, date(2026, 9, 1), False, "late", 1),
        (0, date(2026, 9, 1), True, "exempt", 0),
        (3, date(2026, 9, 1), True, "done", 0),
    ],
)
def test_a_quota_is_met_owed_late_or_excused(
    counted: int, today: date, exempt: bool, word: str, missing: int
) -> None:
    found = standing(counted, 3, ends_on=LAST, today=today, exempt=exempt)
    assert (found.word, found.missing) == (word, missing)
