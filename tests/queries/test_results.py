"""Briefs that were adopted and exemplary marks, by member and by group, and what may bear a mark."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests import campaigning
from tests.accusing import accused_on, carried_on
from tests.visiting import HEARD, ids, together
from tests.world import World
from tracker.actions import exemplars as acts
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Adoption, Case, Exemplar, OrgUnit, Person, Visit
from tracker.queries import exemplars, results
from tracker.queries.exemplars import MarkOf

pytestmark = pytest.mark.requirement("S1-49")


@pytest.fixture
def running(huiyin: World) -> World:
    campaigning.begun(huiyin)
    return huiyin


def _adopted(world: World, public_id: str, levels: Sequence[str]) -> None:
    with world.writing():
        row = world.submission(public_id)
        for level in levels:
            row.adoptions.append(Adoption(level=level, manner="single", adopted_on=date(2026, 11, 20)))


def _levels(world: World, whose: str = "member") -> dict[tuple[str, str], int]:
    """By name instead of number."""
    with world.reading():
        found = results.adopted(campaigning.campaign(world), whose)
        model: Any = Person if whose == "member" else OrgUnit
        return {
            (db.session.get_one(model, key).name, level.removeprefix("adopted_")): number
            for (key, level), number in found.items()
        }


def _marked(world: World, kind: str, ident: str, by: str = "clerk") -> str:
    with world.writing():
        actor = world.actor(by)
        return acts.mark(exemplars.thing(kind, ident, actor), "走得勤、记得细", by=actor).public_id


def _marks(world: World, whose: str = "member") -> list[str]:
    with world.reading():
        found = results.marked(campaigning.campaign(world), whose)
        model: Any = Person if whose == "member" else OrgUnit
        return sorted(db.session.get_one(model, owner).name for owner, _ in found)


@pytest.mark.requirement("S1-48")
def test_a_brief_counts_once_at_the_highest_level(running: World) -> None:
    for levels in (
        ["district"],
        ["city"],
        ["city", "district"],
        ["province", "city"],
        ["city", "nation", "city"],
    ):
        _adopted(running, running.submitted(), levels)
    highest = {"district": 1, "city": 2, "province": 1, "nation": 1}
    assert _levels(running) == {("吴海燕", level): number for level, number in highest.items()}
    assert _levels(running, "unit") == {
        ("东亭街道工委会", level): number for level, number in highest.items()
    }


def test_each_owner_has_the_own_briefs(running: World) -> None:
    for by, levels in (("member", ["city"]), ("member", ["city"]), ("member2", ["city", "province"])):
        _adopted(running, running.submitted(by=by), levels)
    running.submitted()
    assert _levels(running) == {("吴海燕", "city"): 2, ("陈丽华", "province"): 1}
    assert _levels(running, "unit") == {("东亭街道工委会", "city"): 2, ("教育界别组", "province"): 1}


def test_an_adopted_brief_that_became_an_accusation_or_was_taken_back_counts_no_more(either: World) -> None:
    campaigning.begun(either)
    running = either
    secret, gone, stays = (running.submitted() for _ in range(3))
    for public_id in (secret, gone, stays):
        _adopted(running, public_id, ["nation"])
    running.move_submission(gone, "withdraw")
    carried_on(running, secret)
    assert _levels(running) == {("吴海燕", "nation"): 1}


def test_a_brief_of_another_campaign_or_of_none_is_not_counted(huiyin: World) -> None:
    _adopted(huiyin, huiyin.submitted(), ["city"])
    campaigning.begun(huiyin)
    assert _levels(huiyin) == {} == _levels(huiyin, "unit")


def test_a_mark_on_a_visit_is_everybodys_who_went_and_the_writers_groups(running: World) -> None:
    _marked(running, "visit", together(running))
    assert _marks(running) == ["吴海燕", "陈丽华"]
    assert _marks(running, "unit") == ["东亭街道工委会"]


def test_marks_on_a_submission_and_on_a_case_of_a_visit_are_their_owners(running: World) -> None:
    _marked(running, "submission", running.submitted(by="member2"))
    visit = running.visited(cases=[HEARD])
    with running.reading():
        reference = db.session.query(Case.reference).scalar()
    _marked(running, "visit", visit)
    _marked(running, "case", reference)
    assert _marks(running) == ["吴海燕", "吴海燕", "陈丽华"]
    assert _marks(running, "unit") == ["东亭街道工委会", "东亭街道工委会", "教育界别组"]


def test_a_mark_that_ended_or_stands_outside_the_campaign_is_not_counted(running: World) -> None:
    """A case counts for the campaign of its visit; one without a visit for none."""
    ended = _marked(running, "visit", running.visited())
    with running.writing():
        acts.end(exemplars.get(ended, running.actor("clerk")), by=running.actor("clerk"))
    _marked(running, "visit", running.visited(visited_on="2026-01-05"))
    _marked(running, "case", running.fed_back())
    assert _marks(running) == [] == _marks(running, "unit")


def test_a_mark_on_what_became_an_accusation_is_not_counted(either: World) -> None:
    campaigning.begun(either)
    running = either
    secret, visit = running.submitted(), running.visited(cases=[HEARD])
    _marked(running, "submission", secret)
    with running.reading():
        reference = db.session.query(Case.reference).scalar()
    _marked(running, "case", reference)
    running.edited(reference, by="director", is_accusation=True)
    carried_on(running, secret)
    assert _marks(running) == []
    _marked(running, "visit", visit)
    assert _marks(running) == ["吴海燕"]


def test_the_mark_of_a_thing_is_the_one_it_bears_now(huiyin: World) -> None:
    """Of three things with the same row number each finds its own."""
    visit, brief, reference = huiyin.visited(), huiyin.submitted(), huiyin.raised()
    first = _marked(huiyin, "visit", visit)
    with huiyin.writing():
        acts.end(exemplars.get(first, huiyin.actor("clerk")), by=huiyin.actor("clerk"))
    on_brief, again = _marked(huiyin, "submission", brief), _marked(huiyin, "visit", visit)
    with huiyin.reading():
        things = [exemplars.thing(*asked, huiyin.actor("clerk")) for asked in (
            ("visit", visit), ("submission", brief), ("case", reference),
        )]  # fmt: skip
        assert [thing.id for thing in things] == [1, 1, 1]
        found = [exemplars.of(thing) for thing in things]
        assert [mark and mark.public_id for mark in found] == [again, on_brief, None]


@pytest.mark.parametrize("who", ["dt-clerk", "dt-director"])
def test_another_committee_finds_neither_the_mark_nor_the_thing(who: str, huiyin: World) -> None:
    visit = huiyin.visited()
    mark = _marked(huiyin, "visit", visit)
    with huiyin.reading():
        with pytest.raises(NotFound):
            exemplars.get(mark, huiyin.actor(who))
        with pytest.raises(NotFound):
            exemplars.thing("visit", visit, huiyin.actor(who))


def test_a_mark_that_ended_is_not_found_any_more(huiyin: World) -> None:
    mark = _marked(huiyin, "visit", huiyin.visited())
    with huiyin.writing():
        acts.end(exemplars.get(mark, huiyin.actor("clerk")), by=huiyin.actor("clerk"))
    with huiyin.reading(), pytest.raises(NotFound):
        exemplars.get(mark, huiyin.actor("clerk"))


@pytest.mark.parametrize(
    ("kind", "who"), [("visit", "member2"), ("submission", "member2"), ("case", "dept"), ("case", "member2")]
)
def test_what_one_may_not_read_one_cannot_mark(kind: str, who: str, huiyin: World) -> None:
    idents = {"visit": huiyin.visited(), "submission": huiyin.submitted(), "case": huiyin.raised()}
    with huiyin.reading(), pytest.raises(NotFound):
        exemplars.thing(kind, idents[kind], huiyin.actor(who))


def test_an_accusation_is_nothing_to_be_marked_for_those_who_do_not_know_of_it(huiyin: World) -> None:
    visit = huiyin.visited()
    accused_on(huiyin, visit)
    with huiyin.reading():
        reference = db.session.query(Case.reference).scalar()
        for who in ("clerk", "secretary", "leader"):
            with pytest.raises(NotFound):
                exemplars.thing("case", reference, huiyin.actor(who))
        assert exemplars.thing("case", reference, huiyin.actor("director")).is_accusation


def test_whose_example_it_would_be(huiyin: World) -> None:
    """Everybody who went, not only who wrote it down; nobody makes an example of oneself."""
    visit, brief = together(huiyin), huiyin.submitted()
    both = ids(huiyin, "member", "member2")
    with huiyin.reading():
        names = {person.id: person.public_id for person in db.session.query(Person).filter_by(committee_id=1)}
        clerk = huiyin.actor("clerk")
        of_visit = MarkOf(exemplars.thing("visit", visit, clerk))
        of_brief = MarkOf(exemplars.thing("submission", brief, clerk))
        assert sorted(names[one] for one in of_visit.doer_ids) == sorted(both)
        assert [names[one] for one in of_brief.doer_ids] == both[:1]
        assert of_visit.group_id == db.session.query(Visit.group_id).scalar()
        assert db.session.query(Exemplar).count() == 0
