"""A group's part in a campaign: who sees which, the list of what waits, and what happened to it."""

from datetime import date

import pytest

from tests import campaigning
from tests.campaigning import moved
from tests.world import NOW, World
from tracker.actions import campaigns as opening
from tracker.actions import group_reports as acts
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.group_reports import DutyIn, StoryIn
from tracker.models import GroupReport
from tracker.queries import campaigns, group_reports, work_rules

BOTH = ["东亭街道工委会", "教育界别组"]
KEYS = ("group", "group2")


@pytest.fixture
def written(huiyin: World) -> World:
    """Both groups of one campaign have told something, and the first one's is confirmed."""
    campaigning.begun(huiyin)
    for key in KEYS:
        with huiyin.writing():
            report = campaigning.report(huiyin, key=key)
            acts.write_story(report, StoryIn(story=f"走访二十户（{key}）。"), by=huiyin.actor("clerk"))
    moved(huiyin, "confirm", by="secretary")
    return huiyin


def _names(world: World, who: str, waits: str | None = None) -> list[str]:
    """Inside an open transaction."""
    return [one.group.name for one in group_reports.written(world.actor(who), now=NOW, waits=waits)]


WHO = [
    ("clerk", BOTH),
    ("director", BOTH),
    ("leader", BOTH),
    ("auditor", BOTH),
    ("secretary", BOTH[:1]),
    ("member", []),
    ("admin", []),
    ("dept", []),
    ("dt-clerk", []),
]


@pytest.mark.requirement("S2-19")
def test_the_list_of_a_campaign_and_of_all_show_each_the_own_part(written: World) -> None:
    with written.reading():
        campaign = campaigning.campaign(written)
        groups = [(campaigning.group_id(written, key), name) for key, name in zip(KEYS, BOTH, strict=True)]
        for who, expected in WHO:
            actor = written.actor(who)
            assert _names(written, who) == expected, who
            assert [one.group.name for one in group_reports.listing(campaign, actor)] == expected, who
            for public_id, name in groups:
                if name in expected:
                    assert group_reports.get(campaign, public_id, actor).group.name == name
                    continue
                with pytest.raises(NotFound):
                    group_reports.get(campaign, public_id, actor)


def test_what_was_confirmed_waits_to_be_received(written: World) -> None:
    expected = {"clerk": BOTH[:1], "director": BOTH[:1], "leader": BOTH[:1], "dt-clerk": [], "member": []}
    with written.reading():
        assert {who: _names(written, who, "reports_to_receive") for who in expected} == expected
    moved(written, "receive", by="clerk")
    with written.reading():
        assert not any(_names(written, who, "reports_to_receive") for who in expected)


def test_a_queue_nobody_knows_is_refused_by_name(written: World) -> None:
    with written.reading(), pytest.raises(Invalid) as refused:
        _names(written, "clerk", "overdue")
    assert [fault.field for fault in refused.value.errors] == ["waiting"]


@pytest.mark.requirement("S2-19")
def test_a_duty_opens_the_other_group_until_it_ends(written: World) -> None:
    """Through the list as through the report's own address."""
    with written.writing():
        report = campaigning.report(written, key="group2")
        given = DutyIn(unit=campaigning.group_id(written))
        duty = acts.liaise(report, given, by=written.actor("clerk")).public_id
    with written.reading():
        assert _names(written, "secretary") == BOTH
        campaign = campaigning.campaign(written)
        assert len(group_reports.listing(campaign, written.actor("secretary"))) == 2
    with written.writing():
        acts.end_duty(campaigning.report(written, key="group2"), duty, by=written.actor("clerk"))
    with written.reading():
        assert _names(written, "secretary") == BOTH[:1]


def test_what_nobody_wrote_about_is_there_unsaved_and_in_no_list(huiyin: World) -> None:
    campaigning.begun(huiyin)
    with huiyin.reading():
        report = campaigning.report(huiyin)
        assert (report.state, report.story, report.group.name) == ("draft", "", "东亭街道工委会")
        assert _names(huiyin, "clerk") == [] == group_reports.listing(report.campaign, huiyin.actor("clerk"))
        assert db.session.query(GroupReport).count() == 0


