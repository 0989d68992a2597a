"""会上听到的: from an activity's page and a reception day to a case and a brief, and back."""

from typing import Any

import pytest

from tests import inviting
from tests.inviting import SPEECH
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import NARRATIVE, World
from tracker.queries import heard, submissions

pytestmark = [pytest.mark.usefixtures("monday"), pytest.mark.requirement("S1-26")]
CASE = {"summary": "北门路灯不亮", "narrative": NARRATIVE, "area": "0101", "source": "symposium"}


@pytest.fixture
def meeting(huiyin: World) -> str:
    return inviting.meeting(huiyin)


def asking(meeting: str) -> str:
    return f"/heard/activity/{meeting}/case"


def test_an_empty_page_says_what_to_do(meeting: str, visit: Visit) -> None:
    page = visit("clerk").get(f"/activities/{meeting}").text
    assert "会上听到的" in page and "会上群众提出要办的事，点“登记诉求”" in page
    assert asking(meeting) in page and f"activity={meeting}" in page


@pytest.mark.parametrize(
    "who, status",
    [
        ("member", 200), ("secretary", 200), ("clerk", 200), ("director", 200), ("member2", 403),
        ("leader", 403), ("auditor", 403), ("dept", 404), ("admin", 404), ("dt-clerk", 404),
    ],
)  # fmt: skip
def test_who_writes_down_what_was_heard(who: str, status: int, meeting: str, visit: Visit) -> None:
    browser = visit(who)
    assert browser.get(asking(meeting)).status_code == status
    sent = browser.post(asking(meeting), page="/account").status_code
    assert sent == (422 if status == 200 else status)
    ways = browser.get(f"/activities/{meeting}").text
    assert (asking(meeting) in ways) is (status == 200)


@pytest.mark.parametrize("place", ["visit", "nowhere"])
def test_nothing_is_heard_at_a_place_of_another_kind(place: str, meeting: str, visit: Visit) -> None:
    assert visit("clerk").get(f"/heard/{place}/{meeting}/case").status_code == 404


def test_the_form_knows_place_and_source(meeting: str, visit: Visit) -> None:
    page = visit("clerk").get(asking(meeting)).text
    assert "2026年11月23日“东亭街道居民座谈会”" in page
    assert '<option value="01" selected>' in page and '<option value="symposium" selected>' in page


def test_a_case_leads_back_to_where_it_was_heard(meeting: str, visit: Visit) -> None:
    clerk = visit("clerk")
    made = clerk.post(asking(meeting), page=asking(meeting), **CASE)
    assert made.status_code == 200 and "XS-2026-000001" in made.text
    activity = clerk.get(f"/activities/{meeting}").text
    assert "北门路灯不亮" in activity and "/cases/XS-2026-000001" in activity
    assert f'href="/activities/{meeting}"' in clerk.get("/cases/XS-2026-000001").text


def test_a_secretary_comes_back_to_the_activity(huiyin: World, meeting: str, visit: Visit) -> None:
    with huiyin.reading():
        member = submissions.writers(huiyin.actor("secretary"))[0][0].public_id
    secretary = visit("secretary")
    nobody = secretary.post(asking(meeting), page=asking(meeting), **CASE)
    check_page(nobody)
    assert nobody.status_code == 422 and "请选是哪位委员听到的" in nobody.text
    made = secretary.post(asking(meeting), page=asking(meeting), member=member, **CASE)
    assert made.location == f"/activities/{meeting}"
    assert "由吴海燕跟进" in secretary.get(made.location).text
    assert "北门路灯不亮" in visit("member").get("/cases/XS-2026-000001").text


def test_what_others_wrote_down_is_not_shown(huiyin: World, meeting: str, visit: Visit) -> None:
    huiyin.raised(by="clerk", activity=meeting, summary="只有办公室看得到的事")
    page = visit("member").get(f"/activities/{meeting}").text
    assert "只有办公室看得到的事" not in page and "另有" not in page


