"""What results are worth in a campaign, as the office enters it."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.schema import read
from tracker.incoming.scores import NominationIn, ScoreItemIn, ScoreItemsIn
from tracker.rules.scoring import SCORED

ITEM = {"bearer": "member", "counts": "visit", "label": "走访群众", "points": 5}


def test_without_points_nothing_counts_and_without_a_cap_everything_does() -> None:
    item = read(ScoreItemIn, {"bearer": "member", "counts": "visit", "label": "走访群众"})
    assert (item.points, item.cap) == (0, None)


@pytest.mark.parametrize(
    ("field", "asked", "taken"),
    [
        ("points", (-1, 0, 100, 101, "7", 1.5, None), [0, 100, "7"]),
        ("cap", (0, 1, 4, 5, 1000, 1001, None), [5, 1000, None]),
        ("bearer", ("member", "unit", "group", ""), ["member", "unit"]),
    ],
)
def test_points_and_caps_keep_their_bounds(field: str, asked: tuple[Any, ...], taken: list[Any]) -> None:
    assert faults.values(ScoreItemIn, ITEM, field, *asked) == taken


@pytest.mark.parametrize(
    ("points", "cap", "taken"), [(5, 5, True), (5, 4, False), (5, 6, True), (0, 1, True)]
)
def test_a_cap_has_room_for_one_result(points: int, cap: int, *, taken: bool) -> None:
    given = ITEM | {"points": points, "cap": cap}
    assert faults.words(ScoreItemIn, given) == ([] if taken else ["封顶分不能低于每项得分"])


def test_faulty_points_are_told_once_and_not_again_with_the_cap() -> None:
    assert faults.of(ScoreItemIn, ITEM | {"points": 101, "cap": 10}) == ["points"]


def test_a_label_is_a_heading_of_a_column() -> None:
    assert faults.lengths(ScoreItemIn, ITEM, "label", 0, 1, 2, 60, 61) == [2, 60]


@pytest.mark.parametrize(
    ("bearer", "counts"), [(bearer, counts) for bearer in SCORED for counts in SCORED[bearer]]
)
def test_each_result_is_scored_for_whom_it_belongs_to(bearer: str, counts: str) -> None:
    assert faults.of(ScoreItemsIn, {"items": [ITEM | {"bearer": bearer, "counts": counts}]}) == []


@pytest.mark.parametrize(("bearer", "counts"), [("member", "studio"), ("unit", "visit"), ("unit", "brief")])
def test_nobody_is_scored_for_what_others_do(bearer: str, counts: str) -> None:
    given = {"items": [ITEM | {"bearer": bearer, "counts": counts}]}
    assert faults.of(ScoreItemsIn, given) == ["items"]
    assert faults.words(ScoreItemsIn, given) == ["有一项得分不适用于这类对象，或者写了两次"]


def test_the_same_result_is_not_scored_twice() -> None:
    assert faults.of(ScoreItemsIn, {"items": [ITEM, ITEM | {"label": "再走访"}]}) == ["items"]
    assert faults.of(ScoreItemsIn, {"items": []}) == []


def test_a_faulty_line_of_the_list_is_named_by_its_place() -> None:
    lines = [ITEM, ITEM | {"counts": "brief", "points": -1}, ITEM | {"counts": "lead", "cap": 2}]
    assert faults.of(ScoreItemsIn, {"items": lines}) == ["items.1.points", "items.2.cap"]


def test_a_nomination_gives_its_reason() -> None:
    assert faults.lengths(NominationIn, {}, "reason", 0, 1, 2, 500, 501) == [2, 500]
