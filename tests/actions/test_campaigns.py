"""Opening a campaign from a preset, and exempting somebody from what it asks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.campaigns import DrivesIn, ExemptionIn
from tracker.incoming.group_reports import PlanDoneIn
from tracker.models import Campaign, Event
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


@pytest.mark.parametrize(("first", "again"), [("", ""), ("enterprise", "enterprise"), ("", "enterprise")])
def test_nobody_is_exempted_from_the_same_twice(first: str, again: str, huiyin: World) -> None:
    opened(huiyin)
    who = _public_id(huiyin, "member")
    exempted(huiyin, who, first)
    with pytest.raises(Invalid) as refused:
        exempted(huiyin, who, again)
    (fault,) = refused.value.errors
    assert (fault.field, fault.message) == ("who", "已经免除，不用再免一次")
    exempted(huiyin, _public_id(huiyin, "member2"), again)


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


@pytest.mark.requirement("S1-45")
def test_a_row_of_the_plan_is_ticked_off_with_a_day_and_what_shows_it(either: World) -> None:
    opened(either)
    with either.writing():
        campaign = campaigns.get(campaigns.listing(either.actor("clerk"))[0].public_id, either.actor("clerk"))
        item = campaign.plan[0].public_id
        given = PlanDoneIn(done_on=date(2026, 11, 20), evidence="会议纪要第3号")
        assert acts.mark_done(campaign, item, given, by=either.actor("clerk")).done_on == date(2026, 11, 20)
        with pytest.raises(Invalid):
            later = PlanDoneIn(done_on=date(2026, 11, 24))
            acts.mark_done(campaign, item, later, by=either.actor("clerk"))
        with pytest.raises(NotFound):
            acts.mark_done(campaign, "no-such-item", given, by=either.actor("clerk"))
        with pytest.raises(Forbidden):
            acts.mark_done(campaign, item, given, by=either.actor("secretary"))
        open_again = acts.mark_done(campaign, item, PlanDoneIn(), by=either.actor("clerk"))
        assert (open_again.done_on, open_again.evidence) == (None, "")


def reminded(world: World, *, by: str = "clerk", at: datetime = NOW) -> int:
    with world.writing(at):
        actor = world.actor(by)
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        return acts.remind(campaign, by=actor)


def test_a_reminder_reaches_those_who_owe_once_a_day(either: World) -> None:
    opened(either)
    exempted(either, _public_id(either, "member"))
    assert reminded(either) == 1
    with pytest.raises(Conflict):
        reminded(either)
    assert reminded(either, at=NOW + timedelta(days=1)) == 1
    with either.reading():
        sent = db.session.scalars(select(Event).where(Event.verb == "remind")).all()
        assert [event.data["people"] for event in sent] == [[either.actor("member2").id]] * 2


def test_a_secretary_reminds_the_own_group_and_a_member_nobody(huiyin: World) -> None:
    opened(huiyin)
    assert reminded(huiyin, by="secretary") == 1
    assert reminded(huiyin) == 1
    with pytest.raises(Forbidden):
        reminded(huiyin, by="member", at=NOW + timedelta(days=1))


def test_another_committees_campaign_is_nobodys_to_remind_of(huiyin: World) -> None:
    opened(huiyin)
    with huiyin.writing(), pytest.raises(NotFound):
        campaign = campaigns.listing(huiyin.actor("clerk"))[0]
        acts.remind(campaign, by=huiyin.actor("dt-clerk"))


def named(world: World, *names: str, by: str = "clerk") -> list[str]:
    with world.writing():
        actor = world.actor(by)
        campaign = campaigns.get(campaigns.listing(actor)[0].public_id, actor)
        acts.name_drives(campaign, DrivesIn(drives=list(names)), by=actor)
        return campaign.drives


@pytest.mark.requirement("S1-09")
def test_a_campaign_names_the_drives_whose_visits_count_too(either: World) -> None:
    assert opened(either).drives == ["三解三促"]
    assert named(either, "三解三促", "大走访") == ["三解三促", "大走访"]
    assert named(either) == []
    with either.reading():
        event = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event and (event.verb, event.data) == ("name_drives", {"drives": 0})


@pytest.mark.requirement("S1-09")
@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor"])
def test_what_counts_too_is_for_the_office_to_say(who: str, huiyin: World) -> None:
    opened(huiyin)
    with pytest.raises(Forbidden):
        named(huiyin, "大走访", by=who)


def test_an_exemption_ends_once(huiyin: World) -> None:
    opened(huiyin)
    exempted(huiyin, _public_id(huiyin, "member"), "enterprise")
    for hours in (0, 5):
        with huiyin.writing(NOW + timedelta(hours=hours)):
            actor = huiyin.actor("clerk")
            campaign = campaigns.listing(actor)[0]
            acts.end_exemption(campaign, campaign.exemptions[0].public_id, by=actor)
    with huiyin.reading():
        (row,) = campaigns.listing(huiyin.actor("clerk"))[0].exemptions
        assert row.ended_at == NOW
        assert db.session.scalars(select(Event.verb).where(Event.verb == "end_exemption")).all() == [
            "end_exemption"
        ]


def test_what_shows_a_row_of_the_plan_goes_with_its_day(huiyin: World) -> None:
    opened(huiyin)
    for given in (
        PlanDoneIn(done_on=NOW.date(), evidence="会议纪要第3号"),
        PlanDoneIn(evidence="还没有开会"),
    ):
        with huiyin.writing():
            actor = huiyin.actor("clerk")
            campaign = campaigns.listing(actor)[0]
            acts.mark_done(campaign, campaign.plan[0].public_id, given, by=actor)
    with huiyin.reading():
        item = campaigns.listing(huiyin.actor("clerk"))[0].plan[0]
        assert (item.done_on, item.evidence) == (None, "")
