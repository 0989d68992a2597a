"""Whom a reminder reaches: who owes something, has not heard of it today, and is in the sender's part."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import campaigning
from tests.world import NOW, World
from tracker.actions import campaigns as acts
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.incoming import presets
from tracker.incoming.campaign_specs import CampaignSpec
from tracker.incoming.campaigns import ExemptionIn
from tracker.models import Membership, Person
from tracker.queries import campaigns, reminders
from tracker.queries.reminders import Reach

pytestmark = pytest.mark.requirement("S2-24")
# The day of NOW ends in Wuxi at sixteen o'clock of the universal time.
LAST_MINUTE = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture
def running(huiyin: World) -> World:
    campaigning.begun(huiyin)
    return huiyin


def _reach(world: World, who: str = "clerk", at: datetime = NOW, group: int | None = None) -> Reach:
    with world.reading():
        return reminders.reach(campaigning.campaign(world, who), world.actor(who), at, group)


def _told(found: Reach) -> list[str]:
    return [line.bearer.name for line in found.told]


def _remind(world: World, at: datetime = NOW, group: int | None = None, by: str = "clerk") -> int:
    with world.writing(at):
        return acts.remind(campaigning.campaign(world, by), by=world.actor(by), group_id=group)


def _done(world: World, by: str = "member") -> None:
    for kind, people in (("enterprise", 1), ("sector_person", 2), ("public_person", 3)):
        world.visited(by=by, contact={"kind": kind}, persons_count=people)


def _unit(world: World, login: str) -> int:
    with world.reading():
        person = db.session.query(Person).filter_by(login=f"xs-{login}").one()
        return person.posts[0].unit_id


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("clerk", ["吴海燕", "陈丽华"]),
        ("director", ["吴海燕", "陈丽华"]),
        ("secretary", ["吴海燕"]),
        ("leader", []),
        ("auditor", []),
    ],
)
def test_each_reaches_the_own_part(who: str, expected: list[str], running: World) -> None:
    assert _told(_reach(running, who)) == expected


def test_who_is_done_is_left_alone_and_one_short_is_not_done(running: World) -> None:
    _done(running)
    for kind, people in (("enterprise", 1), ("sector_person", 2), ("public_person", 2)):
        running.visited(by="member2", contact={"kind": kind}, persons_count=people)
    assert _told(_reach(running)) == ["陈丽华"]
    running.visited(by="member2", contact={"kind": "public_person"}, persons_count=1)
    assert _told(_reach(running)) == []
    with pytest.raises(Conflict):
        _remind(running)


def test_who_is_exempt_is_left_alone_until_the_exemption_ends(running: World) -> None:
    with running.writing():
        member = db.session.query(Person).filter_by(login="xs-member").one()
        given = ExemptionIn(who=member.public_id, reason="产假")
        campaign = campaigning.campaign(running)
        public_id = acts.exempt(campaign, given, by=running.actor("clerk")).public_id
    assert _told(_reach(running)) == ["陈丽华"]
    with running.writing():
        acts.end_exemption(campaigning.campaign(running), public_id, by=running.actor("clerk"))
    assert _told(_reach(running)) == ["吴海燕", "陈丽华"]


def test_who_is_exempt_from_one_quota_still_owes_the_others(running: World) -> None:
    with running.writing():
        member = db.session.query(Person).filter_by(login="xs-member").one()
        given = ExemptionIn(who=member.public_id, quota="enterprise", reason="不在企业界别")
        acts.exempt(campaigning.campaign(running), given, by=running.actor("clerk"))
    assert _told(_reach(running)) == ["吴海燕", "陈丽华"]


def test_one_group_is_reminded_alone(running: World) -> None:
    group2 = _unit(running, "member2")
    assert _told(_reach(running, group=group2)) == ["陈丽华"]
    assert _told(_reach(running, "secretary", group=group2)) == []
    assert _told(_reach(running, group=_unit(running, "clerk"))) == []


def test_nobody_hears_twice_on_one_day_and_the_day_is_that_of_the_committee(running: World) -> None:
    assert _remind(running, group=_unit(running, "member")) == 1
    for at, told, already in (
        (NOW, ["陈丽华"], ["吴海燕"]),
        (LAST_MINUTE, ["陈丽华"], ["吴海燕"]),
        (MIDNIGHT, ["吴海燕", "陈丽华"], []),
    ):
        found = _reach(running, at=at)
        assert (_told(found), [line.bearer.name for line in found.already]) == (told, already), at


def test_what_was_said_yesterday_evening_does_not_count_for_today(running: World) -> None:
    assert _remind(running, at=MIDNIGHT - timedelta(days=1, minutes=1)) == 2
    assert _told(_reach(running)) == ["吴海燕", "陈丽华"]


def test_a_reminder_of_another_campaign_is_not_one_of_this(running: World) -> None:
    with running.writing():
        by = running.actor("clerk")
        other = acts.open_from(_spec(), 2025, by=by).public_id
    with running.writing():
        acts.remind(campaigns.get(other, running.actor("clerk")), by=running.actor("clerk"))
    assert _told(_reach(running)) == ["吴海燕", "陈丽华"]


def _spec() -> CampaignSpec:
    return presets.load("xishan").campaigns[0]


def test_who_left_no_address_hears_of_it_behind_the_bell_only(running: World) -> None:
    with running.writing():
        member = db.session.query(Person).filter_by(login="xs-member").one()
        member.email, number = "", member.id
    found = _reach(running)
    assert found.no_mail == {number} and len(found.told) == 2


def test_who_asks_is_never_reminded_by_oneself(running: World) -> None:
    with running.writing():
        clerk = db.session.query(Person).filter_by(login="xs-clerk").one()
        group = db.session.query(Person).filter_by(login="xs-member").one().posts[0].unit_id
        clerk.posts.append(Membership(unit_id=group, role="member"))
    assert "周文博" not in _told(_reach(running)) and "周文博" in _told(_reach(running, "director"))


def test_who_has_left_owes_nothing(running: World) -> None:
    with running.writing():
        db.session.query(Person).filter_by(login="xs-member").one().is_active = False
    assert _told(_reach(running)) == ["陈丽华"]


@pytest.mark.requirement("S2-15")
@pytest.mark.parametrize(
    ("on", "running_then"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 31), True),
        (date(2027, 2, 1), False),
    ],
)
def test_a_campaign_runs_from_its_first_day_to_the_last_on_which_it_is_caught_up(
    on: date, running_then: bool, huiyin: World
) -> None:
    campaigning.begun(huiyin)
    with huiyin.reading():
        committee = huiyin.actor("clerk").committee_id
        assert (campaigns.running(committee, on) is not None) is running_then
        assert campaigns.running(huiyin.actor("dt-clerk").committee_id, on) is None


def test_of_two_that_run_the_one_that_began_last_counts(running: World) -> None:
    """In January the one before may still be caught up; the new one begins in February."""
    with running.writing():
        acts.open_from(_spec(), 2027, by=running.actor("clerk"))
        committee = running.actor("clerk").committee_id
        campaigning.campaign(running).starts_on = date(2027, 1, 10)
    with running.reading():
        found = {day: campaigns.running(committee, date(2027, 1, day)) for day in (9, 10)}
        assert {day: row and row.starts_on.year for day, row in found.items()} == {9: 2026, 10: 2027}
