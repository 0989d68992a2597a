"""Who was let in to an activity, to be signed at the door."""

import re
from datetime import UTC, date, datetime

import pytest

from tests import inviting
from tests.world import World
from tracker.models import Activity, Invitee, OrgUnit, Person
from tracker.outgoing import attendance
from tracker.queries import invitees

EVENT = Activity(
    kind="symposium",
    title="居民座谈会<b>",
    held_on=date(2026, 11, 23),
    place="三楼会议室",
    unit=OrgUnit(name="东亭街道工委会"),
)


def words(page: str) -> str:
    return re.sub(r"\s*<[^>]+>\s*", "|", page)


def test_the_head_says_what_when_where_and_who_holds_it() -> None:
    page = attendance.sheet(EVENT, "政协锡山区委员会", [])
    told = words(page)
    assert "活动：居民座谈会&lt;b&gt;" in told and "<b>" not in page
    assert "时间：2026年11月23日　地点：三楼会议室　举办单位：东亭街道工委会" in told
    assert "共0人。" in told and "用后交回政协办公室" in told


@pytest.mark.requirement("S1-36")
def test_each_guest_has_a_line_with_who_let_them_in_and_room_to_sign(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    guest = inviting.proposed(huiyin, meeting)
    inviting.moved(huiyin, guest, "approve", by="director")
    with huiyin.reading():
        event = inviting.event(huiyin, meeting)
        page = words(attendance.sheet(event, "锡山区政协", [inviting.invitee(guest)]))
    assert "|1||蒋秋萍||云林社区居民||发言||沈立|2026年11月23日||||" in page
    assert "共1人。" in page


def test_who_was_not_decided_on_has_nobody_beside_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitees, "name", lambda one: "孙大海")
    row = words(attendance.sheet(EVENT, "政协", [Invitee(sector="", capacity="observer")]))
    assert "|1||孙大海||||列席||||" in row


def test_a_decision_in_the_night_is_of_the_day_in_shanghai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitees, "name", lambda one: "孙大海")
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    one = Invitee(sector="", capacity="participant", decided_at=late, decider=Person(name="沈立"))
    assert "|参加||沈立|2026年11月23日|" in words(attendance.sheet(EVENT, "政协", [one]))