def counts(world: World, meeting: str, who: str) -> tuple[int, int]:
    with world.reading():
        found = heard.at_activity(inviting.event(world, meeting), world.actor(who))
        return len(found.cases) + len(found.briefs), found.others


@pytest.mark.requirement("T05")
def test_a_small_number_of_others_is_not_told(huiyin: World, meeting: str, visit: Visit) -> None:
    for _ in range(4):
        huiyin.raised(by="clerk", activity=meeting)
    assert counts(huiyin, meeting, "leader")[1] == 0
    assert counts(huiyin, meeting, "member") == (0, 0)
    huiyin.raised(by="clerk", activity=meeting)
    assert counts(huiyin, meeting, "member") == (0, 5)
    assert "另有 5 件由别人跟进" in visit("member").get(f"/activities/{meeting}").text
    assert counts(huiyin, meeting, "clerk") == (5, 0)


def test_an_accusation_is_not_even_counted(huiyin: World, meeting: str) -> None:
    for _ in range(5):
        huiyin.raised(by="clerk", activity=meeting)
    before = counts(huiyin, meeting, "member2")
    huiyin.raised(by="member", activity=meeting, is_accusation=True)
    assert counts(huiyin, meeting, "member2") == before == (0, 5)
    assert counts(huiyin, meeting, "leader") == (5, 0)
    assert counts(huiyin, meeting, "director") == (6, 0)
    assert counts(huiyin, meeting, "member") == (1, 5)


def test_a_brief_begins_from_the_activity(meeting: str, visit: Visit) -> None:
    member, form = visit("member"), f"/submissions/new?activity={meeting}"
    page = member.get(form).text
    assert f'name="activity" value="{meeting}"' in page and "东亭街道居民座谈会" in page
    given: dict[str, Any] = {"kind": "brief", "title": "充电桩不足", "text": "三个小区只有二十个充电桩。"}
    made = member.post("/submissions/new", page=form, activity=meeting, **given)
    assert made.status_code == 302
    assert f'href="/activities/{meeting}"' in member.get(made.location).text
    assert "充电桩不足" in visit("secretary").get(f"/activities/{meeting}").text
    assert visit("member2").get(form).status_code == 403
    assert visit("dt-member").get(form).status_code == 404
    odd = member.post("/submissions/new", page=form, activity="nowhere", **given)
    check_page(odd)
    assert odd.status_code == 422


@pytest.mark.requirement("S1-31")
def test_a_reception_day_gathers_what_was_heard(huiyin: World, visit: Visit) -> None:
    station, day = inviting.reception(huiyin)
    clerk, form = visit("clerk"), f"/heard/day/{day}/case"
    assert form in clerk.get(f"/workstations/{station}").text
    assert '<option value="reception" selected>' in clerk.get(form).text
    assert clerk.post(form, page=form, **CASE | {"source": "reception"}).status_code == 200
    assert "北门路灯不亮" in clerk.get(f"/workstations/{station}").text
    assert "北门路灯不亮" not in visit("member2").get(f"/workstations/{station}").text
    assert f'href="/workstations/{station}"' in clerk.get("/cases/XS-2026-000001").text
    assert visit("dt-clerk").get(form).status_code == 404
    assert visit("member").get(f"/submissions/new?day={day}").status_code == 200


@pytest.mark.requirement("S1-35")
def test_a_speech_becomes_a_case_and_a_brief_without_the_name(
    huiyin: World, meeting: str, visit: Visit
) -> None:
    guest = inviting.spoken(huiyin, meeting)
    secretary = visit("secretary")
    assert f"said={guest}" in secretary.get(f"/activities/{meeting}").text
    assert SPEECH in secretary.get(f"{asking(meeting)}?said={guest}").text
    brief = secretary.get(f"/submissions/new?activity={meeting}&said={guest}").text
    assert "云林苑北门路灯半个月不亮" in brief and "蒋秋萍" not in brief
    assert visit("member").get(f"{asking(meeting)}?said={guest}").status_code == 404
    assert secretary.get(f"{asking(inviting.meeting(huiyin))}?said={guest}").status_code == 404
