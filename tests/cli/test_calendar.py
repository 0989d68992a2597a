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


def test_a_plan_of_two_years_tells_both(run: Run, plan: Path) -> None:
    plan.write_text("date,kind,name\n2028-01-03,holiday,元旦\n2027-01-01,holiday,元旦\n")
    assert answer(run("calendar", "import", plan, "--json"))["years"] == [2027, 2028]


def test_an_empty_plan_is_refused_and_changes_nothing(huiyin: World, run: Run, plan: Path) -> None:
    plan.write_text("")
    assert refused(run("calendar", "import", plan))
    with huiyin.reading():
        assert not calendar().is_official(date(2027, 1, 4))


@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04", b"\xff\xfe\x00", b"date;kind\n"])
def test_what_is_no_plan_is_refused_with_a_sentence(run: Run, plan: Path, content: bytes) -> None:
    plan.write_bytes(content)
    assert refused(run("calendar", "import", plan))


def test_a_plan_that_is_not_there_is_misuse(run: Run, tmp_path: Path) -> None:
    assert run("calendar", "import", tmp_path / "missing.csv").exit_code == 2
    assert run("calendar", "import", tmp_path).exit_code == 2
