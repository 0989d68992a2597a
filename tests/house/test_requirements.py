"""The table of requirements is whole, and says of each what the tests say."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
TABLE = (TESTS.parent / "docs" / "requirements.md").read_text("utf-8")
ROW = re.compile(r"^\| ((?:S1-|S2-|P)\d\d) \| ([^|]+) \| ([^|]+) \|$", re.M)
MARKER = re.compile(r'requirement\("((?:S1|S2)-\d\d)"\)')
OF_EACH = {"S1-": 51, "P": 20, "S2-": 46}
ALL = [f"{prefix}{number:02}" for prefix, last in OF_EACH.items() for number in range(1, last + 1)]
ROWS = {key: shown for key, _, shown in ROW.findall(TABLE)}
UNTESTED = {"text only", "later"}


def _marked() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in TESTS.rglob("*.py"):
        for key in MARKER.findall(path.read_text("utf-8")):
            found[key].add(str(path.relative_to(TESTS)))
    return found


def test_every_point_of_the_documents_has_its_one_row() -> None:
    assert [key for key, *_ in ROW.findall(TABLE)] == ALL


@pytest.mark.parametrize("key", ALL)
def test_a_row_names_tests_that_name_it(key: str) -> None:
    shown = ROWS[key]
    named = set(re.findall(r"`([^`]+)`", shown))
    assert (shown in UNTESTED) == (not named)
    for path in named:
        assert f'"{key}"' in (TESTS / path).read_text("utf-8")


def test_no_test_is_left_out_of_its_row() -> None:
    missing = {key: paths - set(re.findall(r"`([^`]+)`", ROWS[key])) for key, paths in _marked().items()}
    assert {key: paths for key, paths in missing.items() if paths} == {}
