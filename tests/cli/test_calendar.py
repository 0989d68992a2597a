"""A published plan of working days replaces what was known, for clocks that start afterwards."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker.queries.calendar import calendar


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "2027.csv"
    path.write_text(
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-04,holiday,元旦\n2027-01-09,workday,元旦\n"
    )
    return path


def test_a_plan_counts_from_now_on_and_a_changed_one_again(huiyin: World, run: Run, plan: Path) -> None:
    with huiyin.reading():
        assert not calendar().is_official(date(2027, 1, 4)) and calendar().is_working_day(date(2027, 1, 4))
    given = ("calendar", "import", plan, "--json")
    assert answer(run(*given)) == {"days": 3, "changed": 3, "years": [2027]}
    with huiyin.reading():
        assert calendar().is_official(date(2027, 1, 4)) and not calendar().is_working_day(date(2027, 1, 4))
        assert calendar().is_working_day(date(2027, 1, 9))
    plan.write_text(plan.read_text().replace("2027-01-04,holiday", "2027-01-04,workday"))
    assert answer(run(*given))["changed"] == 1
    with huiyin.reading():
        assert calendar().is_working_day(date(2027, 1, 4))
    assert "改动 0 天" in run(*given[:-1]).stdout


def test_a_faulty_plan_changes_nothing(huiyin: World, run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text() + "2027-02-30,holiday,春节\n")
    assert refused(run("calendar", "import", plan)).startswith("5.date: ")
    with huiyin.reading():
        assert not calendar().is_official(date(2027, 1, 4))
