"""邀请名单 on an activity's page: who sees it, what each does there, the paper for the door."""

import re
from datetime import timedelta

import pytest

from tests import inviting
from tests.inviting import SPEECH, TODAY
from tests.outgoing.pdf_contents import text
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World

pytestmark = [pytest.mark.usefixtures("monday"), pytest.mark.requirement("S1-36")]
GUEST = {"called": "蒋秋萍", "sector": "云林社区居民", "capacity": "speaker", "consent_process": "1"}


@pytest.fixture
def meeting(huiyin: World) -> str:
    return inviting.meeting(huiyin)


def move(browser: Browser, meeting: str, guest: str, name: str, **given: str) -> int:
    page = f"/activities/{meeting}"
    return browser.post(f"{page}/invitees/{guest}/moves", page=page, move=name, **given).status_code


@pytest.mark.parametrize("who", ["member", "member2", "leader", "auditor"])
def test_others_do_not_see_the_list(who: str, huiyin: World, meeting: str, visit: Visit) -> None:
    guest = inviting.spoken(huiyin, meeting)
    browser = visit(who)
    page = browser.get(f"/activities/{meeting}")
    assert page.status_code == 200
    assert "邀请名单" not in page.text and "蒋秋萍" not in page.text and "路灯" not in page.text
    home = f"/activities/{meeting}/invitees"
    for path in (home, f"{home}/approve", f"{home}/{guest}/moves"):
        assert browser.post(path, page="/account").status_code == 404
    assert browser.get(f"{home}/sheet").status_code == 404


@pytest.mark.parametrize("who", ["dept", "admin", "dt-secretary", "dt-clerk"])
def test_departments_and_other_committees_see_nothing_at_all(
    who: str, huiyin: World, meeting: str, visit: Visit
) -> None:
    inviting.proposed(huiyin, meeting)
    browser = visit(who)
    assert browser.get(f"/activities/{meeting}").status_code == 404
    assert browser.get(f"/activities/{meeting}/invitees/sheet").status_code == 404
    assert browser.post(f"/activities/{meeting}/invitees", page="/account", **GUEST).status_code == 404


def test_a_secretary_sees_no_list_of_another_unit(huiyin: World, visit: Visit) -> None:
    other = inviting.meeting(huiyin, by="clerk", key="group2")
    inviting.proposed(huiyin, other, by="clerk")
    page = visit("secretary").get(f"/activities/{other}")
    assert page.status_code == 200 and "邀请名单" not in page.text and "蒋秋萍" not in page.text


def test_an_empty_list_says_what_to_do(meeting: str, visit: Visit) -> None:
    assert "先把人列进来，负责人同意以后再通知本人" in visit("secretary").get(f"/activities/{meeting}").text
    director = visit("director").get(f"/activities/{meeting}").text
    assert "由举办单位的联络员或办公室提出，您来审核" in director and "添加一位" not in director


@pytest.mark.requirement("S1-33")
@pytest.mark.requirement("S1-34")
@pytest.mark.requirement("S1-35")
def test_from_the_proposal_to_the_speech(huiyin: World, meeting: str, visit: Visit) -> None:
    page = f"/activities/{meeting}"
    secretary, director = visit("secretary"), visit("director")
    assert secretary.post(f"{page}/invitees", page=page, **GUEST).status_code == 302
    listed = secretary.get(page).text
    assert "待审核" in listed and "蒋秋萍" in listed and "同意邀请" not in listed
    guest = listed.split('id="guest-')[1].partition('"')[0]
    assert move(secretary, meeting, guest, "approve") == 403
    assert "全部同意" in director.get(page).text
    assert move(director, meeting, guest, "approve") == 302
    assert "全部同意" not in director.get(page).text
    assert move(secretary, meeting, guest, "attend") == 302
    assert move(secretary, meeting, guest, "speak", speech=SPEECH) == 302
    shown = secretary.get(page).text
    assert SPEECH in shown and "登记成诉求" in shown and "登记未到" not in shown


def test_who_changes_the_day_reads_how_many_have_to_be_told(
    huiyin: World, meeting: str, visit: Visit
) -> None:
    page, secretary = f"/activities/{meeting}", visit("secretary")
    inviting.moved(huiyin, inviting.proposed(huiyin, meeting), "approve", by="director")
    typed = {name: str(value) for name, value in inviting.MEETING.items()}
    assert secretary.post(page, page=page, **typed | {"held_on": "2026-11-30"}).status_code == 302
    assert "已经同意邀请 1 位，请告诉他们" in secretary.get(page).text
    assert secretary.post(f"{page}/cancel", page=page).status_code == 302
    assert "已经同意邀请 1 位，请告诉他们" in secretary.get("/activities").text


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"called": ""}, "请写姓名，或者从联系对象中选"),
        ({"sector": ""}, "请写界别或单位"),
        ({"consent_process": ""}, "须先征得本人同意"),
    ],
)
def test_a_faulty_proposal_keeps_what_was_typed(
    given: dict[str, str], sentence: str, meeting: str, visit: Visit
) -> None:
    page = f"/activities/{meeting}"
    sent = {name: value for name, value in (GUEST | given).items() if value}
    answer = visit("secretary").post(f"{page}/invitees", page=page, **sent)
    check_page(answer)
    assert answer.status_code == 422 and sentence in answer.text
    assert all(f'value="{sent[name]}"' in answer.text for name in ("called", "sector") if name in sent)


