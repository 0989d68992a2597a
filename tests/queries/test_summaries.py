"""Annex 3: the figures of each group, counted from what its members did, in each actor's own part."""

from datetime import datetime

import pytest

from tests import campaigning
from tests.accusing import carried_on
from tests.visiting import together
from tests.world import World
from tracker.actions import group_reports as acts
from tracker.extensions import db
from tracker.incoming.group_reports import CorrectionIn
from tracker.models import Membership, OrgUnit, Person
from tracker.queries import summaries
from tracker.queries.summaries import COLUMNS, Figures, Summary

NEXT_YEAR = datetime.fromisoformat("2027-02-10T09:00:00+08:00")


@pytest.fixture
def running(huiyin: World) -> World:
    campaigning.begun(huiyin)
    return huiyin


def _summary(world: World, who: str = "clerk", **asked: str) -> Summary:
    with world.reading():
        return summaries.of(campaigning.campaign(world, who), world.actor(who), **asked)


def _figures(found: Summary) -> dict[str, dict[str, int]]:
    """What is not nought, by group."""
    return {
        row.name: {name: value for name, value in vars(row.figures).items() if value} for row in found.rows
    }


@pytest.mark.requirement("S2-41")
def test_every_column_counts_what_it_says(either: World) -> None:
    campaigning.begun(either)
    running = either
    running.visited(circle="sector", persons_count=2)
    running.visited(circle="living", persons_count=3)
    running.visited(circle="living", persons_count=4)
    running.visited(circle="friends", persons_count=5)
    running.visited(circle=None, persons_count=9)
    for kind in ("suggestion", "brief", "brief", "investment_lead", "talent_lead"):
        running.submitted(kind)
    found = _summary(running)
    assert _figures(found) == {
        "东亭街道工委会": {
            "participants": 1, "sector": 2, "living": 7, "friends": 5,
            "suggestions": 1, "briefs": 2, "leads": 2,
        },
        "教育界别组": {},
    }  # fmt: skip
    assert found.total == Figures(1, 2, 7, 5, 1, 2, 2)


def test_the_total_is_the_sum_of_the_rows(running: World) -> None:
    running.visited(circle="living", persons_count=3)
    running.visited(by="member2", circle="living", persons_count=4)
    running.submitted("suggestion", by="member2")
    found = _summary(running)
    for name in COLUMNS:
        assert getattr(found.total, name) == sum(getattr(row.figures, name) for row in found.rows)
    assert (found.total.participants, found.total.living, found.total.suggestions) == (2, 7, 1)


def test_a_visit_of_two_groups_brings_each_a_participant_and_is_counted_once(running: World) -> None:
    together(running, circle="living", persons_count=4)
    together(running, circle="living", persons_count=1)
    assert _figures(_summary(running)) == {
        "东亭街道工委会": {"participants": 1, "living": 5},
        "教育界别组": {"participants": 1},
    }


def test_each_counts_the_own_part_and_the_total_is_of_that_part(running: World) -> None:
    running.visited(circle="living", persons_count=3)
    running.visited(by="member2", circle="living", persons_count=40)
    both = ["东亭街道工委会", "教育界别组"]
    parts = dict.fromkeys(("clerk", "director", "leader", "auditor"), both) | {"secretary": both[:1]}
    for who in (*parts, "member", "dept", "admin"):
        found, names = _summary(running, who), parts.get(who, [])
        assert [row.name for row in found.rows] == names, who
        assert found.total.living == 3 * (both[0] in names) + 40 * (both[1] in names), who


def test_a_file_holds_only_what_may_be_taken_along(huiyin: World) -> None:
    campaigning.begun(huiyin)
    asked = {"question": "campaign.export"}
    assert [row.name for row in _summary(huiyin, "leader", **asked).rows] == []
    assert [row.name for row in _summary(huiyin, "secretary", **asked).rows] == ["东亭街道工委会"]
    assert len(_summary(huiyin, "auditor", **asked).rows) == 2


def test_what_was_taken_back_or_became_an_accusation_is_not_counted(running: World) -> None:
    running.submitted()
    taken_back, secret = running.submitted(), running.submitted("suggestion")
    running.move_submission(taken_back, "withdraw")
    carried_on(running, secret)
    for who in ("clerk", "director", "secretary"):
        assert _figures(_summary(running, who))["东亭街道工委会"] == {"briefs": 1}


