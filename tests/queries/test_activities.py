"""What units hold and keep: the lists by kind, unit and day, one's own committee only."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests import campaigning, inviting
from tests.queries.conftest import Filled, said
from tests.world import NOW, World
from tracker.actions import activities as acts
from tracker.errors import Invalid, NotFound
from tracker.incoming.activities import ActivityIn, ClosingIn, ReceptionIn, WorkstationIn
from tracker.incoming.schema import read
from tracker.models import Activity, Workstation
from tracker.queries import activities
from tracker.rules.actors import Actor

EVENTS = {"clinic", "talks", "school", "gone"}
STATIONS = {"studio", "home", "point", "shut"}


@pytest.fixture(scope="module")
def filled(plain_filling: Filled) -> Filled:
    world, known = plain_filling.world, plain_filling.known
    known["clinic"] = _held(world, "group", kind="service", title="东亭义诊进社区", held_on="2026-10-01")
    known["talks"] = inviting.meeting(world, held_on="2026-11-30")
    known["school"] = _held(world, "group2", kind="symposium", title="家校恳谈会", held_on="2026-11-20")
    known["gone"] = _held(world, "group2", kind="service", title="护学岗志愿服务", held_on="2026-11-20")
    with world.writing():
        acts.cancel_event(inviting.event(world, known["gone"]), by=world.actor("clerk"))
    inviting.proposed(world, known["talks"])
    dongtai = World(world.app, "dt")
    known["foreign"] = inviting.meeting(dongtai)
    known["shut"] = _kept(world, "group", kind="studio", name="北门议事工作室")
    known["point"] = _kept(world, "group2", kind="contact_point", name="教育界别联络点")
    known["home"] = _kept(world, "group", kind="members_home", name="东亭委员之家")
    known["studio"] = _kept(world, "group2", kind="studio", name="教育界别工作室")
    known["foreign studio"] = _kept(dongtai, "group", kind="studio", name="范公工作室")
    _closed(world, known["shut"])
    return plain_filling


def _held(world: World, key: str, **given: Any) -> str:
    with world.writing():
        values = {"unit": campaigning.group_id(world, key)} | given
        return acts.hold(read(ActivityIn, values), by=world.actor("clerk")).public_id


def _kept(world: World, key: str, **given: Any) -> str:
    with world.writing():
        values = {"unit": campaigning.group_id(world, key), "opened_on": "2026-11-02"} | given
        return acts.set_up(read(WorkstationIn, values), by=world.actor("clerk")).public_id


def _closed(world: World, public_id: str) -> None:
    with world.writing():
        by = world.actor("clerk")
        station = activities.workstation(public_id, by)
        for day in (date(2026, 11, 5), date(2026, 11, 12)):
            acts.receive_residents(station, ReceptionIn(held_on=day, members="吴海燕"), by=by)
        acts.close_workstation(station, ClosingIn(closed_on=date(2026, 11, 20)), by=by)


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _found(filled: Filled, who: str = "clerk", **asked: Any) -> set[str]:
    rows = activities.page(filled.world.actor(who), **asked).items
    return set(filled.names(row.public_id for row in rows))


def _stations(filled: Filled, who: str = "clerk", **asked: Any) -> list[str]:
    rows = activities.stations_page(filled.world.actor(who), **asked).items
    return filled.names(row.public_id for row in rows)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, EVENTS),
        ({"kind": "service"}, {"clinic", "gone"}),
        ({"kind": "review"}, set()),
        ({"unit": "group2"}, {"school", "gone"}),
        ({"unit": "office"}, set()),
        ({"unit": "nonsense"}, set()),
        ({"from_": date(2026, 11, 20)}, {"talks", "school", "gone"}),
        ({"from_": date(2026, 11, 21)}, {"talks"}),
        ({"to": date(2026, 10, 1)}, {"clinic"}),
        ({"to": date(2026, 9, 30)}, set()),
        ({"from_": date(2026, 10, 2), "to": date(2026, 11, 20), "kind": "symposium"}, {"school"}),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert _found(reading, **asked) == expected


def test_a_unit_is_also_named_by_its_public_id_and_only_in_ones_own_committee(reading: Filled) -> None:
    own = campaigning.group_id(reading.world, "group2")
    theirs = campaigning.group_id(World(reading.world.app, "dt"))
    assert _found(reading, unit=own) == {"school", "gone"}
    assert _stations(reading, unit=own) == ["studio", "point"]
    assert _found(reading, unit=theirs) == set() and _stations(reading, unit=theirs) == []


@pytest.mark.requirement("T14")
def test_another_committee_finds_its_own(reading: Filled) -> None:
    assert _found(reading, "dt-clerk") == {"foreign"}
    assert _stations(reading, "dt-clerk") == ["foreign studio"]
    stranger = reading.world.actor("dt-director")
    for name in (*EVENTS, *STATIONS):
        with pytest.raises(NotFound):
            activities.event(reading.known[name], stranger)
        with pytest.raises(NotFound):
            activities.workstation(reading.known[name], stranger)
    assert [row.title for row in activities.events(stranger, now=NOW)] == ["东亭街道居民座谈会"]
    assert [row.name for row in activities.workstations(stranger)] == ["范公工作室"]


def test_one_is_fetched_with_its_unit_and_its_days(reading: Filled) -> None:
    member = reading.world.actor("member")
    found = activities.event(reading.known["gone"], member)
    assert (found.unit.name, found.cancelled_at) == ("教育界别组", NOW)
    station = activities.workstation(reading.known["shut"], member)
    assert [day.held_on.day for day in station.days] == [12, 5]


@pytest.mark.parametrize("limit", [1, 3, 4, 5])
def test_page_after_page_shows_each_event_once(limit: int, reading: Filled) -> None:
    clerk, found, after = reading.world.actor("clerk"), [], None
    while True:
        page = activities.page(clerk, limit=limit, after=after)
        found += [row.id for row in page.items]
        after = page.next
        if after is None:
            break
    assert found == sorted(found, reverse=True) and len(found) == len(EVENTS)


@pytest.mark.parametrize("after", ["nonsense", "0", "LTE", "０", "🈚"])
def test_a_place_in_the_pages_that_is_none_is_named(after: str, reading: Filled) -> None:
    with pytest.raises(Invalid) as refused:
        activities.page(reading.world.actor("clerk"), after=after)
    assert [fault.field for fault in refused.value.errors] == ["after"]


def test_the_latest_day_stands_first_whenever_it_was_written_down(reading: Filled) -> None:
    rows = activities.events(reading.world.actor("member"), now=NOW)
    assert reading.names(row.public_id for row in rows) == ["talks", "gone", "school", "clinic"]


@pytest.mark.parametrize(
    ("who", "expected"), [("director", {"talks"}), ("director2", {"talks"}), ("clerk", set())]
)
def test_a_list_that_waits_for_approval_waits_for_a_director(
    who: str, expected: set[str], reading: Filled
) -> None:
    rows = activities.events(reading.world.actor(who), now=NOW, waits="invitees_to_approve")
    assert set(reading.names(row.public_id for row in rows)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["studio", "home", "point"]),
        ({"closed": True}, ["studio", "home", "point", "shut"]),
        ({"kind": "studio"}, ["studio"]),
        ({"kind": "studio", "closed": True}, ["studio", "shut"]),
        ({"unit": "group"}, ["home"]),
        ({"unit": "group", "closed": True}, ["home", "shut"]),
        ({"kind": "standing_member_station"}, []),
    ],
    ids=said,
)
def test_what_is_closed_is_shown_to_who_asks_for_it(
    asked: dict[str, Any], expected: list[str], reading: Filled
) -> None:
    assert _stations(reading, **asked) == expected


def test_those_in_use_stand_first_unit_by_unit(reading: Filled) -> None:
    rows = activities.workstations(reading.world.actor("member"))
    assert reading.names(row.public_id for row in rows) == ["home", "point", "studio", "shut"]


def test_the_next_page_of_workstations_goes_on_behind_the_closed_ones(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    first = activities.stations_page(clerk, closed=True, limit=3)
    last = activities.stations_page(clerk, closed=True, limit=3, after=first.next)
    assert reading.names(row.public_id for row in last.items) == ["shut"] and last.next is None


@pytest.mark.parametrize("kind", [Activity, Workstation])
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("clerk", {"东亭街道工委会", "教育界别组"}),
        ("director", {"东亭街道工委会", "教育界别组"}),
        ("secretary", {"东亭街道工委会"}),
        ("member", set()),
        ("leader", set()),
        ("dept", set()),
    ],
)
def test_for_which_units_somebody_writes_down(
    who: str, expected: set[str], kind: type[Any], reading: Filled
) -> None:
    actor: Actor = reading.world.actor(who)
    assert {unit.name for unit in activities.units(actor, kind)} == expected


def test_only_so_many_of_the_latest_are_listed(huiyin: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activities, "MOST", 2)
    days = [inviting.TODAY + timedelta(days=number) for number in (3, 1, 2)]
    for day in days:
        inviting.meeting(huiyin, held_on=day.isoformat())
    with huiyin.reading():
        rows = activities.events(huiyin.actor("clerk"), now=NOW)
        assert [row.held_on for row in rows] == [days[0], days[2]]
