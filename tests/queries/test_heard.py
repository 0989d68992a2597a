"""What was heard at a meeting or on a reception day: what one may read, and how many more there are."""

from datetime import timedelta
from typing import Any

import pytest

from tests import campaigning, inviting
from tests.accusing import carried_on
from tests.queries.conftest import said
from tests.world import NARRATIVE, NOW, World
from tracker.actions import activities as acts
from tracker.actions import contact_page
from tracker.actions import heard as hearing
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.incoming.activities import PlannedDayIn, ReceptionIn, WorkstationEdit
from tracker.incoming.cases import HeardCaseIn
from tracker.incoming.schema import read
from tracker.models import Area
from tracker.queries import activities, heard
from tracker.queries.heard import FEWEST, Heard

pytestmark = pytest.mark.requirement("S1-26")
CASE = {"summary": "北门路灯不亮", "narrative": NARRATIVE, "area": "0101", "source": "symposium"}


def _told(world: World, *, by: str = "clerk", **given: Any) -> str:
    with world.writing():
        return hearing.register(read(HeardCaseIn, CASE | given), by=world.actor(by)).reference


def _at(world: World, meeting: str, who: str) -> Heard:
    """Inside an open transaction."""
    actor = world.actor(who)
    return heard.at_activity(activities.event(meeting, actor), actor)


def _said(found: Heard) -> tuple[list[str], list[str], int]:
    return (
        [case.reference for case in found.cases],
        [brief.public_id for brief in found.briefs],
        found.others,
    )


def test_a_few_others_are_not_even_counted(huiyin: World) -> None:
    """A small number would single somebody out."""
    meeting = inviting.meeting(huiyin)
    for number in range(1, FEWEST + 2):
        _told(huiyin, activity=meeting)
        with huiyin.reading():
            told = number if number >= FEWEST else 0
            assert _said(_at(huiyin, meeting, "member")) == ([], [], told), number
            assert _at(huiyin, meeting, "clerk").others == 0


def test_one_reads_ones_own_and_the_rest_is_a_number(either: World) -> None:
    meeting = inviting.meeting(either)
    own = _told(either, by="member", activity=meeting)
    brief = either.submitted(activity=meeting)
    others = [_told(either, activity=meeting) for _ in range(FEWEST)]
    with either.reading():
        assert _said(_at(either, meeting, "member")) == ([own], [brief], FEWEST)
        assert _said(_at(either, meeting, "clerk")) == ([own, *others], [brief], 0)
        assert _said(_at(either, meeting, "leader")) == ([own, *others], [brief], 0)
        assert _said(_at(either, meeting, "auditor"))[1:] == ([], 0)


def test_what_was_said_elsewhere_is_not_told_here(huiyin: World) -> None:
    here, there = inviting.meeting(huiyin), inviting.meeting(huiyin, title="春江社区居民座谈会")
    for _ in range(FEWEST):
        _told(huiyin, activity=there)
    huiyin.submitted(activity=there)
    huiyin.raised()
    with huiyin.reading():
        assert _said(_at(huiyin, here, "clerk")) == ([], [], 0)
        assert _said(_at(huiyin, here, "member")) == ([], [], 0)


def test_an_accusation_is_not_even_counted(huiyin: World) -> None:
    """One short of the number that is told, an accusation and what became one change nothing."""
    meeting = inviting.meeting(huiyin)
    for _ in range(FEWEST - 1):
        _told(huiyin, activity=meeting)
    accusation = _told(huiyin, activity=meeting, is_accusation=True)
    secret = huiyin.submitted(activity=meeting, by="member")
    carried_on(huiyin, secret)
    with huiyin.reading():
        for who in ("member", "secretary", "auditor", "leader", "clerk2"):
            found = _at(huiyin, meeting, who)
            assert found.others == 0, who
            assert accusation not in _said(found)[0] and secret not in _said(found)[1], who


