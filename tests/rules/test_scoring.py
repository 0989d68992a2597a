"""What results are worth: so many points each, up to a cap; who is exempt has no zero."""

from dataclasses import dataclass
from typing import get_args

import pytest

from tracker.models.campaign import Counted
from tracker.rules import scoring
from tracker.rules.scoring import SCORED, Score

pytestmark = pytest.mark.requirement("S1-48")


@dataclass(frozen=True)
class Item:
    points: int = 3
    cap: int | None = None
    bearer: str = "member"
    counts: str = "visit"


@pytest.mark.parametrize(
    "item, count, points",
    [(Item(), 0, 0), (Item(), 4, 12), (Item(cap=9), 3, 9), (Item(cap=9), 4, 9), (Item(cap=10), 4, 10)],
)
def test_each_result_is_worth_its_points_up_to_the_cap(item: Item, count: int, points: int) -> None:
    assert scoring.score(item, count) == Score(count, points)


def test_who_is_exempt_is_not_scored_zero_but_keeps_what_was_done() -> None:
    assert scoring.score(Item(), 0, exempt=True) == Score(0, None)
    assert scoring.score(Item(), 0, exempt=True).is_exempt
    assert scoring.score(Item(), 2, exempt=True) == Score(2, 6)


@pytest.mark.parametrize(
    "points, total", [([], None), ([None, None], None), ([None, 4], 4), ([3, 4], 7), ([0], 0)]
)
def test_a_total_leaves_out_what_was_not_scored(points: list[int | None], total: int | None) -> None:
    assert scoring.total([Score(0, each) for each in points]) == total


@pytest.mark.parametrize(
    "levels, counts",
    [
        ({"district"}, "adopted_district"),
        ({"city", "district"}, "adopted_city"),
        ({"city", "nation", "province"}, "adopted_nation"),
        ({"province", "city"}, "adopted_province"),
    ],
)
def test_a_brief_counts_once_at_the_highest_level(levels: set[str], counts: str) -> None:
    assert scoring.highest(levels) == counts


def test_whatever_a_quota_counts_can_be_worth_points() -> None:
    assert set(get_args(Counted)) <= {counts for each in SCORED.values() for counts in each}


@pytest.mark.parametrize(
    "items",
    [
        [Item(), Item()],
        [Item(counts="studio")],
        [Item(bearer="unit", counts="visit")],
        [Item(bearer="department", counts="exemplar")],
    ],
)
def test_nothing_counts_twice_or_for_who_cannot_have_it(items: list[Item]) -> None:
    with pytest.raises(ValueError, match="不适用于这类对象，或者写了两次"):
        scoring.known(items)


def test_a_member_and_a_unit_may_both_be_exemplary() -> None:
    items = [Item(counts="exemplar"), Item(bearer="unit", counts="exemplar")]
    assert scoring.known(items) is items
