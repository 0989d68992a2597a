"""What counts how much is the director's to say, until a group has confirmed; candidates are the office's."""

from typing import Any

import pytest
from sqlalchemy import select

from tests import campaigning, scoring
from tests.world import World
from tracker.actions import exemplars
from tracker.actions import scores as acts
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming.schema import read
from tracker.incoming.scores import NominationIn, ScoreItemsIn
from tracker.models import AwardCandidate, Event, Membership, Person
from tracker.queries import scores, visits
from tracker.rules.scoring import SCORED

pytestmark = pytest.mark.requirement("S1-48")
VISIT = {"bearer": "member", "counts": "visit", "label": "走访", "points": 2, "cap": 10}
STUDIO = {"bearer": "unit", "counts": "studio", "label": "委员工作室", "points": 10}


@pytest.fixture
def running(either: World) -> World:
    campaigning.begun(either)
    return either


@pytest.fixture
def begun(huiyin: World) -> World:
    campaigning.begun(huiyin)
    return huiyin


def _set(world: World, *items: dict[str, Any], by: str = "director") -> None:
    with world.writing():
        given = read(ScoreItemsIn, {"items": list(items)})
        acts.set_items(campaigning.campaign(world), given, by=world.actor(by))


def _items(world: World) -> list[tuple[str, int, int | None]]:
    with world.reading():
        return [(row.counts, row.points, row.cap) for row in campaigning.campaign(world).score_items]


def _last(world: World) -> Event:
    with world.reading():
        event = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        db.session.expunge(event)
        return event


def test_a_campaign_begins_with_the_items_of_its_preset(begun: World) -> None:
    found = _items(begun)
    assert ("enterprise", 5, 10) in found and ("adopted_nation", 10, None) in found
    assert {counts for counts, _points, _cap in found} <= {c for each in SCORED.values() for c in each}


def test_the_director_sets_the_items_and_the_diary_keeps_both(running: World) -> None:
    _set(running, VISIT, STUDIO)
    assert _items(running) == [("visit", 2, 10), ("studio", 10, None)]
    _set(running, STUDIO | {"points": 8}, VISIT | {"cap": None})
    assert _items(running) == [("studio", 8, None), ("visit", 2, None)]
    event = _last(running)
    assert event.verb == "set_score_items"
    assert event.data["before"] == [["member", "visit", 2, 10], ["unit", "studio", 10, None]]
    assert event.data["after"] == [["unit", "studio", 8, None], ["member", "visit", 2, None]]


def test_an_item_without_points_no_longer_counts(running: World) -> None:
    _set(running, VISIT | {"points": 0, "cap": None}, STUDIO)
    assert _items(running) == [("studio", 10, None)]
    _set(running)
    assert _items(running) == []


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "leader", "auditor", "dept"])
def test_nobody_else_says_what_counts(who: str, begun: World) -> None:
    with pytest.raises(Forbidden):
        _set(begun, VISIT, by=who)


def test_once_a_group_has_confirmed_nothing_changes_any_more(running: World) -> None:
    campaigning.moved(running, "confirm", by="secretary")
    before = _items(running)
    with pytest.raises(Conflict, match="不能再改"):
        _set(running, VISIT)
    assert _items(running) == before
    campaigning.moved(running, "reopen", by="clerk", reason="数字有误，请核对")
    _set(running, VISIT)
    assert _items(running) == [("visit", 2, 10)]


