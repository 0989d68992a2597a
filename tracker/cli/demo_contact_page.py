"""The demonstration's page for residents: days to come, and all but one workstation made public."""

import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tracker.actions import contact_page as acts
from tracker.cli.demo_content.timeline import office_hours
from tracker.extensions import clock
from tracker.incoming.activities import PlannedDayIn
from tracker.incoming.contact_page import PublishIn
from tracker.models import Workstation
from tracker.queries import contact_page, reference
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date

HOURS = ("上午9:00—11:30", "下午2:00—4:30")


def _wednesday(day: date) -> bool:
    return day.weekday() == 2


RULES: dict[str, Callable[[date], bool]] = {
    "每周三": _wednesday,
    "每月10日、20日": lambda day: day.day in (10, 20),
    "每月第一个星期五": lambda day: day.weekday() == 4 and day.day <= 7,
}


def open_pages(end: datetime, actor: Callable[[str], Actor]) -> None:
    """Inside a write transaction, after the workstations have been set up."""
    with clock.at(office_hours(end - timedelta(days=1))):
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
    for day in _days(station.reception, shanghai_date(clock())):
        acts.plan_day(station, PlannedDayIn(held_on=day, hours=hours), by=clerk)


def _days(reception: str, today: date) -> Iterator[date]:
    """The next three that keep to what the workstation says of itself."""
    fits = next((rule for words, rule in RULES.items() if reception.startswith(words)), _wednesday)
    coming = (today + timedelta(days=number) for number in itertools.count(1))
    return itertools.islice(filter(fits, coming), 3)
