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


@pytest.mark.parametrize(
    "row, field",
    [
        ("2027-02-29,holiday,春节", "date"),
        ("2027/01/05,holiday,元旦", "date"),
        ("2027-01-05,halfday,元旦", "kind"),
        ("2027-01-05,,元旦", "kind"),
        (",holiday,元旦", "date"),
        ("2027-01-05,holiday," + "长" * 41, "name"),
    ],
)
def test_a_faulty_day_is_named_by_its_row_and_column(run: Run, plan: Path, row: str, field: str) -> None:
    plan.write_text(f"{plan.read_text()}{row}\n")
    assert refused(run("calendar", "import", plan)).startswith(f"5.{field}: ")


def test_a_name_as_long_as_its_column_is_kept(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text().replace("元旦", "长" * 40))
    assert answer(run("calendar", "import", plan, "--json"))["changed"] == 3


def test_a_day_that_stands_twice_counts_as_its_last_row_says(huiyin: World, run: Run, plan: Path) -> None:
    plan.write_text(f"{plan.read_text()}2027-01-04,workday,调休\n")
    assert answer(run("calendar", "import", plan, "--json"))["days"] == 3
    with huiyin.reading():
        assert calendar().is_working_day(date(2027, 1, 4))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_plan_in_another_encoding_is_the_same_plan(run: Run, plan: Path, encoding: str) -> None:
    plan.write_bytes(plan.read_text().encode(encoding))
    assert answer(run("calendar", "import", plan, "--json")) == {"days": 3, "changed": 3, "years": [2027]}


def test_the_plan_of_one_year_leaves_the_days_of_another(huiyin: World, run: Run, plan: Path) -> None:
    run("calendar", "import", plan)
    plan.write_text("date,kind,name\n2028-01-03,holiday,元旦\n")
    assert answer(run("calendar", "import", plan, "--json"))["changed"] == 1
    with huiyin.reading():
        assert not calendar().is_working_day(date(2027, 1, 4)) and not calendar().is_working_day(
            date(2028, 1, 3)
        )
