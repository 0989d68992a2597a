"""Who has done what a campaign asks: counted from visits and submissions, in each actor's own part."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from tests import campaigning
from tests.queries.conftest import said
from tests.world import World
from tracker.actions import campaigns as acts
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.campaigns import ExemptionIn
from tracker.models import Activity, Campaign, Membership, Person, Submission, Workstation
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
    among = all_lines.get(actor.name)
    assert (own and (own.bearer, own.standings)) == (among and (among.bearer, among.standings))
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


@pytest.fixture
def begun(huiyin: World) -> World:
    campaigning.begun(huiyin)
    return huiyin


def _person(login: str) -> Person:
    """Inside an open transaction."""
    return db.session.query(Person).filter_by(login=f"xs-{login}").one()


def _words(world: World, today: date) -> dict[str, list[str]]:
    """How each stands with enterprise, sector and public."""
    lines = _lines(world, today=today)
    return {name: [found.word if found else "-" for found in line.standings] for name, line in lines.items()}


@pytest.mark.requirement("S2-15")
def test_on_the_last_day_nobody_is_late_yet_and_what_is_done_stays_done(begun: World) -> None:
    begun.visited(contact={"kind": "enterprise"})
    for today, word in ((date(2026, 12, 31), "owed"), (date(2027, 1, 1), "late"), (date(2027, 2, 1), "late")):
        assert _words(begun, today) == {"吴海燕": ["done", word, word], "陈丽华": [word] * 3}, today


@pytest.mark.requirement("S2-18")
@pytest.mark.parametrize(
    ("quota", "words"),
    [("", ["done", "exempt", "exempt"]), ("public_person", ["done", "owed", "exempt"])],
    ids=said,
)
def test_who_is_exempt_owes_nothing_or_not_this_one(quota: str, words: list[str], begun: World) -> None:
    begun.visited(contact={"kind": "enterprise"})
    with begun.writing():
        given = ExemptionIn.model_validate(
            {"who": _person("member").public_id, "quota": quota, "reason": "产假"}
        )
        public_id = acts.exempt(campaigning.campaign(begun), given, by=begun.actor("clerk")).public_id
    assert _words(begun, TODAY) == {"吴海燕": words, "陈丽华": ["owed"] * 3}
    with begun.writing():
        acts.end_exemption(campaigning.campaign(begun), public_id, by=begun.actor("clerk"))
    assert _words(begun, TODAY)["吴海燕"] == ["done", "owed", "owed"]


def test_a_quota_for_some_levels_does_not_concern_the_others(begun: World) -> None:
    with begun.writing():
        _person("member").level, _person("member2").level = "county", "prefecture_resident"
        first, second, _ = (row for row in campaigning.campaign(begun).quotas if row.bearer == "member")
        first.levels, second.levels = ["county"], ["county", "prefecture_resident"]
    assert _words(begun, TODAY) == {"吴海燕": ["owed"] * 3, "陈丽华": ["-", "owed", "owed"]}
    with begun.writing():
        _person("member2").level = None
    assert _words(begun, TODAY)["陈丽华"] == ["-", "-", "owed"]


def test_who_sits_in_two_groups_is_one_line_and_each_secretary_sees_it(begun: World) -> None:
    """In the first of the groups; nobody owes twice."""
    with begun.writing():
        (unit,) = begun.actor("secretary").units("secretary")
        other = _person("member2")
        other.posts.append(Membership(unit_id=unit, role="member"))
    assert [line.bearer.unit for line in _lines(begun).values()] == ["东亭街道工委会"] * 2
    assert set(_lines(begun, "secretary")) == {"吴海燕", "陈丽华"}


def test_who_has_left_and_who_is_no_member_has_no_line(begun: World) -> None:
    with begun.writing():
        _person("member").is_active = False
        _person("clerk").posts[0].role = "secretary"
    assert set(_lines(begun, "director")) == {"陈丽华"}


EVENT: dict[str, Any] = {"kind": "service", "title": "义诊", "held_on": date(2026, 6, 1)}
STATION: dict[str, Any] = {"kind": "studio", "name": "东亭工作室", "opened_on": date(2026, 6, 1)}
SERVICES: list[tuple[dict[str, Any], int]] = [
    ({"held_on": date(2026, 2, 1)}, 1),
    ({"held_on": date(2026, 1, 31)}, 0),
    ({"held_on": date(2027, 1, 31)}, 1),
    ({"held_on": date(2027, 2, 1)}, 0),
    ({"kind": "symposium"}, 0),
    ({"cancelled_at": START}, 0),
]
STUDIOS: list[tuple[dict[str, Any], int]] = [
    ({"opened_on": date(2020, 1, 1)}, 1),
    ({"opened_on": date(2027, 1, 31)}, 1),
    ({"opened_on": date(2027, 2, 1)}, 0),
    ({"closed_on": date(2026, 6, 1)}, 0),
    ({"kind": "members_home"}, 0),
]


@pytest.mark.requirement("S1-28")
def test_what_a_unit_holds_or_keeps_counts_within_the_campaign(begun: World) -> None:
    with begun.writing():
        (unit,) = begun.actor("secretary").units("secretary")
        common = {"committee_id": begun.actor("clerk").committee_id, "unit_id": unit}
        campaign = campaigning.campaign(begun)
        rows: list[tuple[str, Any, int]]
        rows = [("service", Activity(**common, **EVENT | given), number) for given, number in SERVICES]
        rows += [("studio", Workstation(**common, **STATION | given), number) for given, number in STUDIOS]
        for what, row, number in rows:
            db.session.add(row)
            db.session.flush()
            assert quotas.done_by_units(campaign) == ({(unit, what): 1} if number else {}), vars(row)
            db.session.delete(row)
            db.session.flush()


@pytest.mark.parametrize(("who", "names"), [("clerk", 2), ("leader", 2), ("secretary", 1), ("member", 0)])
def test_each_counts_the_own_units(who: str, names: int, begun: World) -> None:
    with begun.reading():
        found = quotas.of_units(campaigning.campaign(begun), begun.actor(who), TODAY)
        assert [line.bearer.name for line in found] == ["东亭街道工委会", "教育界别组"][:names]
        assert all(line.bearer.is_unit and line.is_silent for line in found)
