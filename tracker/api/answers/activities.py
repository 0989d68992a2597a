"""What units held, and the workstations they keep."""

from datetime import date, datetime

from tracker.api.answers.base import Answer
from tracker.models import Activity, ReceptionDay, Workstation


class ActivityAnswer(Answer):
    """One that was taken back has ``cancelled_at`` and counts no more."""

    id: str
    kind: str
    title: str
    unit: str
    unit_name: str
    held_on: date
    form: str
    categories: list[str]
    place: str
    people_count: int
    report: str
    cancelled_at: datetime | None
    created_at: datetime
    version: int


class ActivityList(Answer):
    items: list[ActivityAnswer]
    next: str | None


class ReceptionAnswer(Answer):
    """A day on which residents were received, or (``is_planned``) will be."""

    id: str
    held_on: date
    hours: str
    is_planned: bool
    members: str
    people_count: int
    note: str


class WorkstationAnswer(Answer):
    """``receptions``: the latest first."""

    id: str
    kind: str
    name: str
    unit: str
    unit_name: str
    place: str
    keepers: str
    reception: str
    opened_on: date
    closed_on: date | None
    is_published: bool
    receptions: list[ReceptionAnswer]
    created_at: datetime
    version: int


class WorkstationList(Answer):
    items: list[WorkstationAnswer]
    next: str | None


def activity_answer(event: Activity) -> ActivityAnswer:
    names = (
        "kind", "title", "held_on", "form", "categories", "place", "people_count", "report", "cancelled_at",
        "created_at", "version",
    )  # fmt: skip
    return ActivityAnswer(
        **{name: getattr(event, name) for name in names},
        id=event.public_id,
        unit=event.unit.public_id,
        unit_name=event.unit.name,
    )


def workstation_answer(station: Workstation) -> WorkstationAnswer:
    names = (
        "kind", "name", "place", "keepers", "reception", "opened_on", "closed_on", "is_published",
        "created_at", "version",
    )  # fmt: skip
    return WorkstationAnswer(
        **{name: getattr(station, name) for name in names},
        id=station.public_id,
        unit=station.unit.public_id,
        unit_name=station.unit.name,
        receptions=[_reception(day) for day in sorted(station.days, key=_day, reverse=True)],
    )


def _day(day: ReceptionDay) -> date:
    return day.held_on


def _reception(day: ReceptionDay) -> ReceptionAnswer:
    names = ("held_on", "hours", "is_planned", "members", "people_count", "note")
    return ReceptionAnswer(**{name: getattr(day, name) for name in names}, id=day.public_id)
