"""The demonstration's page for residents: days to come, and all but one workstation made public."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tracker.actions import contact_page as acts
from tracker.extensions import clock
from tracker.incoming.activities import PlannedDayIn
from tracker.incoming.contact_page import PublishIn
from tracker.models import Workstation
from tracker.queries import contact_page, reference
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

HOURS = ("上午9:00—11:30", "下午2:00—4:30")
WEDNESDAY = 2


def open_pages(end: datetime, actor: Callable[[str], Actor]) -> None:
    """Inside a write transaction, after the workstations have been set up."""
    with clock.at(end):
        for code in ("xs", "dt"):
            _open(actor(f"{code}-clerk"))


def _open(clerk: Actor) -> None:
    committee = reference.committee(clerk)
    stations = contact_page.in_use(committee)
    for number, station in enumerate(stations[:-1]):
        _plan(station, HOURS[number % len(HOURS)], clerk)
    given = PublishIn(
        open=True,
        members=True,
        stations=[station.public_id for station in stations[:-1]],
        seen=contact_page.fingerprint(committee, stations),
    )
    acts.decide(given, by=clerk)


def _plan(station: Workstation, hours: str, clerk: Actor) -> None:
    first = _next_wednesday(shanghai_date(clock()))
    for week in range(3):
        acts.plan_day(station, PlannedDayIn(held_on=first + timedelta(weeks=week), hours=hours), by=clerk)


def _next_wednesday(after: date) -> date:
    return after + timedelta(days=(WEDNESDAY - after.weekday() - 1) % 7 + 1)