def test_a_refusal_without_a_reason_stands_open(huiyin: World, meeting: str, visit: Visit) -> None:
    guest, director = inviting.proposed(huiyin, meeting), visit("director")
    page = f"/activities/{meeting}"
    answer = director.post(f"{page}/invitees/{guest}/moves", page=page, move="decline", reason="")
    check_page(answer)
    assert answer.status_code == 422 and "没有办成" in answer.text
    assert move(director, meeting, guest, "decline", reason="名额已满") == 302
    assert "名额已满" in visit("secretary").get(page).text


def test_the_slower_of_two_is_told(huiyin: World, meeting: str, visit: Visit) -> None:
    guest = inviting.proposed(huiyin, meeting)
    assert move(visit("director"), meeting, guest, "approve", version="999") == 409
    assert move(visit("director"), meeting, guest, "nothing") == 422


def test_a_guest_of_another_meeting_is_not_moved_here(huiyin: World, meeting: str, visit: Visit) -> None:
    guest = inviting.proposed(huiyin, inviting.meeting(huiyin))
    assert move(visit("director"), meeting, guest, "approve") == 404


def test_the_whole_list_is_approved_from_the_desk(huiyin: World, meeting: str, visit: Visit) -> None:
    director = visit("director")
    assert "邀请名单待审核" not in director.get("/").text
    seen = [inviting.proposed(huiyin, meeting, called=name) for name in ("蒋秋萍", "华银娣")]
    other = inviting.meeting(huiyin, title="没有邀请的座谈会")
    desk = director.get("/").text
    assert "邀请名单待审核" in desk and "/activities?waiting=invitees_to_approve" in desk
    waiting = director.get("/activities?waiting=invitees_to_approve").text
    assert f"/activities/{meeting}" in waiting and other not in waiting
    page = f"/activities/{meeting}"
    assert re.findall(r'name="seen\[\]" value="([^"]+)"', director.get(page).text) == seen
    assert director.post(f"{page}/invitees/approve", page=page, **{"seen[]": seen}).status_code == 302
    assert "邀请名单待审核" not in director.get("/").text
    assert "没有等您审核的邀请名单" in director.get("/activities?waiting=invitees_to_approve").text
    assert director.get("/activities?waiting=nothing").status_code == 422


def test_where_somebody_waits_is_told_to_nobody_else(huiyin: World, meeting: str, visit: Visit) -> None:
    inviting.proposed(huiyin, meeting)
    for who in ("member2", "leader", "auditor"):
        assert f"/activities/{meeting}" not in visit(who).get("/activities?waiting=invitees_to_approve").text


def test_before_the_day_nobody_is_counted(huiyin: World, visit: Visit) -> None:
    meeting = inviting.meeting(huiyin, held_on=(TODAY + timedelta(days=9)).isoformat())
    guest = inviting.proposed(huiyin, meeting)
    inviting.moved(huiyin, guest, "approve", by="director")
    secretary = visit("secretary")
    page = secretary.get(f"/activities/{meeting}").text
    assert "待举行" in page and "活动当天起，在这里登记到会和发言" in page and "登记到会</" not in page
    assert move(secretary, meeting, guest, "attend") == 409
    assert "待举行" in secretary.get("/activities").text


@pytest.mark.requirement("S1-33")
def test_the_sheet_for_the_door_names_those_who_were_let_in(
    huiyin: World, meeting: str, visit: Visit
) -> None:
    inviting.proposed(huiyin, meeting, called="华银娣")
    inviting.spoken(huiyin, meeting)
    for who in ("secretary", "clerk", "director"):
        answer = visit(who).get(f"/activities/{meeting}/invitees/sheet")
        assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    words = text(answer.data)
    assert "蒋秋萍" in words and "华银娣" not in words
    assert "邀请人员名单及签到表" in words and "沈立" in words and "发言" in words


def test_contacts_are_offered_by_name_to_the_clerk_only(huiyin: World, meeting: str, visit: Visit) -> None:
    huiyin.linked(kind="enterprise", called="锡山永固锻件有限公司")
    huiyin.linked(called="华银娣")
    clerk, secretary = (visit(who).get(f"/activities/{meeting}").text for who in ("clerk", "secretary"))
    assert "锡山永固锻件有限公司" in clerk and "锡山永固锻件有限公司" in secretary
    assert "华银娣" not in clerk and "社会群众，吴海燕联系" in clerk
    assert "社会群众，吴海燕联系" not in secretary