@pytest.mark.parametrize("key", ["office", "housing", "root"])
def test_only_groups_have_a_part_in_it(key: str, huiyin: World) -> None:
    campaigning.begun(huiyin)
    with huiyin.reading():
        campaign, clerk = campaigning.campaign(huiyin), huiyin.actor("clerk")
        with pytest.raises(NotFound):
            group_reports.get(campaign, campaigning.group_id(huiyin, key), clerk)


def test_another_committees_group_has_no_part_in_it(huiyin: World) -> None:
    campaigning.begun(huiyin)
    theirs = World(huiyin.app, "dt")
    with huiyin.reading():
        group, campaign = campaigning.group_id(theirs), campaigning.campaign(huiyin)
        for who in ("clerk", "dt-clerk"):
            with pytest.raises(NotFound):
                group_reports.get(campaign, group, huiyin.actor(who))


def test_the_newest_campaign_stands_first(written: World) -> None:
    with written.writing():
        clerk = written.actor("clerk")
        spec = presets.load("xishan").campaigns[0]
        later = opening.open_from(spec, 2027, by=clerk)
        report = group_reports.get(later, campaigning.group_id(written, "group2"), clerk)
        acts.write_story(report, StoryIn(story="新一年的走访。"), by=clerk)
    with written.reading():
        found = group_reports.written(written.actor("clerk"), now=NOW)
        assert [(one.campaign.starts_on.year, one.group.name) for one in found] == [
            (2027, BOTH[1]),
            (2026, BOTH[0]),
            (2026, BOTH[1]),
        ]


def test_the_history_tells_who_did_what_and_why_the_newest_first(written: World) -> None:
    moved(written, "reopen", by="clerk", reason="漏了一次走访")
    with written.reading():
        steps = group_reports.history(campaigning.report(written))
        assert [(step.verb, step.who, step.note) for step in steps] == [
            ("reopen", "周文博", "漏了一次走访"),
            ("confirm", "许建国", ""),
            ("write_story", "周文博", ""),
        ]
        other = group_reports.history(campaigning.report(written, key="group2"))
        assert [step.verb for step in other] == ["write_story"]


def test_campaigns_are_listed_the_newest_first_and_only_ones_own(huiyin: World) -> None:
    first = campaigning.begun(huiyin)
    with huiyin.writing():
        spec = presets.load("xishan").campaigns[0]
        later = opening.open_from(spec, 2027, by=huiyin.actor("clerk")).public_id
    theirs = campaigning.begun(World(huiyin.app, "dt"))
    with huiyin.reading():
        for who, expected in (("member", [later, first]), ("dt-member", [theirs])):
            actor = huiyin.actor(who)
            assert [row.public_id for row in campaigns.listing(actor)] == expected
            for public_id in (first, later, theirs):
                if public_id in expected:
                    assert campaigns.get(public_id, actor).public_id == public_id
                    continue
                with pytest.raises(NotFound):
                    campaigns.get(public_id, actor)


def test_a_campaign_is_known_by_its_key_in_its_own_committee(huiyin: World) -> None:
    campaigning.begun(huiyin)
    with huiyin.reading():
        campaign = campaigning.campaign(huiyin)
        assert campaigns.by_key(campaign.key, campaign.committee_id) is campaign
        assert campaigns.by_key(campaign.key, huiyin.actor("dt-clerk").committee_id) is None
        assert campaign.starts_on == date(2026, 2, 1)


@pytest.mark.parametrize("number", ["0", "-1", "９９", "nonsense", ""])
def test_a_version_of_the_rules_of_work_that_is_none_is_not_found(number: str, huiyin: World) -> None:
    with huiyin.reading(), pytest.raises(NotFound):
        work_rules.version(number, huiyin.actor("member"))
