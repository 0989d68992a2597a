"""Visits: who reads which, and the list by circle, day, group and member."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from tests import campaigning
from tests.campaigning import begun
from tests.queries.conftest import Filled, said
from tests.visiting import ids, together
from tests.world import NARRATIVE, World
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Person
from tracker.queries import trends, visits


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    concern = {"summary": "路灯不亮", "narrative": NARRATIVE, "area": "0101"}
    known["early"] = world.visited(visited_on="2026-10-01", circle="friends", channel="wechat")
    known["plain"] = world.visited(circle=None, cases=[concern, concern])
    known["late"] = world.visited(visited_on="2026-11-23", client_id="phone-1", persons_count=3)
    known["theirs"] = world.visited(by="member2", client_id="phone-1")
    known["foreign"] = world.visited(by="dt-member")
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _found(filled: Filled, who: str = "clerk", **asked: Any) -> set[str]:
    rows = visits.page(filled.world.actor(who), **asked).items
    return set(filled.names(row.public_id for row in rows))


@pytest.mark.requirement("S2-03")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"early", "plain", "late", "theirs"}),
        ({"circle": "friends"}, {"early"}),
        ({"circle": "sector"}, set()),
        ({"from_": date(2026, 11, 23)}, {"late"}),
        ({"to": date(2026, 10, 1)}, {"early"}),
        ({"from_": date(2026, 10, 1), "to": date(2026, 11, 20)}, {"early", "plain", "theirs"}),
        ({"from_": date(2026, 11, 24)}, set()),
        ({"group": "group2"}, {"theirs"}),
        ({"group": "nonsense"}, set()),
        ({"member": "nonsense"}, set()),
        ({"only": ()}, set()),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert _found(reading, **asked) == expected


def test_a_member_is_named_by_the_public_id(reading: Filled) -> None:
    person = db.session.query(Person).filter_by(login="xs-member2").one()
    assert _found(reading, member=person.public_id) == {"theirs"}


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("member", {"early", "plain", "late"}),
        ("member2", {"theirs"}),
        ("secretary", {"early", "plain", "late"}),
        ("leader", {"early", "plain", "late", "theirs"}),
        ("auditor", set()),
        ("dept", set()),
        ("dt-clerk", {"foreign"}),
    ],
)
def test_visits_are_read_by_their_member_the_group_and_the_office(
    who: str, expected: set[str], reading: Filled
) -> None:
    assert _found(reading, who) == expected
    for name, public_id in reading.known.items():
        if name in expected:
            assert visits.get(public_id, reading.world.actor(who)).public_id == public_id
            continue
        with pytest.raises(NotFound):
            visits.get(public_id, reading.world.actor(who))


@pytest.mark.requirement("S2-35")
def test_the_list_tells_what_came_of_a_visit(reading: Filled) -> None:
    rows = {reading.names([row.public_id])[0]: row for row in visits.page(reading.world.actor("clerk")).items}
    assert {name: row.cases for name, row in rows.items()} == {"early": 0, "plain": 2, "late": 0, "theirs": 0}
    assert (rows["late"].member, rows["late"].group, rows["late"].persons_count) == (
        "吴海燕",
        "东亭街道工委会",
        3,
    )


def test_the_last_visit_is_the_members_own(reading: Filled) -> None:
    for who, name in (("member", "late"), ("member2", "theirs")):
        latest = visits.latest(reading.world.actor(who))
        assert latest is not None and latest.public_id == reading.known[name]
    assert visits.latest(reading.world.actor("clerk")) is None


def test_an_id_of_a_phone_is_known_to_its_own_member_only(reading: Filled) -> None:
    found = {
        who: visits.by_client_id(reading.world.actor(who), "phone-1")
        for who in ("member", "member2", "clerk")
    }
    assert {who: row and row.public_id for who, row in found.items()} == {
        "member": reading.known["late"],
        "member2": reading.known["theirs"],
        "clerk": None,
    }
    assert visits.by_client_id(reading.world.actor("member"), "") is None


@pytest.mark.requirement("S2-30")
def test_the_group_stays_what_it_was_on_the_day(either: World) -> None:
    public_id = either.visited()
    with either.writing():
        member = db.session.query(Person).filter_by(login="xs-member").one()
        group2 = db.session.query(Person).filter_by(login="xs-member2").one().posts[0].unit_id
        member.posts[0].unit_id = group2
    with either.reading():
        (row,) = visits.page(either.actor("clerk")).items
        assert (row.public_id, row.group) == (public_id, "东亭街道工委会")
        assert not visits.page(either.actor("clerk"), group="group2").items


def test_page_after_page_shows_every_visit_once(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    first = visits.page(clerk, limit=3)
    last = visits.page(clerk, limit=3, after=first.next)
    names = reading.names(row.public_id for row in (*first.items, *last.items))
    assert names == ["theirs", "late", "plain", "early"] and last.next is None


@pytest.mark.requirement("S2-16")
@pytest.mark.parametrize("by", ["clerk", "leader", "secretary"])
def test_what_a_board_counts_as_late_are_the_rows_of_the_list(either: World, by: str) -> None:
    """In time to the last minute, late by a minute, in time across a holiday, and after the end."""
    begun(either)
    for visited_on, reported_at in (
        ("2026-11-16", "2026-11-23T23:59:00+08:00"),
        ("2026-11-16", "2026-11-24T00:00:00+08:00"),
        ("2026-09-30", "2026-10-13T23:59:00+08:00"),
        ("2026-09-30", "2026-10-14T00:00:00+08:00"),
        ("2026-12-30", "2026-12-31T23:59:00+08:00"),
        ("2026-12-30", "2027-01-01T00:00:00+08:00"),
    ):
        either.visited(visited_on=visited_on, at=datetime.fromisoformat(reported_at))
    either.visited(
        by="member2", visited_on="2026-11-02", at=datetime.fromisoformat("2026-11-20T09:00:00+08:00")
    )
    with either.reading():
        campaign, actor = campaigning.campaign(either, by), either.actor(by)
        counted = trends.of(campaign, actor, date(2027, 1, 4))
        own = {"group": "group"} if by == "secretary" else {}
        wanted = {"campaign": campaign.public_id, **own}
        for how, number in (("late", counted.late), ("catch_up", counted.catch_up)):
            assert len(visits.page(actor, reported=how, **wanted).items) == number, how
        assert len(visits.page(actor, **wanted).items) == counted.visits
        assert (counted.late, counted.catch_up) == ((2, 1) if own else (3, 1))


def test_without_a_campaign_nothing_was_reported_late(either: World) -> None:
    either.visited(visited_on="2026-10-09")
    with either.reading():
        actor = either.actor("clerk")
        assert len(visits.page(actor).items) == 1
        assert (
            not visits.page(actor, reported="late").items
            and not visits.page(actor, reported="catch_up").items
        )


def test_another_committees_late_visit_is_not_of_ours(either: World) -> None:
    begun(either)
    either.visited(visited_on="2026-10-09")
    with either.reading():
        assert len(visits.page(either.actor("clerk"), reported="late").items) == 1
        assert not visits.page(either.actor("dt-clerk"), reported="late").items


def test_a_list_opened_from_a_number_holds_who_went_to_whom_and_within_what(huiyin: World) -> None:
    """The filters behind the board's figures: the writer is a visitor too, a group is that of the day."""
    campaign = campaigning.begun(huiyin)
    mine, other = ids(huiyin, "member", "member2")
    known = {
        "firm": huiyin.visited(contact={"kind": "enterprise"}),
        "both": together(huiyin, drive="三解三促", contact={"kind": "sector_person"}),
        "theirs": huiyin.visited(by="member2", contact={"kind": "enterprise"}),
        "january": huiyin.visited(by="member2", visited_on="2026-01-05"),
    }
    asked: list[tuple[dict[str, Any], set[str]]] = [
        ({"contact": "enterprise"}, {"firm", "theirs"}),
        ({"contact": "sector_person"}, {"both"}),
        ({"contact": "nonsense"}, set()),
        ({"drive": "三解三促"}, {"both"}),
        ({"drive": "三解"}, set()),
        ({"campaign": campaign}, {"firm", "both", "theirs"}),
        ({"campaign": "nonsense"}, set()),
        ({"visitor": other}, {"both", "theirs", "january"}),
        ({"visitor": mine}, {"firm", "both"}),
        ({"visitor": "nonsense"}, set()),
        ({"went": "group2"}, {"both", "theirs", "january"}),
        ({"went": "group2", "campaign": campaign}, {"both", "theirs"}),
        ({"group": "group2"}, {"theirs", "january"}),
        ({"member": mine, "visitor": other}, {"both"}),
    ]
    with huiyin.reading():
        clerk, foreign = huiyin.actor("clerk"), huiyin.actor("dt-clerk")
        for wanted, expected in asked:
            found = {row.public_id for row in visits.page(clerk, **wanted).items}
            assert found == {known[name] for name in expected}, wanted
            assert not visits.page(foreign, **wanted).items, wanted
            taken = {row.public_id for row in db.session.scalars(visits.chosen(clerk, **wanted))}
            assert taken == found, wanted
