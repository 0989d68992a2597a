"""No unit handles a case about itself, its superior or its subordinate (T06)."""

import pytest

from tracker.rules.conflicts import conflicted

pytestmark = pytest.mark.requirement("T06")

ROOT, BUREAU, BRANCH, DESK, OTHER, OTHERS_BRANCH = 1, 10, 11, 12, 20, 21
LINES = {
    "root": (ROOT,),
    "bureau": (ROOT, BUREAU),
    "branch": (ROOT, BUREAU, BRANCH),
    "desk": (ROOT, BUREAU, BRANCH, DESK),
    "other": (ROOT, OTHER),
    "others branch": (ROOT, OTHER, OTHERS_BRANCH),
    "sister": (ROOT, BUREAU, 13),
}


@pytest.mark.parametrize("name", ["bureau", "branch", "desk", "other"])
def test_a_unit_is_in_conflict_with_itself(name: str) -> None:
    assert conflicted(LINES[name], LINES[name])


@pytest.mark.parametrize(
    ("unit", "subject"),
    [("bureau", "branch"), ("bureau", "desk"), ("branch", "desk"), ("other", "others branch")],
)
def test_superior_and_subordinate_are_in_conflict_both_ways(unit: str, subject: str) -> None:
    assert conflicted(LINES[unit], LINES[subject])
    assert conflicted(LINES[subject], LINES[unit])


@pytest.mark.parametrize(
    ("unit", "subject"),
    [("bureau", "other"), ("branch", "other"), ("desk", "others branch"), ("branch", "sister")],
)
def test_units_beside_each_other_may_judge_each_other(unit: str, subject: str) -> None:
    assert not conflicted(LINES[unit], LINES[subject])
    assert not conflicted(LINES[subject], LINES[unit])


@pytest.mark.parametrize("name", ["bureau", "desk", "other"])
def test_the_committee_above_everybody_is_no_conflict_for_those_below(name: str) -> None:
    assert not conflicted(LINES[name], LINES["root"])
    assert not conflicted(LINES["root"], LINES[name])


@pytest.mark.parametrize(("unit", "subject"), [((), (1, 10)), ((1, 10), ()), ((), ())])
def test_where_one_of_them_is_not_known_there_is_no_conflict(
    unit: tuple[int, ...], subject: tuple[int, ...]
) -> None:
    assert not conflicted(unit, subject)
