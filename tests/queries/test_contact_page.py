"""What residents may know: published stations, days to come, members by group; nothing of anybody else."""

from datetime import date, timedelta

import pytest

from tests import contacting
from tests.contacting import LATER, SOON, decided, kept, opened, planned
from tests.world import NOW, World
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Membership
from tracker.queries import contact_page
from tracker.queries.contact_page import ContactPage
from tracker.rules.clock import shanghai_date

pytestmark = pytest.mark.requirement("S1-32")
TODAY = shanghai_date(NOW)


def page(world: World, today: date = TODAY) -> ContactPage:
    with world.reading():
        return contact_page.page(world.committee, today)


def members(world: World) -> dict[str, tuple[str, ...]]:
    return {group.name: group.members for group in page(world).groups}


def test_a_page_holds_the_office_the_station_and_its_days(either: World) -> None:
    opened(either, reception="每周三上午")
    found = page(either)
    assert (found.code, found.committee, found.phone) == ("xs", "锡山区政协", "0510-88880000")
    (station,) = found.stations
    assert (station.name, station.unit) == ("邻里议事工作室", "东亭街道工委会")
    assert (station.place, station.reception) == (contacting.PLACE, "每周三上午")
    assert [(coming.day, coming.hours) for coming in station.days] == [
        (SOON, "上午9:00—11:30"),
        (LATER, "上午9:00—11:30"),
    ]


@pytest.mark.parametrize("code", ["xs", "XS", "nowhere", "", "xs'--", "长" * 200])
def test_an_unknown_committee_and_a_closed_one_are_refused_alike(code: str, either: World) -> None:
    kept(either)
    with either.reading(), pytest.raises(NotFound) as refused:
        contact_page.page(code, TODAY)
    with either.reading(), pytest.raises(NotFound) as other:
        contact_page.page("elsewhere", TODAY)
    assert str(refused.value) == str(other.value)


def test_only_committees_that_opened_their_page_are_listed(either: World) -> None:
    with either.reading():
        assert contact_page.opened() == []
    opened(World(either.app, "dt"))
    with either.reading():
        assert contact_page.opened() == [("dt", "东台市政协")]
    decided(World(either.app, "dt"), open=False)
    with either.reading():
        assert contact_page.opened() == []


def test_a_station_that_is_not_published_is_not_there(huiyin: World) -> None:
    public_id = opened(huiyin)
    kept(huiyin, key="group2", name="还在装修的工作室")
    assert [station.name for station in page(huiyin).stations] == ["邻里议事工作室"]
    with huiyin.writing():
        contacting.station(huiyin, public_id).closed_on = TODAY
    assert page(huiyin).stations == ()


def test_stations_of_another_committee_stay_with_it(either: World) -> None:
    opened(either)
    opened(World(either.app, "dt"), name="东台的工作室")
    assert [station.name for station in page(either).stations] == ["邻里议事工作室"]


def test_days_that_are_over_or_far_off_are_left_out(huiyin: World) -> None:
    public_id = opened(huiyin)
    for weeks in range(2, 8):
        planned(huiyin, public_id, SOON + timedelta(weeks=weeks))
    assert page(huiyin).stations[0].days[0].day == SOON
    assert len(page(huiyin).stations[0].days) == contact_page.MOST_DAYS
    assert page(huiyin, SOON).stations[0].days[0].day == SOON
    assert page(huiyin, LATER).stations[0].days[0].day == LATER


def test_members_stand_by_group_with_their_names(either: World) -> None:
    opened(either)
    assert members(either) == {"东亭街道工委会": ("吴海燕",), "教育界别组": ("陈丽华",)}


@pytest.mark.parametrize("flag", ["is_active", "is_listed"])
def test_who_left_or_is_not_to_be_listed_is_left_out(flag: str, either: World) -> None:
    opened(either)
    with either.writing():
        setattr(contacting.person(either, "member"), flag, False)
    assert members(either) == {"教育界别组": ("陈丽华",)}


def test_whoever_has_no_post_as_a_member_is_left_out(huiyin: World) -> None:
    opened(huiyin)
    with huiyin.writing():
        contacting.person(huiyin, "member").posts[0].role = "secretary"
        contacting.person(huiyin, "member2").posts = []
    assert members(huiyin) == {}


def test_a_unit_that_is_no_more_and_a_unit_that_is_no_group_name_nobody(huiyin: World) -> None:
    opened(huiyin)
    with huiyin.writing():
        contacting.person(huiyin, "member2").posts[0].unit.is_active = False
        office = contacting.person(huiyin, "clerk").posts[0].unit_id
        contacting.person(huiyin, "member").posts[0].unit_id = office
    assert members(huiyin) == {}


def test_a_member_of_two_groups_stands_in_both(huiyin: World) -> None:
    opened(huiyin)
    with huiyin.writing():
        second = contacting.person(huiyin, "member2").posts[0].unit_id
        someone = contacting.person(huiyin, "member")
        db.session.add(Membership(person_id=someone.id, unit_id=second, role="member"))
    assert members(huiyin) == {"东亭街道工委会": ("吴海燕",), "教育界别组": ("吴海燕", "陈丽华")}


def test_the_office_may_keep_the_list_back_and_ask_not_to_be_found(huiyin: World) -> None:
    opened(huiyin)
    assert not page(huiyin).is_hidden
    decided(huiyin, members=False, hidden=True)
    assert page(huiyin).groups == () and page(huiyin).is_hidden