@pytest.mark.parametrize(
    "items, field",
    [
        ([VISIT, VISIT], "items"),
        ([VISIT | {"bearer": "unit"}], "items"),
        ([STUDIO, VISIT | {"cap": 1}], "items.1.cap"),
        ([VISIT | {"points": -1}], "items.0.points"),
        ([VISIT | {"points": 101}], "items.0.points"),
        ([VISIT | {"label": ""}], "items.0.label"),
        ([VISIT | {"counts": "nonsense"}], "items.0.counts"),
    ],
)
def test_a_wrong_item_is_named(items: list[dict[str, Any]], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(ScoreItemsIn, {"items": items})
    assert {fault.field for fault in refused.value.errors} == {field}


def _nominate(world: World, who: str, *, by: str = "clerk", reason: str = "走访多、反馈实") -> str:
    with world.writing():
        given = read(NominationIn, {"reason": reason})
        return acts.nominate(campaigning.campaign(world), who, given, by=world.actor(by)).public_id


def _someone(world: World, login: str = "member") -> str:
    with world.reading():
        return scoring.public_id(world, login)


def test_a_candidate_is_recorded_with_the_points_of_that_moment(running: World) -> None:
    _set(running, VISIT)
    running.visited()
    _nominate(running, _someone(running))
    event = _last(running)
    assert (event.verb, event.data["points"]) == ("nominate", 2)
    assert "走访多" not in str(event.data)
    running.visited()
    with running.reading():
        campaign = campaigning.campaign(running)
        (found,) = scores.candidates(campaign).values()
        assert (found.points, found.reason, found.nominated_by.name) == (2, "走访多、反馈实", "周文博")
        assert scores.of(campaign, running.actor("clerk"), "member").total == 4


def test_a_unit_may_be_one_too_and_nobody_twice(running: World) -> None:
    with running.reading():
        unit = campaigning.group_id(running)
    _nominate(running, unit, by="director")
    _nominate(running, _someone(running))
    with pytest.raises(Conflict):
        _nominate(running, unit)
    with running.reading():
        assert {is_unit for is_unit, _id in scores.candidates(campaigning.campaign(running))} == {True, False}


def test_a_candidate_is_taken_back_and_stays_on_record(running: World) -> None:
    found = _nominate(running, _someone(running))
    with running.writing():
        acts.end_nomination(campaigning.campaign(running), found, by=running.actor("director"))
    assert _last(running).verb == "end_nomination"
    with running.reading():
        assert scores.candidates(campaigning.campaign(running)) == {}
        assert db.session.scalars(select(AwardCandidate)).one().ended_at is not None
    with pytest.raises(NotFound), running.writing():
        acts.end_nomination(campaigning.campaign(running), found, by=running.actor("clerk"))
    assert _nominate(running, _someone(running)) != found


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor"])
def test_only_the_office_names_candidates(who: str, begun: World) -> None:
    someone = _someone(begun)
    with pytest.raises(Forbidden):
        _nominate(begun, someone, by=who)


def test_who_is_not_on_the_sheet_is_no_candidate(begun: World) -> None:
    with pytest.raises(NotFound):
        _nominate(begun, _someone(begun, "dept"))
    with pytest.raises(Invalid):
        _nominate(begun, _someone(begun), reason="好")


def _also(world: World, login: str, role: str) -> None:
    """The same person holds one more post in the group of the secretary."""
    with world.writing():
        unit = world.actor("secretary").posts[0].unit_id
        person = db.session.get_one(Person, world.actor(login).id)
        person.posts.append(Membership(unit_id=unit, role=role))


def test_nobody_puts_oneself_forward(running: World) -> None:
    _also(running, "clerk", "member")
    with pytest.raises(Forbidden, match="自己"):
        _nominate(running, _someone(running, "clerk"))
    assert _nominate(running, _someone(running, "clerk"), by="clerk2")


@pytest.mark.requirement("S1-49")
@pytest.mark.parametrize("who", ["member", "member2"])
def test_nobody_makes_an_example_of_what_one_did_or_took_part_in(who: str, running: World) -> None:
    _also(running, who, "secretary")
    visit = running.visited(visitors=[_someone(running, "member2")])
    with running.writing():
        by = running.actor(who)
        with pytest.raises(Forbidden):
            exemplars.mark(visits.get(visit, by), "走得勤", by=by)
        assert exemplars.mark(visits.get(visit, by), "走得勤", by=running.actor("clerk"))