@pytest.mark.requirement("S2-15")
def test_a_visit_outside_the_campaign_counts_for_none(running: World) -> None:
    """The days at its edges still do; after its end until the last day on which it may be caught up."""
    for day in ("2026-02-01", "2026-12-31", "2027-01-31"):
        running.visited(visited_on=day, circle="living", at=NEXT_YEAR)
    for day in ("2026-01-31", "2027-02-01"):
        running.visited(visited_on=day, circle="sector", at=NEXT_YEAR)
    assert _figures(_summary(running))["东亭街道工委会"] == {"participants": 1, "living": 3}


def test_another_committees_visits_are_in_no_figure(running: World) -> None:
    World(running.app, "dt").visited(circle="living", persons_count=8)
    found = _summary(running)
    assert found.total == Figures() and len(found.rows) == 2


@pytest.mark.requirement("S2-20")
def test_a_correction_stands_in_its_own_column_and_beside_what_was_counted(running: World) -> None:
    running.visited(circle="living", persons_count=2)
    running.visited(circle="sector", persons_count=1)
    with running.writing():
        given = CorrectionIn(figure="living", value=5, reason="三户没有登记")
        acts.correct(campaigning.report(running), given, by=running.actor("secretary"))
    row = next(row for row in _summary(running).rows if row.name == "东亭街道工委会")
    assert (row.figures.living, row.counted.living) == (5, 2)
    assert (row.figures.sector, row.counted.sector) == (1, 1) and set(row.corrections) == {"living"}
    assert _summary(running).total.living == 5
    assert {row.name: row.state for row in _summary(running).rows} == {
        "东亭街道工委会": "draft",
        "教育界别组": "draft",
    }


@pytest.mark.requirement("S2-26")
def test_what_changed_since_it_was_confirmed_is_told_column_by_column(running: World) -> None:
    running.visited(circle="living", persons_count=2)
    campaigning.moved(running, "confirm", by="secretary")
    (before,) = [row for row in _summary(running, "secretary").rows]
    assert (before.state, before.differences) == ("group_confirmed", [])
    running.visited(circle="living", persons_count=3)
    running.submitted("suggestion")
    (row,) = _summary(running, "secretary").rows
    assert row.differences == [("living", 2, 5), ("suggestions", 0, 1)]
    assert row.confirmed is not None and row.confirmed.living == 2


def test_what_nobody_confirmed_differs_from_nothing(running: World) -> None:
    running.visited(circle="living")
    assert all(row.differences == [] and row.confirmed is None for row in _summary(running).rows)


def test_a_group_out_of_use_is_told_of_while_it_has_figures(running: World) -> None:
    running.visited(by="member2", circle="living")
    with running.writing():
        for unit in db.session.query(OrgUnit).filter(OrgUnit.key.in_(["group", "group2"])):
            unit.is_active = unit.committee_id != running.actor("clerk").committee_id
    assert [row.name for row in _summary(running).rows] == ["教育界别组"]


def test_who_changed_groups_meanwhile_took_part_in_both(running: World) -> None:
    """What was done before stays with the group of that day."""
    running.visited(circle="living", persons_count=2)
    with running.writing():
        member = db.session.query(Person).filter_by(login="xs-member").one()
        member.posts[0].unit_id = (
            db.session.query(Person).filter_by(login="xs-member2").one().posts[0].unit_id
        )
    running.visited(circle="living", persons_count=3)
    assert _figures(_summary(running)) == {
        "东亭街道工委会": {"participants": 1, "living": 2},
        "教育界别组": {"participants": 1, "living": 3},
    }


def _members(world: World, key: str = "group") -> int:
    with world.reading():
        return summaries.members_of(campaigning.report(world, key=key))


def test_who_could_have_gone_is_who_sits_there_and_who_went_for_it(running: World) -> None:
    """Nobody twice; neither the secretary nor somebody without an account any more."""
    assert _members(running) == 1
    together(running)
    assert (_members(running), _members(running, "group2")) == (1, 1)
    with running.writing():
        other = db.session.query(Person).filter_by(login="xs-member2").one()
        group = db.session.query(Person).filter_by(login="xs-member").one().posts[0].unit_id
        other.posts.append(Membership(unit_id=group, role="member"))
    assert _members(running) == 2
    with running.writing():
        db.session.query(Person).filter_by(login="xs-member2").one().is_active = False
    assert (_members(running), _members(running, "group2")) == (1, 1)


def test_a_report_shows_its_own_row(running: World) -> None:
    running.visited(circle="living", persons_count=2)
    running.visited(by="member2", circle="living", persons_count=7)
    with running.reading():
        for key, living in (("group", 2), ("group2", 7)):
            report = campaigning.report(running, key=key)
            row = summaries.of_group(report)
            assert (row.public_id, row.figures.living) == (report.group.public_id, living)
