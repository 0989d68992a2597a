"""The working days as the database knows them, read once and again when a plan was imported."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from tests.world import NOW, World
from tracker.actions import calendar as actions
from tracker.extensions import db
from tracker.incoming.calendar import DayIn
from tracker.models import CalendarDay
from tracker.queries.calendar import calendar


def _imported(world: World, *days: tuple[str, str], minute: int = 0) -> int:
    given = [DayIn(date=date.fromisoformat(day), kind=kind, name="试") for day, kind in days]  # type: ignore[arg-type]
    with world.writing():
        return actions.store(given, now=NOW + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-23", True),
        ("2026-11-22", False),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-10", True),
        # No plan yet: the statutory days are free, and no weekend is worked.
        ("2027-10-01", False),
        ("2027-10-04", True),
        ("2027-10-09", False),
    ],
)
def test_a_day_is_worked_as_the_published_plan_says(day: str, works: bool, either: World) -> None:
    with either.reading():
        assert calendar().is_working_day(date.fromisoformat(day)) is works


def test_an_imported_plan_counts_at_once(either: World) -> None:
    monday, saturday = date(2027, 1, 4), date(2027, 1, 9)
    with either.reading():
        assert not calendar().is_official(monday) and calendar().is_working_day(monday)
    assert _imported(either, ("2027-01-04", "holiday"), ("2027-01-09", "workday")) == 2
    with either.reading():
        assert calendar().is_official(monday) and not calendar().is_working_day(monday)
        assert calendar().is_working_day(saturday)


def test_a_corrected_day_counts_at_once_although_no_day_is_new(either: World) -> None:
    day = date(2027, 1, 4)
    _imported(either, ("2027-01-04", "holiday"))
    with either.reading():
        assert not calendar().is_working_day(day)
    assert _imported(either, ("2027-01-04", "workday"), minute=1) == 1
    with either.reading():
        assert calendar().is_working_day(day)


def test_a_plan_that_says_nothing_new_changes_nothing(either: World) -> None:
    _imported(either, ("2027-01-04", "holiday"))
    with either.reading():
        before = calendar()
    assert _imported(either, ("2027-01-04", "holiday"), minute=1) == 0
    with either.reading():
        assert calendar() is before


def test_a_provisional_day_makes_no_year_official(either: World) -> None:
    day = date(2027, 1, 4)
    with either.writing():
        db.session.add(CalendarDay(day=day, kind="holiday", source="guess", status="provisional"))
        db.session.flush()
        assert not calendar().is_official(day) and not calendar().is_working_day(day)


def test_the_days_are_read_once_and_then_only_asked_whether_they_changed(either: World) -> None:
    statements: list[str] = []
    with either.reading():
        first = calendar()
        event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    for _ in range(2):
        with either.reading():
            assert calendar() is first and calendar() is first
    asked = [statement for statement in statements if "calendar_day" in statement]
    assert len(asked) == 2 and all("count(" in statement for statement in asked)


def test_who_imports_a_plan_counts_by_it_at_once(either: World) -> None:
    monday = date(2027, 1, 4)
    with either.writing():
        assert calendar().is_working_day(monday)
        actions.store([DayIn(date=monday, kind="holiday", name="试")], now=NOW)
        assert not calendar().is_working_day(monday)
