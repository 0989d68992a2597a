"""Visits to whom one keeps in touch with: each link counts once, unvisited ones stand first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests import campaigning
from tests.queries.conftest import Filled, said
from tests.visiting import ids
from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.actions import contact_links as linking
from tracker.errors import Invalid, NotFound
from tracker.incoming import presets
from tracker.queries import campaigns, contact_links, quotas

JANUARY = date(2026, 1, 1)


@pytest.fixture
def running(huiyin: World) -> World:
    """With a campaign that asks for one enterprise, two of the sector and three of the public."""
    (spec,) = presets.load("xishan").campaigns
    with huiyin.writing():
        acts.open_from(spec, 2026, by=huiyin.actor("clerk"))
    return huiyin


def _counted(world: World) -> dict[str, int]:
    with world.reading():
        actor = world.actor("member")
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        line = quotas.of_one(campaign, actor, NOW.date())
        assert line is not None
        asked = [quota.counts for quota in campaign.quotas if quota.bearer == "member"]
        return {name: found.counted for name, found in zip(asked, line.standings, strict=True) if found}


@pytest.mark.requirement("S1-17")
@pytest.mark.requirement("S1-20")
def test_the_same_contact_counts_once_however_often_visited(running: World) -> None:
    firm = running.linked(kind="enterprise", called="锡山精密机械厂")
    neighbour = running.linked()
    for day in ("2026-05-10", "2026-06-10", "2026-07-10"):
        running.visited(link=firm, visited_on=day)
        running.visited(link=neighbour, visited_on=day, persons_count=3)
    assert _counted(running) == {"enterprise": 1, "sector_person": 0, "public_person": 1}
    running.visited(contact={"kind": "public_person"}, persons_count=2)
    running.visited(contact={"kind": "enterprise"})
    assert _counted(running) == {"enterprise": 2, "sector_person": 0, "public_person": 3}


@pytest.mark.requirement("S1-06")
@pytest.mark.requirement("S1-08")
def test_who_was_not_visited_stands_first(huiyin: World) -> None:
    seen = huiyin.linked(kind="village", called="宛山村")
    huiyin.linked(kind="working_committee", called="鹅湖镇工委")
    huiyin.visited(link=seen, visited_on="2026-05-10")
    huiyin.visited(link=seen, visited_on="2025-05-10")
    with huiyin.reading():
        found = contact_links.listing(huiyin.actor("leader"), since=JANUARY)
    assert [(kept.called, kept.visits, kept.last) for kept in found] == [
        ("鹅湖镇工委", 0, None),
        ("宛山村", 1, date(2026, 5, 10)),
    ]


def test_a_link_is_visited_by_its_own_member_only(huiyin: World) -> None:
    public_id = huiyin.linked()
    with pytest.raises(Invalid) as fault:
        huiyin.visited(by="member2", link=public_id)
    assert [error.field for error in fault.value.errors] == ["link"]


def test_another_committee_knows_of_no_link(huiyin: World) -> None:
    public_id = huiyin.linked()
    other = World(huiyin.app, "dt")
    with huiyin.reading(), pytest.raises(NotFound):
        contact_links.get(public_id, other.actor("clerk"))


@pytest.fixture(scope="module")
def filled(plain_filling: Filled) -> Filled:
    world, known = plain_filling.world, plain_filling.known
    known["firm"] = world.linked(kind="enterprise", called="锡山精密机械厂")
    known["neighbour"] = world.linked(called="华银娣")
    known["village"] = world.linked(by="member2", kind="village", called="宛山村")
    known["ended"] = world.linked(kind="village", called="斗山村")
    with world.writing():
        member = world.actor("member")
        linking.end(contact_links.get(known["ended"], member), by=member)
    known["foreign"] = world.linked(by="dt-member", kind="village", called="西溪村")
    for day in ("2025-12-31", "2026-01-01", "2026-05-10"):
        world.visited(link=known["firm"], visited_on=day)
    return plain_filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _page(filled: Filled, who: str = "clerk", **asked: Any) -> list[str]:
    found, _ = contact_links.page(filled.world.actor(who), since=JANUARY, **asked)
    return filled.names(kept.link.public_id for kept in found)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["village", "neighbour", "firm"]),
        ({"ended": True}, ["ended", "village", "neighbour", "firm"]),
        ({"kind": "village"}, ["village"]),
        ({"kind": "village", "ended": True}, ["ended", "village"]),
        ({"kind": "talent"}, []),
        ({"group": "group"}, ["neighbour", "firm"]),
        ({"group": "group2", "ended": True}, ["village"]),
        ({"group": "nonsense"}, []),
        ({"member": "nonsense"}, []),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: list[str], reading: Filled
) -> None:
    assert _page(reading, **asked) == expected


def test_a_member_and_a_group_are_named_by_their_public_ids(filled: Filled) -> None:
    (other,) = ids(filled.world, "member2")
    with filled.world.reading():
        assert _page(filled, member=other) == ["village"]
        assert _page(filled, group=campaigning.group_id(filled.world, "group2")) == ["village"]


@pytest.mark.requirement("T14")
@pytest.mark.requirement("T01")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("member", {"firm": "锡山精密机械厂", "neighbour": "华银娣"}),
        ("member2", {"village": "宛山村"}),
        ("secretary", {"firm": "锡山精密机械厂", "neighbour": ""}),
        ("clerk", {"firm": "锡山精密机械厂", "neighbour": "华**", "village": "宛山村"}),
        ("leader", {"firm": "锡山精密机械厂", "neighbour": "华**", "village": "宛山村"}),
        ("auditor", {}),
        ("dept", {}),
        ("dt-clerk", {"foreign": "西溪村"}),
    ],
    ids=said,
)
def test_each_reads_the_own_part_and_a_person_by_as_much_of_the_name(
    who: str, expected: dict[str, str], reading: Filled
) -> None:
    """In the pages, on the board, and one by one."""
    actor = reading.world.actor(who)
    paged, _ = contact_links.page(actor, since=JANUARY)
    for found in (paged, contact_links.listing(actor, since=JANUARY)):
        assert {reading.names([one.link.public_id])[0]: one.called for one in found} == expected
    for name, public_id in reading.known.items():
        if name in expected or (name == "ended" and "firm" in expected):
            assert contact_links.get(public_id, actor).public_id == public_id
            continue
        with pytest.raises(NotFound):
            contact_links.get(public_id, actor)


def test_visits_count_from_the_day_on_that_is_asked_for(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    for since, number in ((date(2025, 12, 31), 3), (JANUARY, 2), (date(2026, 1, 2), 1), (NOW.date(), 0)):
        paged, _ = contact_links.page(clerk, since=since, kind="enterprise")
        board = [one for one in contact_links.listing(clerk, since=since) if one.link.kind == "enterprise"]
        assert [one.visits for one in (*paged, *board)] == [number, number], since
        last = date(2026, 5, 10) if number else None
        assert [(one.last, one.person, one.group) for one in paged] == [(last, "吴海燕", "东亭街道工委会")]


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_page_after_page_shows_each_link_once(limit: int, reading: Filled) -> None:
    clerk, found, after = reading.world.actor("clerk"), [], None
    while True:
        rows, after = contact_links.page(clerk, since=JANUARY, limit=limit, after=after)
        found += reading.names(one.link.public_id for one in rows)
        if after is None:
            break
    assert found == ["village", "neighbour", "firm"]


@pytest.mark.parametrize(
    ("who", "name", "found"),
    [
        ("member", "firm", True),
        ("member", "ended", False),
        ("member", "village", False),
        ("clerk", "firm", False),
        ("secretary", "firm", False),
    ],
)
def test_a_visit_goes_to_ones_own_standing_link_only(
    who: str, name: str, found: bool, reading: Filled
) -> None:
    assert (contact_links.own(reading.known[name], reading.world.actor(who)) is not None) is found
