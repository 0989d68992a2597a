"""A published plan is stored day by day; running deadlines keep their date."""

from datetime import UTC, date, datetime

import pytest

from tests.world import World
from tracker.actions import calendar
from tracker.extensions import db
from tracker.incoming.calendar import DayIn
from tracker.models import CalendarDay
from tracker.queries.calendar import calendar as known

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
NEW_YEAR = DayIn(date=date(2027, 1, 1), kind="holiday", name="元旦")
WORKED = DayIn(date=date(2027, 1, 3), kind="workday", name="元旦")


def store(world: World, *days: DayIn, now: datetime = NOW) -> int:
    with world.writing(now):
        return calendar.store(days, now=now)


def test_new_days_are_counted_and_known_at_once(either: World) -> None:
    assert store(either, NEW_YEAR, WORKED) == 2
    with either.reading():
        plan = known()
        assert not plan.is_working_day(date(2027, 1, 1)) and plan.is_working_day(date(2027, 1, 3))
        assert plan.is_official(date(2027, 6, 1))


def test_the_same_plan_again_changes_nothing_not_even_its_source(either: World) -> None:
    store(either, NEW_YEAR)
    assert store(either, NEW_YEAR, now=LATER) == 0
    with either.reading():
        assert db.session.get_one(CalendarDay, NEW_YEAR.date).source == "import 2026-11-23T01:00:00.000000"


@pytest.mark.parametrize("change", [{"kind": "workday"}, {"name": "新年"}])
def test_a_day_that_differs_is_replaced(either: World, change: dict[str, str]) -> None:
    store(either, NEW_YEAR)
    assert store(either, NEW_YEAR.model_copy(update=change), now=LATER) == 1
    with either.reading():
        day = db.session.get_one(CalendarDay, NEW_YEAR.date)
        assert day.source.startswith("import 2026-12-01")
        assert {name: getattr(day, name) for name in change} == change


def test_a_provisional_day_becomes_official(huiyin: World) -> None:
    with huiyin.writing():
        db.session.add(CalendarDay(day=NEW_YEAR.date, kind="holiday", name="元旦", status="provisional"))
    assert store(huiyin, NEW_YEAR) == 1
    with huiyin.reading():
        assert db.session.get_one(CalendarDay, NEW_YEAR.date).status == "official"


def test_a_deadline_that_runs_keeps_its_date(huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.reading():
        before = huiyin.case(reference).due_at
    assert store(huiyin, DayIn(date=date(2026, 11, 24), kind="holiday", name="临时")) == 1
    with huiyin.reading():
        assert huiyin.case(reference).due_at == before
    later = huiyin.raised()
    with huiyin.reading():
        assert huiyin.case(later).due_at > before  # type: ignore[operator]


def test_nothing_to_store_is_nothing_changed(huiyin: World) -> None:
    assert store(huiyin) == 0
