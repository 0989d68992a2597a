"""Service events and workstations: written down by their unit, and counted for it."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import campaigning
from tests.campaigning import begun
from tests.world import NOW, World
from tracker.actions import activities as acts
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.activities import (
    ActivityEdit,
    ActivityIn,
    ClosingIn,
    ReceptionIn,
    WorkstationEdit,
    WorkstationIn,
)
from tracker.models import Activity, Event, Workstation
from tracker.queries import activities, quotas

DAY = date(2026, 11, 20)


def held(world: World, *, by: str = "secretary", key: str = "group", **given: Any) -> str:
    with world.writing():
        values = {"unit": campaigning.group_id(world, key), "title": "义诊进社区", "held_on": DAY} | given
        return acts.hold(ActivityIn(**values), by=world.actor(by)).public_id


def kept(world: World, *, by: str = "secretary", key: str = "group", **given: Any) -> str:
    with world.writing():
        unit = campaigning.group_id(world, key)
        values = {"unit": unit, "kind": "studio", "name": "吴海燕工作室", "opened_on": DAY} | given
        return acts.set_up(WorkstationIn(**values), by=world.actor(by)).public_id


def event(world: World, public_id: str) -> Activity:
    return activities.event(public_id, world.actor("clerk"))


def station(world: World, public_id: str) -> Workstation:
    return activities.workstation(public_id, world.actor("clerk"))


def counted(world: World) -> dict[str, list[int]]:
    with world.reading():
        lines = quotas.of_units(campaigning.campaign(world), world.actor("clerk"), DAY)
        return {line.bearer.name: [found.counted for found in line.standings if found] for line in lines}


@pytest.mark.requirement("S1-23")
def test_what_a_unit_held_counts_until_it_is_taken_back(either: World) -> None:
    begun(either)
    public_id = held(either, categories=["legal_aid", "advice"], form="activity_day")
    assert counted(either)["东亭街道工委会"][0] == 1
    with either.writing():
        assert event(either, public_id).categories == ["legal_aid", "advice"]
        acts.cancel_event(event(either, public_id), by=either.actor("secretary"))
    assert counted(either)["东亭街道工委会"][0] == 0


@pytest.mark.requirement("S1-28")
def test_a_studio_counts_until_it_is_closed(either: World) -> None:
    begun(either)
    public_id = kept(either)
    assert counted(either)["东亭街道工委会"][-1] == 1
    with either.writing():
        acts.close_workstation(station(either, public_id), ClosingIn(closed_on=DAY), by=either.actor("clerk"))
    assert counted(either)["东亭街道工委会"][-1] == 0
    with either.writing(), pytest.raises(Conflict):
        acts.close_workstation(station(either, public_id), ClosingIn(closed_on=DAY), by=either.actor("clerk"))


@pytest.mark.parametrize("who", ["member", "leader", "auditor", "dept", "admin", "dt-clerk"])
def test_others_write_nothing_down(who: str, huiyin: World) -> None:
    with pytest.raises((Forbidden, Invalid)):
        held(huiyin, by=who)
    with pytest.raises((Forbidden, Invalid)):
        kept(huiyin, by=who)


def test_a_secretary_writes_for_the_own_unit_only(huiyin: World) -> None:
    with pytest.raises(Forbidden):
        held(huiyin, key="group2")
    with huiyin.reading():
        assert [unit.key for unit in activities.units(huiyin.actor("secretary"), Activity)] == ["group"]
        assert {unit.key for unit in activities.units(huiyin.actor("clerk"), Workstation)} == {
            "group",
            "group2",
        }


@pytest.mark.parametrize("key", ["housing", "office"])
def test_departments_and_the_office_hold_none(key: str, huiyin: World) -> None:
    with pytest.raises(Invalid):
        held(huiyin, by="clerk", key=key)


def test_tomorrow_has_not_happened(huiyin: World) -> None:
    with pytest.raises(Invalid):
        held(huiyin, held_on=date(2026, 11, 24))
    with pytest.raises(Invalid):
        kept(huiyin, opened_on=date(2026, 11, 24))


def test_what_was_written_is_corrected(huiyin: World) -> None:
    one, other = held(huiyin), kept(huiyin)
    with huiyin.writing():
        by = huiyin.actor("secretary")
        acts.edit_event(event(huiyin, one), ActivityEdit(title="送医上门", held_on=DAY), by=by)
        changed = WorkstationEdit(kind="members_home", name="委员之家", opened_on=DAY)
        acts.edit_workstation(station(huiyin, other), changed, by=by)
    with huiyin.reading():
        assert event(huiyin, one).title == "送医上门"
        assert station(huiyin, other).kind == "members_home"


@pytest.mark.requirement("S1-31")
def test_a_reception_day_lies_while_the_workstation_is_open(huiyin: World) -> None:
    public_id = kept(huiyin)
    with huiyin.writing():
        given = ReceptionIn(held_on=DAY, members="吴海燕", people_count=4)
        acts.receive_residents(station(huiyin, public_id), given, by=huiyin.actor("secretary"))
        with pytest.raises(Invalid):
            early = ReceptionIn(held_on=date(2026, 11, 19), members="吴海燕")
            acts.receive_residents(station(huiyin, public_id), early, by=huiyin.actor("secretary"))
    with huiyin.reading():
        assert [day.people_count for day in station(huiyin, public_id).days] == [4]


def test_a_workstation_closes_after_it_opened(huiyin: World) -> None:
    public_id = kept(huiyin)
    with huiyin.writing(), pytest.raises(Invalid):
        early = ClosingIn(closed_on=date(2026, 11, 19))
        acts.close_workstation(station(huiyin, public_id), early, by=huiyin.actor("clerk"))


WITH_RESIDENTS = (
    "symposium", "proposal_meeting", "sit_in", "inspection", "consultation", "proposal_leads", "supervision",
    "review",
)  # fmt: skip


@pytest.mark.requirement("S1-13")
@pytest.mark.requirement("S1-18")
@pytest.mark.requirement("S1-33")
@pytest.mark.requirement("S1-34")
@pytest.mark.requirement("S1-35")
@pytest.mark.requirement("S1-38")
@pytest.mark.requirement("S1-39")
@pytest.mark.requirement("S1-40")
def test_meetings_with_residents_are_on_record_and_count_for_no_quota(huiyin: World) -> None:
    begun(huiyin)
    for kind in WITH_RESIDENTS:
        held(huiyin, kind=kind, people_count=12)
    with huiyin.reading():
        found = activities.events(huiyin.actor("leader"), now=NOW)
        assert {(one.kind, one.people_count) for one in found} == {(kind, 12) for kind in WITH_RESIDENTS}
    assert counted(huiyin)["东亭街道工委会"][0] == 0


@pytest.mark.requirement("S1-10")
@pytest.mark.requirement("S1-11")
@pytest.mark.parametrize("kind", ["members_home", "contact_point"])
def test_homes_and_contact_points_are_on_the_register(kind: str, huiyin: World) -> None:
    public_id = kept(huiyin, kind=kind, name="云林社区", place="云林苑北门", reception="每月15日上午")
    with huiyin.reading():
        found = station(huiyin, public_id)
        assert (found.kind, found.place, found.reception) == (kind, "云林苑北门", "每月15日上午")


TODAY, EARLIER = date(2026, 11, 23), date(2026, 11, 19)


@pytest.mark.parametrize(
    "day, fits", [(EARLIER, False), (DAY, True), (date(2026, 11, 21), True), (TODAY, False)]
)
def test_both_the_first_and_the_last_day_of_a_station_receive_residents(
    huiyin: World, day: date, fits: bool
) -> None:
    public_id = kept(huiyin)
    with huiyin.writing():
        by, found = huiyin.actor("clerk"), station(huiyin, public_id)
        acts.close_workstation(found, ClosingIn(closed_on=date(2026, 11, 21)), by=by)
    given = ReceptionIn(held_on=day, members="吴海燕", people_count=4)
    if fits:
        with huiyin.writing():
            assert acts.receive_residents(station(huiyin, public_id), given, by=huiyin.actor("clerk"))
        return
    with huiyin.writing(), pytest.raises(Invalid) as refused:
        acts.receive_residents(station(huiyin, public_id), given, by=huiyin.actor("clerk"))
    assert [fault.field for fault in refused.value.errors] == ["held_on"]


@pytest.mark.parametrize("opened, fits", [(DAY, True), (date(2026, 11, 21), False)])
def test_a_closed_station_was_opened_before_it_closed(huiyin: World, opened: date, fits: bool) -> None:
    public_id = kept(huiyin, opened_on=EARLIER)
    changed = WorkstationEdit(kind="studio", name="吴海燕工作室", opened_on=opened)
    with huiyin.writing():
        acts.close_workstation(station(huiyin, public_id), ClosingIn(closed_on=DAY), by=huiyin.actor("clerk"))
    if fits:
        with huiyin.writing():
            acts.edit_workstation(station(huiyin, public_id), changed, by=huiyin.actor("clerk"))
        return
    with huiyin.writing(), pytest.raises(Invalid) as refused:
        acts.edit_workstation(station(huiyin, public_id), changed, by=huiyin.actor("clerk"))
    assert [fault.field for fault in refused.value.errors] == ["opened_on"]


def test_what_was_taken_back_keeps_its_first_moment_and_its_one_line(huiyin: World) -> None:
    public_id = held(huiyin)
    for hours in (0, 5):
        with huiyin.writing(NOW + timedelta(hours=hours)):
            acts.cancel_event(event(huiyin, public_id), by=huiyin.actor("clerk"))
    with huiyin.reading():
        assert event(huiyin, public_id).cancelled_at == NOW
        assert db.session.query(Event).filter_by(verb="cancel_activity").count() == 1
