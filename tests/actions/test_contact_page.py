"""The office decides what residents may read; units plan days to come (S1-32)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests import contacting
from tests.contacting import SOON, decided, kept, planned, station
from tests.queries.test_recipients import heard as told_of
from tests.world import World
from tracker.actions import activities
from tracker.actions import contact_page as acts
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.activities import ClosingIn, PlannedDayGone, PlannedDayIn, ReceptionIn, WorkstationEdit
from tracker.models import Event
from tracker.queries import contact_page, heard, reference

pytestmark = pytest.mark.requirement("S1-32")
PHONE = "13912342186"


def published(world: World) -> list[str]:
    with world.reading():
        rows = contact_page.in_use(reference.committee(world.actor("clerk")))
        return [row.public_id for row in rows if row.is_published]


def verbs(world: World) -> list[str]:
    with world.reading():
        wanted = ("make_public", "make_private", "decide_contact_page", "plan_day", "cancel_day")
        return list(
            db.session.scalars(select(Event.verb).where(Event.verb.in_(wanted)).order_by(Event.id)).all()
        )


def test_nothing_is_public_before_the_office_says_so(either: World) -> None:
    kept(either)
    assert published(either) == []
    with either.reading():
        assert reference.committee(either.actor("clerk")).contact == {}


@pytest.mark.parametrize("who", ["clerk", "director"])
def test_the_office_decides_station_by_station_and_the_diary_says_so(who: str, either: World) -> None:
    one, other = kept(either), kept(either, key="group2", name="企业会客厅")
    decided(either, [one], by=who)
    assert published(either) == [one]
    decided(either, [other], by=who)
    assert published(either) == [other]
    assert verbs(either) == ["make_public", "decide_contact_page", "make_private", "make_public"]


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor", "dept", "admin"])
def test_nobody_else_decides(who: str, huiyin: World) -> None:
    with pytest.raises(Forbidden):
        decided(huiyin, by=who)
    assert verbs(huiyin) == []


def test_to_decide_the_same_again_changes_nothing(huiyin: World) -> None:
    public_id = contacting.opened(huiyin)
    before = verbs(huiyin)
    decided(huiyin, [public_id])
    assert verbs(huiyin) == before


def test_the_diary_keeps_what_was_decided_about_the_page(huiyin: World) -> None:
    decided(huiyin, members=False, hidden=True)
    decided(huiyin, open=False)
    with huiyin.reading():
        found = db.session.scalars(select(Event).where(Event.verb == "decide_contact_page")).all()
        assert [event.data for event in found] == [
            {"open": True, "members": False, "hidden": True},
            {"open": False, "members": True, "hidden": False},
        ]
        assert {event.object_kind for event in found} == {"unit"}


def test_other_settings_of_the_committee_stay(huiyin: World) -> None:
    with huiyin.writing():
        reference.committee(huiyin.actor("clerk")).settings = {"signature": "锡山区政协"}
    decided(huiyin)
    with huiyin.reading():
        committee = reference.committee(huiyin.actor("clerk"))
        assert committee.signature == "锡山区政协" and committee.contact["open"]


def test_who_decides_on_an_old_form_is_told(either: World) -> None:
    public_id = kept(either)
    with either.reading():
        seen = contacting.fingerprint(either)
    decided(either, [public_id])
    with pytest.raises(Conflict):
        decided(either, [], seen=seen)
    assert published(either) == [public_id]


def test_a_station_of_another_committee_is_none_of_mine(huiyin: World) -> None:
    foreign = kept(World(huiyin.app, "dt"))
    with pytest.raises(Invalid):
        decided(huiyin, [foreign])


def test_a_closed_station_is_no_longer_to_be_decided_about(huiyin: World) -> None:
    public_id = kept(huiyin)
    with huiyin.writing():
        given = ClosingIn(closed_on=date(2026, 11, 20))
        activities.close_workstation(station(huiyin, public_id), given, by=huiyin.actor("clerk"))
    with pytest.raises(Invalid):
        decided(huiyin, [public_id])


@pytest.mark.parametrize("field", ["name", "place", "reception"])
@pytest.mark.parametrize("unfit", [f"找吴委员{PHONE}", "微信号 wxid_haiyan66", "haiyan@example.test"])
def test_what_leads_to_a_person_is_not_published(field: str, unfit: str, huiyin: World) -> None:
    public_id = kept(huiyin, **{field: unfit})
    with pytest.raises(Invalid) as refused:
        decided(huiyin, [public_id])
    assert refused.value.errors[0].field == "stations"
    assert published(huiyin) == []


@pytest.mark.parametrize("field", ["name", "place", "reception"])
def test_nor_does_it_come_in_later(field: str, huiyin: World) -> None:
    public_id = contacting.opened(huiyin)
    values = {"kind": "studio", "name": "邻里议事工作室", "opened_on": contacting.OPENED} | {field: PHONE}
    with huiyin.writing(), pytest.raises(Invalid) as refused:
        given = WorkstationEdit(**values)
        activities.edit_workstation(station(huiyin, public_id), given, by=huiyin.actor("secretary"))
    assert [error.field for error in refused.value.errors] == [field]


def edited(world: World, public_id: str, by: str, **given: Any) -> None:
    values = {
        "kind": "studio",
        "name": "邻里议事工作室",
        "place": contacting.PLACE,
        "opened_on": contacting.OPENED,
    }
    with world.writing():
        wanted = WorkstationEdit(**values | given)
        activities.edit_workstation(station(world, public_id), wanted, by=world.actor(by))


@pytest.mark.parametrize("given", [{"name": "议事厅"}, {"place": "云林社区三楼"}, {"reception": "每月5日"}])
def test_what_a_secretary_changes_waits_for_the_office_again(huiyin: World, given: dict[str, str]) -> None:
    public_id = contacting.opened(huiyin)
    edited(huiyin, public_id, "secretary", **given)
    assert published(huiyin) == []
    assert told_of(huiyin, "recheck") == {"clerk", "clerk2"}
    decided(huiyin, [public_id])
    assert published(huiyin) == [public_id]


def test_what_residents_do_not_read_and_what_the_office_changes_stays_public(huiyin: World) -> None:
    public_id = contacting.opened(huiyin)
    edited(huiyin, public_id, "secretary", keepers="吴海燕")
    edited(huiyin, public_id, "clerk", name="议事厅")
    assert published(huiyin) == [public_id]


def test_inside_a_phone_may_stand_where_no_resident_reads(huiyin: World) -> None:
    public_id = contacting.opened(huiyin)
    values = {"kind": "studio", "name": "邻里议事工作室", "opened_on": contacting.OPENED}
    with huiyin.writing():
        given = WorkstationEdit(**values, keepers=f"吴海燕 {PHONE}")
        activities.edit_workstation(station(huiyin, public_id), given, by=huiyin.actor("secretary"))
        assert station(huiyin, public_id).keepers.endswith(PHONE)


def test_days_to_come_are_planned_and_taken_back(either: World) -> None:
    public_id = kept(either)
    day = planned(either, public_id)
    planned(either, public_id, contacting.LATER)
    with either.writing():
        found = station(either, public_id)
        assert [one.held_on for one in found.planned] == [SOON, contacting.LATER]
        assert found.held == []
        acts.cancel_day(found, PlannedDayGone(day=day), by=either.actor("secretary"))
        assert [one.held_on for one in found.planned] == [contacting.LATER]
    assert verbs(either) == ["plan_day", "plan_day", "cancel_day"]


@pytest.mark.parametrize("by", ["member", "leader", "auditor", "dept"])
def test_others_plan_nothing(by: str, huiyin: World) -> None:
    public_id = kept(huiyin)
    with huiyin.writing():
        found = station(huiyin, public_id)
        with pytest.raises(Forbidden):
            acts.plan_day(found, PlannedDayIn(held_on=SOON), by=huiyin.actor(by))
        with pytest.raises(Forbidden):
            acts.cancel_day(found, PlannedDayGone(day="x"), by=huiyin.actor(by))


def test_a_secretary_plans_for_the_own_unit_only(huiyin: World) -> None:
    public_id = kept(huiyin, key="group2")
    with pytest.raises(Forbidden):
        planned(huiyin, public_id)


@pytest.mark.parametrize(
    "given, field",
    [
        ({"held_on": SOON - timedelta(days=3)}, "held_on"),
        ({"held_on": SOON + timedelta(days=400)}, "held_on"),
        ({"held_on": SOON, "hours": f"上午，打{PHONE}"}, "hours"),
    ],
)
def test_what_cannot_be_planned(given: dict[str, Any], field: str, huiyin: World) -> None:
    public_id = kept(huiyin)
    with huiyin.writing(), pytest.raises(Invalid) as refused:
        acts.plan_day(station(huiyin, public_id), PlannedDayIn(**given), by=huiyin.actor("clerk"))
    assert [error.field for error in refused.value.errors] == [field]


def test_only_so_many_days_to_come_are_planned(huiyin: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "MOST_PLANNED", 2)
    public_id = kept(huiyin)
    planned(huiyin, public_id)
    planned(huiyin, public_id, contacting.LATER)
    with pytest.raises(Invalid) as refused:
        planned(huiyin, public_id, hours="下午2:00—4:30")
    assert [error.field for error in refused.value.errors] == ["held_on"]


def test_today_may_be_planned_and_a_day_twice_at_other_hours_only(huiyin: World) -> None:
    public_id = kept(huiyin)
    planned(huiyin, public_id, date(2026, 11, 23))
    planned(huiyin, public_id)
    planned(huiyin, public_id, hours="下午2:00—4:30")
    with pytest.raises(Invalid):
        planned(huiyin, public_id)


def test_a_closed_station_plans_nothing(huiyin: World) -> None:
    public_id = kept(huiyin)
    with huiyin.writing():
        given = ClosingIn(closed_on=date(2026, 11, 20))
        activities.close_workstation(station(huiyin, public_id), given, by=huiyin.actor("clerk"))
    with pytest.raises(Conflict):
        planned(huiyin, public_id)


@pytest.mark.requirement("S1-31")
def test_a_planned_day_becomes_the_day_that_was_held(either: World) -> None:
    public_id = kept(either)
    planned(either, public_id, date(2026, 11, 23))
    with either.writing():
        given = ReceptionIn(held_on=date(2026, 11, 23), members="吴海燕", people_count=4)
        activities.receive_residents(station(either, public_id), given, by=either.actor("secretary"))
    with either.writing():
        found = station(either, public_id)
        assert found.planned == []
        assert [(day.hours, day.members, day.people_count) for day in found.held] == [
            ("上午9:00—11:30", "吴海燕", 4)
        ]
        with pytest.raises(NotFound):
            gone = PlannedDayGone(day=found.held[0].public_id)
            acts.cancel_day(found, gone, by=either.actor("clerk"))


def test_nothing_was_heard_on_a_day_that_is_only_planned(huiyin: World) -> None:
    day = planned(huiyin, kept(huiyin))
    with huiyin.reading(), pytest.raises(NotFound):
        heard.reception_day(day, huiyin.actor("clerk"))
