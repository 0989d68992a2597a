"""The score sheet: the same numbers as an independent count, in each actor's own part."""

import pytest

from tests import accusing, campaigning, scoring
from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.actions import group_reports
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.incoming.campaigns import ExemptionIn
from tracker.incoming.group_reports import CorrectionIn
from tracker.models import Case, Exemplar
from tracker.queries import scores, submissions, summaries, visits
from tracker.queries.scores import Sheet
from tracker.rules.scoring import SCORED

pytestmark = pytest.mark.requirement("S1-48")
OF_MEMBERS = SCORED["member"]


@pytest.fixture
def running(either: World) -> World:
    campaigning.begun(either)
    return either


def _sheet(world: World, login: str = "clerk", whose: str = "member") -> Sheet:
    with world.reading():
        return scores.of(campaigning.campaign(world, login), world.actor(login), whose)  # type: ignore[arg-type]


def _counts(sheet: Sheet) -> dict[str, list[int]]:
    return {line.bearer.name: [score.count for score in line.scores] for line in sheet.lines}


def test_every_number_is_what_an_independent_count_says(running: World) -> None:
    scoring.of_everything(running)
    scoring.busy(running)
    found = _counts(_sheet(running))
    with running.reading():
        again = scoring.counted_again(campaigning.campaign(running).id)
    assert found == again
    assert dict(zip(OF_MEMBERS, found["吴海燕"], strict=True)) == {
        "visit": 3, "enterprise": 1, "sector_person": 2, "public_person": 3, "suggestion": 1, "brief": 2,
        "lead": 1, "adopted_city": 0, "adopted_province": 1, "adopted_nation": 0, "exemplar": 1,
    }  # fmt: skip
    assert found["陈丽华"][0] == 1 and found["陈丽华"][-1] == 1


def test_points_are_the_counts_times_two_up_to_the_cap_and_add_up(running: World) -> None:
    scoring.of_everything(running, visit=5)
    scoring.busy(running)
    sheet = _sheet(running)
    for line in sheet.lines:
        worth = [2 * score.count for score in line.scores]
        assert [score.points for score in line.scores] == [min(worth[0], 5), *worth[1:]]
        assert line.total == min(worth[0], 5) + sum(worth[1:])
    columns = zip(*(line.scores for line in sheet.lines), strict=True)
    assert [score.points for score in sheet.totals] == [sum(s.points or 0 for s in each) for each in columns]
    assert (
        sheet.total
        == sum(line.total or 0 for line in sheet.lines)
        == sum(score.points or 0 for score in sheet.totals)
    )


def test_units_are_scored_for_what_they_held_keep_and_were_marked_for(running: World) -> None:
    scoring.of_everything(running)
    scoring.busy(running)
    found = _counts(_sheet(running, whose="unit"))
    assert dict(zip(SCORED["unit"], found["东亭街道工委会"], strict=True)) == {
        "service": 2, "studio": 1, "adopted_city": 0, "adopted_province": 1, "adopted_nation": 0,
        "exemplar": 1,
    }  # fmt: skip
    assert found["教育界别组"] == [0] * 6


@pytest.mark.parametrize(
    "who, seen",
    [
        ("clerk", {"吴海燕", "陈丽华"}),
        ("director", {"吴海燕", "陈丽华"}),
        ("leader", {"吴海燕", "陈丽华"}),
        ("secretary", {"吴海燕"}),
        ("member", {"吴海燕"}),
        ("member2", {"陈丽华"}),
        ("auditor", set()),
    ],
)
def test_each_sees_the_scores_they_may(who: str, seen: set[str], running: World) -> None:
    assert {line.bearer.name for line in _sheet(running, who).lines} == seen


