"""Opening a campaign from a preset, and exempting somebody from what it asks."""

from datetime import UTC, date, datetime

import pytest

from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.incoming import presets
from tracker.incoming.campaigns import ExemptionIn
from tracker.models import Campaign
from tracker.queries import campaigns, people, quotas, visits

THREE_CIRCLES = presets.load("dongtai").campaigns[0]
TWO_WAY = presets.load("xishan").campaigns[0]
JULY = datetime(2026, 7, 20, 1, 0, tzinfo=UTC)


def opened(world: World, by: str = "clerk") -> Campaign:
    with world.writing(JULY):
        return acts.open_from(TWO_WAY, 2026, by=world.actor(by))


@pytest.mark.requirement("S1-02")
@pytest.mark.requirement("S1-03")
@pytest.mark.requirement("S1-04")
def test_a_campaign_carries_its_paper(either: World) -> None:
    opened(either)
    with either.reading():
        found = campaigns.listing(either.actor("clerk"))[0]
        assert (found.document_number, found.approved_on) == ("锡政协〔2017〕10号", date(2017, 3, 28))
        assert (found.direction, found.parent_note) == ("both", "连心富民、联企强区")
        assert (found.starts_on, found.catch_up_until) == (date(2026, 2, 1), date(2027, 1, 31))
        assert [quota.position for quota in found.quotas] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor", "dept", "admin"])
def test_only_the_office_opens_one(who: str, huiyin: World) -> None:
    with pytest.raises(Forbidden):
        opened(huiyin, who)


def test_the_same_one_is_held_once_a_year(huiyin: World) -> None:
    opened(huiyin)
    with pytest.raises(Conflict):
        opened(huiyin)
    with huiyin.writing():
        assert acts.open_from(TWO_WAY, 2027, by=huiyin.actor("clerk")).key == "two_way_2027"


@pytest.mark.requirement("S2-04")
def test_a_visit_counts_for_the_campaign_of_its_day(either: World) -> None:
    with either.writing(JULY):
        acts.open_from(THREE_CIRCLES, 2026, by=either.actor("clerk"))
    late, before = either.visited(visited_on="2026-09-30"), either.visited(visited_on="2026-07-10")
    after = either.visited(visited_on="2026-10-01")
    with either.reading():
        actor = either.actor("clerk")
        counted = {public_id: visits.get(public_id, actor).campaign_id for public_id in (late, before, after)}
        assert counted[late] is not None and counted[before] is None and counted[after] is None


def exempted(world: World, who: str, quota: str = "", *, by: str = "clerk") -> None:
    with world.writing():
        actor = world.actor(by)
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        given = ExemptionIn(who=who, quota=quota, reason="长期驻外")
        acts.exempt(campaign, given, by=actor)


def _words(world: World, login: str = "member") -> list[str]:
    with world.reading():
        actor = world.actor("clerk")
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        person = world.actor(login).id
        (line,) = [row for row in quotas.of_members(campaign, actor, NOW.date()) if row.bearer.id == person]
        return [found.word for found in line.standings if found]


def _public_id(world: World, login: str) -> str:
    with world.reading():
        return people.by_login(f"xs-{login}").public_id


def test_an_exemption_covers_everything_or_one_quota(either: World) -> None:
    opened(either)
    who = _public_id(either, "member")
    exempted(either, who, "enterprise")
    assert _words(either) == ["exempt", "owed", "owed"]
    exempted(either, who)
    assert _words(either) == ["exempt", "exempt", "exempt"]
    assert _words(either, "member2") == ["owed", "owed", "owed"]


def test_an_ended_exemption_no_longer_excuses(huiyin: World) -> None:
    opened(huiyin)
    exempted(huiyin, _public_id(huiyin, "member"))
    with huiyin.writing():
        actor = huiyin.actor("clerk")
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        acts.end_exemption(campaign, campaign.exemptions[0].public_id, by=actor)
    assert _words(huiyin) == ["owed", "owed", "owed"]


def test_nobody_outside_the_members_and_groups_is_exempted(huiyin: World) -> None:
    opened(huiyin)
    for who in (_public_id(huiyin, "dept"), "no-such-id"):
        with pytest.raises(Invalid) as refused:
            exempted(huiyin, who)
        assert refused.value.errors[0].field == "who"
