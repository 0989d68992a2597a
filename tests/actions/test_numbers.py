"""Numbers of a series: one after the other, none lost, none twice."""

import pytest

from tests.world import World
from tracker.actions import numbers


def taken(world: World, series: str = "case:xs", year: int = 2026, count: int = 1) -> list[int]:
    with world.writing():
        return list(numbers.take_many(series, year, count))


def test_a_series_begins_with_one_and_goes_on(either: World) -> None:
    assert [taken(either), taken(either), taken(either)] == [[1], [2], [3]]


def test_several_at_once_follow_each_other(either: World) -> None:
    assert taken(either, count=5) == [1, 2, 3, 4, 5]
    assert taken(either, count=2) == [6, 7]
    assert taken(either) == [8]


@pytest.mark.parametrize(("series", "year"), [("case:dt", 2026), ("case:xs", 2027), ("letter:xs", 2026)])
def test_another_series_or_year_counts_for_itself(either: World, series: str, year: int) -> None:
    taken(either, count=3)
    assert taken(either, series, year) == [1]
    assert taken(either) == [4]


def test_a_number_whose_owner_was_not_stored_is_given_again(either: World) -> None:
    taken(either)
    with pytest.raises(RuntimeError), either.writing():
        assert numbers.take("case:xs", 2026) == 2
        raise RuntimeError("the server died")
    assert taken(either) == [2]


def test_within_one_transaction_each_asks_for_the_next(either: World) -> None:
    with either.writing():
        assert [numbers.take("case:xs", 2026) for _ in range(3)] == [1, 2, 3]


def test_none_is_none(huiyin: World) -> None:
    taken(huiyin)
    assert taken(huiyin, count=0) == []
    assert taken(huiyin) == [2]