def test_a_member_has_no_sheet_of_another(running: World) -> None:
    with running.reading():
        campaign, own = campaigning.campaign(running, "member"), scoring.public_id(running, "member")
        _items, line = scores.of_one(campaign, running.actor("member"), own)
        assert line.bearer.name == "吴海燕"
        with pytest.raises(NotFound):
            scores.of_one(campaign, running.actor("member"), scoring.public_id(running, "member2"))
        with pytest.raises(NotFound):
            scores.of_one(campaign, running.actor("secretary"), campaigning.group_id(running, "group2"))


def _exempt(world: World, login: str, quota: str) -> None:
    with world.writing():
        given = ExemptionIn(who=scoring.public_id(world, login), quota=quota, reason="长期驻外")
        acts.exempt(campaigning.campaign(world), given, by=world.actor("clerk"))


def test_who_is_exempt_is_marked_and_not_scored_zero(running: World) -> None:
    _exempt(running, "member2", "")
    _exempt(running, "member", "enterprise")
    lines = {line.bearer.name: line for line in _sheet(running).lines}
    assert lines["陈丽华"].is_exempt and lines["陈丽华"].total is None
    assert [score.points for score in lines["吴海燕"].scores][:2] == [None, 0]
    assert not lines["吴海燕"].is_exempt and lines["吴海燕"].total == 0
    running.visited(by="member2", contact={"kind": "enterprise"})
    assert {line.bearer.name: line.total for line in _sheet(running).lines}["陈丽华"] == 5


def test_a_figure_corrected_on_the_annex_changes_no_points_but_is_told(running: World) -> None:
    scoring.of_everything(running)
    running.visited()
    before = _sheet(running).total
    with running.writing():
        given = CorrectionIn(figure="participants", value=9, reason="登记表漏签", sure=True)
        group_reports.correct(campaigning.report(running), given, by=running.actor("clerk"))
    sheet = _sheet(running)
    assert sheet.total == before
    with running.reading():
        campaign = campaigning.campaign(running)
        units = {line.bearer.unit_id for line in sheet.lines}
        assert scores.corrected(campaign, units) == ["东亭街道工委会"]
        assert scores.corrected(campaign, []) == []


def test_the_lists_hold_as_many_rows_as_the_sheet_says(running: World) -> None:
    scoring.of_everything(running)
    scoring.busy(running)
    found = dict(zip(OF_MEMBERS, _counts(_sheet(running))["吴海燕"], strict=True))
    with running.reading():
        actor, who = running.actor("clerk"), scoring.public_id(running, "member")
        where = {"campaign": campaigning.campaign(running).public_id}
        assert len(visits.page(actor, visitor=who, **where).items) == found["visit"]
        adopted = {
            level: len(submissions.page(actor, now=None, member=who, adopted=level, **where).items)  # type: ignore[arg-type]
            for level in ("district", "city", "province", "nation")
        }
    assert adopted == {"district": 1, "city": 0, "province": found["adopted_province"], "nation": 0}


def test_a_case_that_became_an_accusation_is_nobodys_example(running: World) -> None:
    scoring.of_everything(running)
    visit = running.visited()
    case = running.raised(visit=visit)
    with running.writing():
        row = running.case(case)
        clerk = running.actor("clerk")
        mark = Exemplar(committee_id=row.committee_id, case_id=row.id, reason="好", marked_by_id=clerk.id)
        db.session.add(mark)
    assert _counts(_sheet(running))["吴海燕"][-1] == 1
    with running.writing():
        db.session.get_one(Case, running.case(case).id).is_accusation = True
    assert _counts(_sheet(running))["吴海燕"][-1] == 0


def test_what_became_an_accusation_stands_in_no_figure_of_a_campaign(running: World) -> None:
    """Else a number beside a list without it would tell of it."""
    scoring.of_everything(running)
    running.submitted()
    accusing.carried_on(running, running.submitted())
    assert _counts(_sheet(running))["吴海燕"][OF_MEMBERS.index("brief")] == 1
    with running.reading():
        by = running.actor("secretary")
        assert len(submissions.page(by, now=NOW).items) == 1
        assert summaries.of(campaigning.campaign(running), by).total.briefs == 1
