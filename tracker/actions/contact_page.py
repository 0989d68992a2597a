"""The office decides what residents may know of members and stations; units plan days to come (S1-32)."""

from collections.abc import Iterable
from datetime import timedelta

from tracker.actions import diary
from tracker.actions.base import CHANGED, action, lock, lock_in_order, session
from tracker.errors import Conflict, FieldError, Invalid, NotFound
from tracker.extensions import clock
from tracker.incoming.activities import PlannedDayGone, PlannedDayIn, WorkstationEdit
from tracker.incoming.contact_page import PublishIn
from tracker.models import Committee, ReceptionDay, Workstation
from tracker.queries import contact_page, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.publishing import leads_to_somebody
from tracker.rules.words import N_

FARTHEST = timedelta(days=366)
# A station that opens every morning and every afternoon of a year.
MOST_PLANNED = 732
# What residents read of a workstation; keepers, duty lists and notes stay inside.
SHOWN = ("name", "place", "reception")
UNFIT = N_("这里会公布给群众，不能写电话、账号、证件号码或邮箱；联系电话公布的是办公室的")


@action
def decide(given: PublishIn, *, by: Actor) -> None:
    """Open or close the page and say which workstations stand on it; each change is a line in the diary."""
    permissions.require_any(by, "workstation.publish")
    committee = reference.committee(by)
    lock(committee)
    stations = contact_page.in_use(committee)
    if given.seen != contact_page.fingerprint(committee, stations):
        raise Conflict(CHANGED)
    chosen = set(given.stations)
    if chosen - {station.public_id for station in stations}:
        raise Invalid.one("stations", N_("没有这个工作室"))
    _publish([row for row in stations if row.is_published != (row.public_id in chosen)], by)
    _set_up(committee, {"open": given.open, "members": given.members, "hidden": given.hidden}, by)


@action
def plan_day(station: Workstation, given: PlannedDayIn, *, by: Actor) -> ReceptionDay:
    """A day to come; it is filled in when it was held."""
    permissions.require(by, "edit", station)
    today = shanghai_date(clock())
    if not today <= given.held_on <= today + FARTHEST:
        raise Invalid.one("held_on", N_("请填今天到一年以内的日期"))
    if leads_to_somebody(given.hours):
        raise Invalid.one("hours", UNFIT)
    lock(station)
    if station.closed_on is not None:
        raise Conflict(N_("已经关闭"), version=station.version)
    if any((day.held_on, day.hours) == (given.held_on, given.hours) for day in station.planned):
        raise Invalid.one("held_on", N_("这一天已经在计划里了"))
    if sum(day.held_on >= today for day in station.planned) >= MOST_PLANNED:
        raise Invalid.one("held_on", N_("最多排 %(most)s 次，先删去不用的"), most=MOST_PLANNED)
    made = ReceptionDay(is_planned=True, **given.model_dump())
    station.days.append(made)
    diary.write(station, "plan_day", by=by, data={"day": given.held_on.isoformat()}, notify=False)
    return made


@action
def cancel_day(station: Workstation, given: PlannedDayGone, *, by: Actor) -> None:
    """A planned day is taken back; one that was held stays."""
    permissions.require(by, "edit", station)
    lock(station)
    found = next((day for day in station.planned if day.public_id == given.day), None)
    if found is None:
        raise NotFound(N_("没有计划这一天"))
    session().delete(found)
    diary.write(station, "cancel_day", by=by, data={"day": found.held_on.isoformat()}, notify=False)
    session().expire(station, ["days"])


def check_fit(station: Workstation | WorkstationEdit) -> None:
    """Nothing that leads to a person may stand where residents read; Invalid naming the fields."""
    unfit = [name for name in SHOWN if leads_to_somebody(getattr(station, name))]
    if unfit:
        raise Invalid([FieldError(name, UNFIT) for name in unfit])


def shown(station: Workstation) -> tuple[str, ...]:
    """What residents read of it."""
    return tuple(getattr(station, name) for name in SHOWN)


def recheck(station: Workstation, by: Actor) -> None:
    """Other words than the office agreed to: residents read them once it has looked at them."""
    station.is_published = False
    diary.write(station, "recheck", by=by)


def _publish(changed: Iterable[Workstation], by: Actor) -> None:
    rows = list(changed)
    lock_in_order(rows)
    for station in rows:
        station.is_published = not station.is_published
        if station.is_published and any(leads_to_somebody(getattr(station, name)) for name in SHOWN):
            raise Invalid.one(
                "stations",
                N_("“%(name)s”的名称、地点或接待日里有电话、账号或证件号码，请先改好再公布"),
                name=station.name,
            )
        diary.write(station, "make_public" if station.is_published else "make_private", by=by, notify=False)


def _set_up(committee: Committee, wanted: dict[str, bool], by: Actor) -> None:
    if {name: committee.contact.get(name, False) for name in wanted} == wanted:
        return
    # A new dictionary: a change inside the old one would not be noticed.
    committee.settings = committee.settings | {"contact": wanted}
    root = reference.units(by, "committee")[0]
    diary.write(root, "decide_contact_page", by=by, data=wanted, notify=False)
