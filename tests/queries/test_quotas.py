"""Who has done what a campaign asks: counted from visits and submissions, in each actor's own part."""

from datetime import UTC, date, datetime, time

import pytest

from tests.world import World
from tracker.actions import campaigns as acts
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Activity, Campaign, Submission, Workstation
from tracker.queries import campaigns, quotas, summaries
from tracker.queries.quotas import Line
from tracker.queries.summaries import Summary

START = datetime(2026, 2, 1, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture
def running(either: World) -> World:
    with either.writing(START):
        acts.open_from(presets.load("xishan").campaigns[0], 2026, by=either.actor("clerk"))
    return either


def _campaign(world: World, login: str) -> Campaign:
    actor = world.actor(login)
    return campaigns.get(campaigns.listing(actor)[0].public_id, actor)


def _lines(world: World, login: str = "clerk", today: date = TODAY) -> dict[str, Line]:
    with world.reading():
        found = quotas.of_members(_campaign(world, login), world.actor(login), today)
        return {line.bearer.name: line for line in found}


def _counted(line: Line) -> list[int]:
    return [found.counted for found in line.standings if found]


@pytest.mark.requirement("S1-19")
def test_people_are_counted_by_head_and_enterprises_by_visit(running: World) -> None:
    running.visited(contact={"kind": "enterprise"}, persons_count=9)
    running.visited(contact={"kind": "sector_person"}, persons_count=3)
    running.visited(contact={"kind": "public_person"}, persons_count=1)
    running.visited(contact={"kind": "public_person"}, persons_count=1)
    line = _lines(running)["吴海燕"]
    assert _counted(line) == [1, 3, 2]
    assert [found.word for found in line.standings if found] == ["done", "done", "owed"]
    assert line.owes and not line.is_silent


@pytest.mark.parametrize("who", ["member", "member2", "leader"])
def test_one_s_own_line_is_the_one_among_all(who: str, running: World) -> None:
    running.visited(contact={"kind": "public_person"}, persons_count=2)
    running.visited(by="member2", contact={"kind": "enterprise"})
    running.visited(by="member2", contact={"kind": "sector_person"}, persons_count=4)
    running.brief("submitted")
    all_lines = _lines(running)
    with running.reading():
        actor = running.actor(who)
        own = quotas.of_one(_campaign(running, who), actor, TODAY)
    assert own == all_lines.get(actor.name)
    assert (own is not None) == actor.has("member")


@pytest.mark.requirement("S1-44")
def test_who_did_nothing_is_silent_and_late_after_the_last_day(running: World) -> None:
    running.visited()
    lines = _lines(running, today=date(2027, 1, 1))
    assert lines["陈丽华"].is_silent and not lines["吴海燕"].is_silent
    assert {found.word for found in lines["陈丽华"].standings if found} == {"late"}


@pytest.mark.parametrize(
    "who, seen",
    [
        ("clerk", {"吴海燕", "陈丽华"}),
        ("leader", {"吴海燕", "陈丽华"}),
        ("auditor", {"吴海燕", "陈丽华"}),
        ("secretary", {"吴海燕"}),
        ("member2", {"陈丽华"}),
    ],
)
def test_each_sees_the_members_they_may_count(who: str, seen: set[str], running: World) -> None:
    assert set(_lines(running, who)) == seen


@pytest.mark.requirement("S1-28")
def test_units_are_asked_for_what_concerns_their_kind(running: World) -> None:
    with running.writing():
        campaign, unit = _campaign(running, "clerk"), _lines_unit(running)
        common = {"committee_id": campaign.committee_id, "unit_id": unit}
        db.session.add(Workstation(kind="studio", name="东亭工作室", opened_on=date(2025, 1, 1), **common))
        db.session.add(Activity(kind="service", title="义诊", held_on=date(2026, 5, 1), **common))
        db.session.add(Activity(kind="service", title="去年的", held_on=date(2025, 5, 1), **common))
    with running.reading():
        found = quotas.of_units(_campaign(running, "clerk"), running.actor("clerk"), TODAY)
        by_name = {line.bearer.name: line.standings for line in found}
    service, studio = by_name["东亭街道工委会"]
    assert service and studio and (service.counted, studio.counted) == (1, 1)
    assert by_name["教育界别组"][1] is None


def _lines_unit(world: World) -> int:
    actor = world.actor("clerk")
    found = quotas.of_units(_campaign(world, "clerk"), actor, TODAY)
    return next(line.bearer.id for line in found if line.bearer.name == "东亭街道工委会")


def _summary(world: World, login: str = "clerk") -> Summary:
    with world.reading():
        return summaries.of(_campaign(world, login), world.actor(login))


@pytest.mark.requirement("S2-05")
@pytest.mark.requirement("S2-08")
@pytest.mark.requirement("S2-42")
@pytest.mark.requirement("S2-43")
@pytest.mark.requirement("S2-45")
def test_the_annex_counts_members_once_and_people_by_circle(running: World) -> None:
    running.visited(circle="sector", persons_count=4)
    running.visited(circle="living", persons_count=2)
    running.visited(circle="friends", persons_count=1, by="member2")
    found = _summary(running)
    rows = {row.name: row.figures for row in found.rows}
    assert (rows["东亭街道工委会"].participants, rows["东亭街道工委会"].sector) == (1, 4)
    assert (rows["教育界别组"].participants, rows["教育界别组"].friends) == (1, 1)
    assert (found.total.participants, found.total.living) == (2, 2)


@pytest.mark.requirement("S2-12")
@pytest.mark.requirement("S2-44")
def test_both_leads_are_one_column(running: World) -> None:
    with running.writing():
        campaign, actor = _campaign(running, "clerk"), running.actor("member")
        for kind in ("suggestion", "investment_lead", "talent_lead"):
            db.session.add(
                Submission(
                    committee_id=campaign.committee_id,
                    campaign_id=campaign.id,
                    member_id=actor.id,
                    group_id=actor.posts[0].unit_id,
                    kind=kind,
                    title="建议",
                    text="建议全文",
                    submitted_on=TODAY,
                )
            )
    total = _summary(running).total
    assert (total.suggestions, total.briefs, total.leads) == (1, 0, 2)


@pytest.mark.requirement("S2-10")
def test_what_was_taken_back_fills_no_quota_and_stands_in_no_annex(running: World) -> None:
    at = datetime.combine(TODAY, time(3), UTC)
    public_id = running.submitted(at=at)
    assert _summary(running).total.briefs == 1
    running.move_submission(public_id, "withdraw", by="member", at=at)
    assert _summary(running).total.briefs == 0


def test_a_secretary_adds_up_the_own_group_only(running: World) -> None:
    running.visited()
    running.visited(by="member2")
    found = _summary(running, "secretary")
    assert [row.name for row in found.rows] == ["东亭街道工委会"]
    assert found.total.participants == 1


def test_another_committee_has_its_own_campaigns(running: World) -> None:
    with running.reading():
        other = World(running.app, "dt")
        assert campaigns.listing(other.actor("clerk")) == []
