"""The page of an assignment: a department's whole view, and the office's place to review it."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import REPLY, TRANSFER, World
from tracker.extensions import db
from tracker.models import Assignment

pytestmark = pytest.mark.usefixtures("monday")

WHY = "这条路属于市政管养，不在本局职责范围之内，请改交区交通运输局。"


def share_of(huiyin: World, reference: str) -> str:
    return huiyin.shares(reference)[0]


def move(browser: Browser, share: str, name: str, **form: Any) -> TestResponse:
    answer = browser.post(f"/assignments/{share}/moves", move=name, **form)
    if answer.status_code not in (302, 403, 404):
        check_page(answer)
    return answer


def state(huiyin: World, share: str) -> str:
    with huiyin.reading():
        found = db.session.query(Assignment).filter_by(public_id=share).one()
        return found.state


@pytest.mark.parametrize(
    "who, status",
    [("dept", 200), ("dept2", 404), ("clerk", 200), ("director", 200), ("member", 200), ("secretary", 200),
     ("leader", 200), ("auditor", 200), ("member2", 404), ("admin", 404), ("dt-dept", 404)],
)  # fmt: skip
def test_who_opens_an_assignment(visit: Visit, huiyin: World, who: str, status: int) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    page = visit(who).get(f"/assignments/{share}")
    assert page.status_code == status
    if status == 200:
        assert (TRANSFER in page.text) == (who != "auditor")


@pytest.mark.requirement("T05")
def test_a_department_learns_week_and_township_only(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    text = visit("dept").get(f"/assignments/{share}").text
    assert "2026年第48周" in text and "东亭街道" in text
    for canary in ("云林社区", "吴海燕", "欧阳", "139", "云林苑北门路灯连续半月不亮", "周文博"):
        assert canary not in text, canary


def test_the_department_accepts_and_replies(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    browser = visit("dept")
    assert move(browser, share, "accept").status_code == 302
    assert "已签收" in browser.get(f"/assignments/{share}").text
    done = move(browser, share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    assert done.status_code == 302
    assert state(huiyin, share) == "replied"
    text = browser.get(f"/assignments/{share}").text
    assert REPLY in text and "到现场察看" in text


def test_a_reply_that_lacks_something_comes_back_as_it_was_typed(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    answer = move(visit("dept"), share, "reply", result_class="B", text=REPLY, contact_record="not_possible")
    assert answer.status_code == 422
    assert "未能联系的，请写明原因" in answer.text
    assert f"{REPLY}</textarea>" in answer.text
    assert 'value="B" checked' in answer.text
    assert state(huiyin, share) == "dispatched"


def test_not_ours_needs_a_reason_of_twenty_characters(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    browser = visit("dept")
    short = move(browser, share, "request_return", reason="不归我们管")
    assert short.status_code == 422
    assert "不归我们管</textarea>" in short.text
    assert move(browser, share, "request_return", reason=WHY, suggested_unit="transport").status_code == 302
    assert WHY in visit("clerk").get(f"/assignments/{share}").text


@pytest.mark.parametrize("verdict, after", [("granted", "returned"), ("refused", "dispatched")])
def test_the_office_decides_on_a_return(visit: Visit, huiyin: World, verdict: str, after: str) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    huiyin.move_share(share, "request_return", reason=WHY)
    browser = visit("clerk")
    text = browser.get(f"/assignments/{share}").text
    assert 'value="decide_return:granted"' in text and 'value="decide_return:refused"' in text
    assert move(browser, share, f"decide_return:{verdict}", note="按职责分工").status_code == 302
    assert state(huiyin, share) == after


def test_the_office_sends_a_reply_back_with_its_reason(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.replied())
    browser = visit("clerk")
    assert move(browser, share, "rework").status_code == 422
    assert move(browser, share, "rework", reason="没有说明完成时间").status_code == 302
    assert "没有说明完成时间" in visit("dept").get(f"/assignments/{share}").text


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    "who, name, status",
    [("dept", "approve_reply", 403), ("clerk", "reply", 403), ("dept2", "accept", 404),
     ("leader", "revoke", 403), ("clerk", "revoke", 403), ("dt-clerk", "approve_reply", 404)],
)  # fmt: skip
def test_nobody_makes_another_s_move(visit: Visit, huiyin: World, who: str, name: str, status: int) -> None:
    share = share_of(huiyin, huiyin.replied())
    answer = move(visit(who), share, name, result_class="A", text=REPLY, reason="没有理由")
    assert answer.status_code == status


def test_an_unknown_move_is_refused_on_the_page(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    assert move(visit("dept"), share, "fly").status_code in (403, 422)


def test_a_page_that_is_out_of_date_moves_nothing(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    assert move(visit("dept"), share, "accept", version="9").status_code == 409
    assert state(huiyin, share) == "dispatched"


@pytest.mark.requirement("T02")
@pytest.mark.parametrize("who, status", [("dept", 200), ("clerk", 200), ("dept2", 404), ("auditor", 403)])
def test_the_transfer_slip_is_a_pdf_for_who_reads_the_text(
    visit: Visit, huiyin: World, who: str, status: int
) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    answer = visit(who).get(f"/assignments/{share}/slip")
    assert answer.status_code == status
    assert (answer.mimetype == "application/pdf") == (status == 200)


# --- what the page shows, and what a refusal leaves alone


def words(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text.partition("<main")[2]).split())


def offered(text: str) -> set[str]:
    return set(re.findall(r'name="move" value="([^"]+)"', text))


@pytest.mark.parametrize(
    ("upto", "who", "moves"),
    [
        ("coordinated", "dept", {"accept", "reply", "request_return"}),
        ("coordinated", "clerk", set()),
        ("coordinated", "director", {"revoke"}),
        ("coordinated", "member", set()),
        ("coordinated", "leader", set()),
        ("replied", "dept", set()),
        ("replied", "clerk", {"approve_reply", "rework"}),
        ("handled", "dept", set()),
    ],
)
def test_the_page_offers_the_moves_of_this_stage_to_whose_they_are(
    visit: Visit, huiyin: World, upto: str, who: str, moves: set[str]
) -> None:
    share = share_of(huiyin, getattr(huiyin, upto)())
    assert offered(visit(who).get(f"/assignments/{share}").text) == moves


def test_a_co_handler_may_be_let_off_but_the_lead_may_not(visit: Visit, huiyin: World) -> None:
    lead, co = huiyin.shares(huiyin.coordinated(units=(("housing", "lead"), ("transport", "co"))))
    browser = visit("clerk")
    assert "waive" not in offered(browser.get(f"/assignments/{lead}").text)
    assert "waive" in offered(browser.get(f"/assignments/{co}").text)


def test_the_moment_of_each_step_is_told_once_it_is_there(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    browser = visit("dept")
    before = words(browser.get(f"/assignments/{share}").text)
    assert "可申请退回至" in before and "应答复" in before
    huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    assert "可申请退回至" not in words(browser.get(f"/assignments/{share}").text)


@pytest.mark.parametrize(("given", "said"), [({"is_petition": True}, True), ({}, False)])
def test_a_petition_is_named_as_one(visit: Visit, huiyin: World, given: dict[str, bool], said: bool) -> None:
    share = share_of(huiyin, huiyin.coordinated(**given))
    assert ("信访事项" in words(visit("dept").get(f"/assignments/{share}").text)) is said


def test_a_department_s_page_leads_to_no_case_it_may_not_open(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    share = share_of(huiyin, reference)
    assert f'href="/cases/{reference}"' not in visit("dept").get(f"/assignments/{share}").text
    assert f'href="/cases/{reference}"' in visit("clerk").get(f"/assignments/{share}").text


@pytest.mark.requirement("T03")
def test_a_note_of_the_office_is_not_in_the_department_s_history(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    visit("clerk").post(f"/cases/{reference}/notes", page="/", text="反映人是退休教师，住三单元")
    share = share_of(huiyin, reference)
    assert "退休教师" not in visit("dept").get(f"/assignments/{share}").text


def test_earlier_replies_stand_below_with_what_the_office_said(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.replied())
    huiyin.move_share(share, "rework", by="clerk", reason="没有说明完成时间")
    again = "已约定11月30日前完工，由市政管养单位每周巡查一次，完工后拍照回传办公室。"
    huiyin.move_share(share, "reply", result_class="B", text=again, contact_record="on_site")
    said = words(visit("dept").get(f"/assignments/{share}").text)
    assert said.index(again) < said.index("以前的答复") < said.index("退回重办：没有说明完成时间")


@pytest.mark.parametrize("granted, verdict", [(True, "已同意"), (False, "未同意")])
def test_a_department_reads_what_became_of_its_wish(
    visit: Visit, huiyin: World, granted: bool, verdict: str
) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    browser = visit("dept")
    move(browser, share, "request_return", reason=WHY, suggested_unit="transport")
    assert "待定" in words(browser.get(f"/assignments/{share}").text)
    huiyin.move_share(share, "decide_return", by="clerk", granted=granted, note="三定方案写明了")
    said = words(browser.get(f"/assignments/{share}").text)
    assert verdict in said and "建议交给 区交通运输局" in said and "办公室意见：三定方案写明了" in said


@pytest.mark.requirement("T22")
def test_markup_in_a_reply_is_words(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    text = f"<script>alert(1)</script>{REPLY}"
    move(visit("dept"), share, "reply", result_class="A", text=text, contact_record="on_site")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in visit("clerk").get(f"/assignments/{share}").text


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"text": ""}, "text"),
        ({"text": "太短"}, "text"),
        ({"result_class": "E"}, "result_class"),
        ({"contact_record": "by_pigeon"}, "contact_record"),
        ({"resident": "欧阳桂兰"}, ""),
    ],
)
def test_a_faulty_reply_is_refused_and_nothing_is_answered(
    visit: Visit, huiyin: World, changes: dict[str, str], fault: str
) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    given = {"result_class": "A", "text": REPLY, "contact_record": "on_site"} | changes
    answer = move(visit("dept"), share, "reply", **given)
    assert answer.status_code == 422 and "没有办成" in answer.text
    assert state(huiyin, share) == "dispatched"
    assert not fault or f"{fault}-error" in answer.text


@pytest.mark.parametrize(
    ("next_page", "address"), [("case", "/cases/{case}#reply-{share}"), ("", "/assignments/{share}"),
                               ("https://evil.test", "/assignments/{share}")],
)  # fmt: skip
def test_after_a_move_one_is_where_one_came_from(
    visit: Visit, huiyin: World, next_page: str, address: str
) -> None:
    reference = huiyin.replied()
    share = share_of(huiyin, reference)
    done = move(visit("clerk"), share, "approve_reply", next=next_page)
    assert done.location == address.format(case=reference, share=share)


def test_the_same_form_sent_twice_moves_once(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.coordinated())
    browser = visit("dept")
    sent = {"result_class": "A", "text": REPLY, "contact_record": "on_site", "idempotency_key": "form-7"}
    assert [move(browser, share, "reply", **sent).status_code for _ in range(2)] == [302, 302]
    assert words(browser.get(f"/assignments/{share}").text).count(REPLY) == 1


def test_a_move_that_is_not_of_this_stage_is_a_conflict_with_a_sentence(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.replied())
    answer = move(visit("dept"), share, "accept")
    assert answer.status_code == 409 and "没有办成" in answer.text
    assert state(huiyin, share) == "replied"


def test_what_was_not_sent_yet_has_no_slip(visit: Visit, huiyin: World) -> None:
    share = huiyin.drafted(huiyin.raised(), "housing")
    browser = visit("clerk")
    assert "/slip" not in browser.get(f"/assignments/{share}").text
    assert browser.get(f"/assignments/{share}/slip").status_code == 404


def test_the_page_is_there_in_english(visit: Visit, huiyin: World) -> None:
    share = share_of(huiyin, huiyin.replied())
    browser = visit("clerk")
    browser.post("/language", page="/", language="en", next="/")
    said = words(browser.get(f"/assignments/{share}").text)
    assert not [word for word in ("转办内容", "承办单位", "主办", "待审核", "答复", "经过") if word in said]
