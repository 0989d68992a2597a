"""The page of an assignment: a department's whole view, and the office's place to review it."""

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
