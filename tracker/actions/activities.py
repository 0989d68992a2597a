"""Units write down the service they held and the workstations they keep; both count for quotas."""

from datetime import date, timedelta
from typing import Final

from tracker.actions import contact_page, diary
from tracker.actions.base import action, lock, session
from tracker.errors import Conflict, Invalid
from tracker.extensions import clock
from tracker.incoming.activities import (
    ActivityEdit,
    ActivityIn,
    ClosingIn,
    ReceptionIn,
    WorkstationEdit,
    WorkstationIn,
)
from tracker.models import Activity, OrgUnit, ReceptionDay, Workstation
from tracker.models.committee import GROUP_KINDS
from tracker.queries import invitees, reference
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_

AHEAD: Final = timedelta(days=366)


@action
def hold(given: ActivityIn, *, by: Actor) -> Activity:
    """A service event that took place, or another meeting with residents, also ahead (S1-13, S1-23…25)."""
    unit = _unit(given.unit, by)
    made = Activity(committee_id=by.committee_id, unit_id=unit.id, unit=unit, kind=given.kind)
    permissions.require(by, "edit", made)
    _fitting(given)
    _fill(made, given)
    session().add(made)
    diary.write(made, "hold", by=by, data={"unit": unit.id}, notify=False)
    return made


@action
def edit_event(event: Activity, given: ActivityEdit, *, by: Actor, expect: int | None = None) -> int:
    """How many were let in and have to hear that it is called otherwise, or is elsewhere or another day."""
    permissions.require(by, "edit", event)
    _fitting(given)
    lock(event, expect)
    before = (event.title, event.held_on, event.place)
    _fill(event, given)
    diary.write(event, "edit_activity", by=by, notify=False)
    if event.cancelled_at is not None or before == (event.title, event.held_on, event.place):
        return 0
    return _pass_on(event, "tell_change", by, min(before[1], event.held_on))


@action
def cancel_event(event: Activity, *, by: Actor, expect: int | None = None) -> int:
    """Taken back: it stays to be seen and counts no more; how many were let in and have to hear of it."""
    permissions.require(by, "edit", event)
    lock(event, expect)
    if event.cancelled_at is not None:
        return 0
    event.cancelled_at = clock()
    diary.write(event, "cancel_activity", by=by, notify=False)
    return _pass_on(event, "tell_cancelled", by, event.held_on)


@action
def set_up(given: WorkstationIn, *, by: Actor) -> Workstation:
    """A studio, members' home, station or contact point of a unit (S1-10, S1-28, S1-29)."""
    unit = _unit(given.unit, by)
    made = Workstation(committee_id=by.committee_id, unit_id=unit.id, unit=unit)
    permissions.require(by, "edit", made)
    _furnish(made, given)
    session().add(made)
    diary.write(made, "set_up", by=by, data={"unit": unit.id, "kind": given.kind}, notify=False)
    return made


@action
def edit_workstation(
    station: Workstation, given: WorkstationEdit, *, by: Actor, expect: int | None = None
) -> None:
    permissions.require(by, "edit", station)
    lock(station, expect)
    if station.is_published:
        contact_page.check_fit(given)
    before = contact_page.shown(station)
    _furnish(station, given)
    diary.write(station, "edit_workstation", by=by, notify=False)
    news = station.is_published and contact_page.shown(station) != before
    if news and not permissions.may(by, "publish", station):
        contact_page.recheck(station, by)


@action
def close_workstation(
    station: Workstation, given: ClosingIn, *, by: Actor, expect: int | None = None
) -> None:
    permissions.require(by, "edit", station)
    _not_later(given.closed_on, "closed_on")
    lock(station, expect)
    if station.closed_on is not None:
        raise Conflict(N_("已经关闭"), version=station.version)
    if given.closed_on < station.opened_on:
        raise Invalid.one("closed_on", N_("关闭日期不能早于设立日期"))
    station.closed_on = given.closed_on
    diary.write(station, "close_workstation", by=by, notify=False)


@action
def receive_residents(
    station: Workstation, given: ReceptionIn, *, by: Actor, expect: int | None = None
) -> ReceptionDay:
    """A reception day: who was there and how many came (S1-31); a day that was planned is now held."""
    permissions.require(by, "edit", station)
    _not_later(given.held_on, "held_on")
    lock(station, expect)
    if given.held_on < station.opened_on or (station.closed_on and given.held_on > station.closed_on):
        raise Invalid.one("held_on", N_("这一天工作室没有开放"))
    made = next((day for day in station.planned if day.held_on == given.held_on), None)
    if made is None:
        made = ReceptionDay()
        station.days.append(made)
    made.is_planned = False
    for name, value in given.model_dump().items():
        setattr(made, name, value)
    diary.write(station, "receive_residents", by=by, data={"people": given.people_count}, notify=False)
    return made


def _pass_on(event: Activity, verb: str, by: Actor, first: date) -> int:
    """The invited have no account: whoever proposed them is told, and whoever let them in."""
    if first < shanghai_date(clock()):
        return 0
    admitted, told = invitees.approved(event), set()
    for one in admitted:
        who = (one.proposer_id, one.decider_id)
        data = {"activity": event.id}
        diary.write(one, verb, by=by, data=data, notify=who not in told)
        told.add(who)
    return len(admitted)


def _unit(token: str, by: Actor) -> OrgUnit:
    unit = reference.unit(by, token)
    if unit.kind not in GROUP_KINDS:
        raise Invalid.one("unit", N_("没有这个单位，请从单位列表中选"))
    return unit


def _fitting(given: ActivityEdit) -> None:
    """Service counts, so it is written down when it is done; other meetings before, to invite to them."""
    if given.kind == "service":
        _not_later(given.held_on, "held_on")
    elif given.held_on > shanghai_date(clock()) + AHEAD:
        raise Invalid.one("held_on", N_("最多提前一年登记"))


def _not_later(day: date, field: str) -> None:
    if day > shanghai_date(clock()):
        raise Invalid.one(field, N_("日期不能晚于今天"))


def _fill(event: Activity, given: ActivityEdit) -> None:
    for name, value in given.model_dump(exclude={"unit"}).items():
        setattr(event, name, value)


def _furnish(station: Workstation, given: WorkstationEdit) -> None:
    _not_later(given.opened_on, "opened_on")
    if station.closed_on and given.opened_on > station.closed_on:
        raise Invalid.one("opened_on", N_("设立日期不能晚于关闭日期"))
    for name, value in given.model_dump(exclude={"unit"}).items():
        setattr(station, name, value)