def test_whoever_may_read_an_accusation_finds_it_and_counts_nobody_twice(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    own = _told(huiyin, by="member", activity=meeting, is_accusation=True)
    others = [_told(huiyin, activity=meeting) for _ in range(FEWEST)]
    with huiyin.reading():
        assert _said(_at(huiyin, meeting, "director")) == ([own, *others], [], 0)
        assert _said(_at(huiyin, meeting, "member")) == ([own], [], FEWEST)


@pytest.mark.requirement("S1-31")
def test_a_day_holds_its_own_and_says_nothing_of_the_rest(huiyin: World) -> None:
    station, first = inviting.reception(huiyin)
    second = _received(huiyin, station)
    told = _told(huiyin, by="member", reception_day=first, source="reception")
    for _ in range(FEWEST):
        _told(huiyin, reception_day=second, source="reception")
    brief = huiyin.submitted(reception_day=second)
    with huiyin.reading():
        for who, on_first, on_second in (("member", [told], 0), ("clerk", [told], FEWEST)):
            actor = huiyin.actor(who)
            found = heard.on_days(activities.workstation(station, actor), actor)
            days = {day: heard.reception_day(day, actor).id for day in (first, second)}
            assert _said(found[days[first]]) == (on_first, [], 0), who
            assert len(found[days[second]].cases) == on_second and found[days[second]].others == 0
            assert [one.public_id for one in found[days[second]].briefs] == [brief]


def _received(world: World, station: str) -> str:
    with world.writing():
        by = world.actor("secretary")
        given = ReceptionIn(held_on=inviting.TODAY, members="陈丽华")
        return acts.receive_residents(activities.workstation(station, by), given, by=by).public_id


def test_a_day_to_come_is_no_place_where_something_was_heard(huiyin: World) -> None:
    station, held = inviting.reception(huiyin)
    with huiyin.writing():
        by = huiyin.actor("secretary")
        given = PlannedDayIn(held_on=inviting.TODAY + timedelta(days=2))
        planned = contact_page.plan_day(activities.workstation(station, by), given, by=by).public_id
    with huiyin.reading():
        assert heard.reception_day(held, huiyin.actor("member")).held_on.day == 20
        for public_id, who in ((planned, "secretary"), (held, "dt-clerk"), ("nonsense", "clerk")):
            with pytest.raises(NotFound):
                heard.reception_day(public_id, huiyin.actor(who))


def test_a_place_is_named_by_an_activity_or_a_day(huiyin: World) -> None:
    meeting, (station, day) = inviting.meeting(huiyin), inviting.reception(huiyin)
    with huiyin.reading():
        clerk = huiyin.actor("clerk")
        assert heard.place(clerk) is None
        at_meeting, on_day = heard.place(clerk, activity=meeting), heard.place(clerk, day=day)
        assert at_meeting and on_day
        assert (at_meeting.title, at_meeting.held_on, at_meeting.source) == (
            "东亭街道居民座谈会",
            inviting.TODAY,
            "symposium",
        )
        assert (on_day.title, on_day.held_on.day, on_day.source) == ("云林社区委员工作室", 20, "reception")
        assert on_day.thing.public_id == station
        with pytest.raises(NotFound):
            heard.place(huiyin.actor("dt-clerk"), activity=meeting)


@pytest.mark.parametrize(
    ("kind", "source"),
    [("symposium", "symposium"), ("review", "symposium"), ("service", "other"), ("inspection", "other")],
    ids=said,
)
def test_a_case_says_where_it_came_from(kind: str, source: str, huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, kind=kind)
    with huiyin.reading():
        place = heard.place(huiyin.actor("clerk"), activity=meeting)
        assert place is not None and place.source == source


def test_where_it_was_heard_is_told_to_who_may_open_the_place(huiyin: World) -> None:
    meeting, (station, day) = inviting.meeting(huiyin), inviting.reception(huiyin)
    heard_there = _told(huiyin, activity=meeting)
    on_day = _told(huiyin, reception_day=day, source="reception")
    plain = huiyin.raised()
    with huiyin.reading():
        clerk = huiyin.actor("clerk")
        place = heard.place_of(huiyin.case(heard_there), clerk)
        assert place is not None and place.thing.public_id == meeting
        received = heard.place_of(huiyin.case(on_day), clerk)
        assert received is not None and received.thing.public_id == station
        assert heard.place_of(huiyin.case(plain), clerk) is None
        assert heard.place_of(huiyin.case(heard_there), huiyin.actor("dept")) is None
        assert heard.place_of(huiyin.case(heard_there), huiyin.actor("dt-clerk")) is None


@pytest.mark.parametrize(
    ("place", "title", "code"),
    [
        ("云林社区居民活动室", "居民座谈会", "0101"),
        ("东亭街道办事处", "云林社区居民座谈会", "0101"),
        ("", "居民座谈会", "01"),
        ("云林", "居民座谈会", "01"),
    ],
)
def test_the_area_is_the_most_exact_one_that_is_named(
    place: str, title: str, code: str, huiyin: World
) -> None:
    """The unit is 东亭街道工委会, so its street is named in any case."""
    meeting = inviting.meeting(huiyin, place=place, title=title)
    with huiyin.reading():
        clerk = huiyin.actor("clerk")
        here = heard.place(clerk, activity=meeting)
        assert here is not None and heard.area_of(here, clerk) == code


def test_an_area_of_another_committee_is_never_proposed(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, key="group2", by="clerk", title="西溪村居民座谈会")
    with huiyin.writing():
        dongtai = huiyin.actor("dt-clerk").committee_id
        town = Area(committee_id=dongtai, code="07", kind="community", name="西溪村", full_name="西溪村")
        db.session.add(town)
    with huiyin.reading():
        clerk = huiyin.actor("clerk")
        here = heard.place(clerk, activity=meeting)
        assert here is not None and heard.area_of(here, clerk) == ""


def test_a_station_names_its_area_too(huiyin: World) -> None:
    station, day = inviting.reception(huiyin)
    with huiyin.writing():
        by = huiyin.actor("secretary")
        given = WorkstationEdit(kind="studio", name="邻里议事", place="云林社区二楼", opened_on=NOW.date())
        acts.edit_workstation(activities.workstation(station, by), given, by=by)
    with huiyin.reading():
        here = heard.place(huiyin.actor("clerk"), day=day)
        assert here is not None and heard.area_of(here, huiyin.actor("clerk")) == "0101"
        assert campaigning.group_id(huiyin) == here.thing.unit.public_id
