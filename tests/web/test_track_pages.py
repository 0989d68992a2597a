"""The resident's pages: by code alone, with nothing personal, and the letter behind its PIN."""

import re
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import NARRATIVE, NOW, REPLY, World
from tracker.actions import codes, letters
from tracker.extensions import clock, db
from tracker.models import Letter, TrackingCode

pytestmark = pytest.mark.usefixtures("monday", "paperless")

CANARIES = ("欧阳", "桂兰", "13912342186", "2186", "401室", "吴海燕", NARRATIVE[:12], "云林苑")


def code_for(huiyin: World, reference: str) -> str:
    with huiyin.writing():
        return codes.issue(huiyin.case(reference), by=huiyin.actor("clerk")).code.text


def told(huiyin: World, **changes: Any) -> str:
    """A case whose letter was delivered; its code."""
    reference = huiyin.handled(**changes)
    letter = huiyin.letter(reference, "issued")
    with huiyin.writing():
        letters.freeze(db.session.query(Letter).filter_by(public_id=letter).one(), b"%PDF-1.7 %%EOF")
    huiyin.move_letter(letter, "deliver", by="clerk", method="post", delivered_on="2026-11-23")
    return code_for(huiyin, reference)


def send(browser: Browser, path: str, **form: str) -> TestResponse:
    answer = browser.post(path, page="/track", **form)
    if answer.mimetype == "text/html":
        check_page(answer)
        assert "noindex" in answer.text or answer.status_code == 429
        assert answer.headers["Cache-Control"] == "no-store"
    return answer


def visible(answer: TestResponse) -> str:
    """What can be read on the page: everything but the hidden fields."""
    return re.sub(r'<input type="hidden"[^>]*>', "", answer.text)


def test_the_page_that_asks_for_the_code_needs_no_account(visit: Visit) -> None:
    text = visit().get("/track").text
    assert "查询码" in text and "track.js" in text and "noindex" in text


@pytest.mark.requirement("S1-46")
@pytest.mark.requirement("T12")
@pytest.mark.parametrize("stage", ["raised", "coordinated", "replied", "handled"])
def test_each_stage_is_told_in_plain_words_and_nothing_personal(
    visit: Visit, huiyin: World, stage: str
) -> None:
    code = code_for(huiyin, getattr(huiyin, stage)())
    answer = send(visit(), "/track", code=code)
    assert answer.status_code == 200
    for canary in CANARIES:
        assert canary not in visible(answer), canary
    assert ("区住房和城乡建设局" in answer.text) == (stage != "raised")
    assert REPLY not in answer.text


def test_the_code_may_be_copied_carelessly(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.raised())
    careless = " ".join(code[i : i + 4].lower().replace("0", "o").replace("1", "l") for i in range(0, 21, 4))
    assert send(visit(), "/track", code=careless).status_code == 200


@pytest.mark.requirement("T10")
def test_every_wrong_code_gets_the_same_answer(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.raised())
    wrong = ["", "ABCD", code[:-1] + ("0" if code[-1] != "0" else "1"), codes.codes.new().text]
    answers = [send(visit(), "/track", code=text) for text in wrong]
    assert {answer.status_code for answer in answers} == {404}
    said = {answer.text.partition('id="f-code-error">')[2][:200].partition("</svg>")[2] for answer in answers}
    assert len(said) == 1 and "查询码不对或已失效" in said.pop()


@pytest.mark.requirement("T10")
def test_the_eleventh_wrong_try_in_an_hour_has_to_wait(visit: Visit) -> None:
    browser = visit()
    statuses = [send(browser, "/track", code="ABCD").status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]


def test_a_right_code_does_not_count_against_its_address(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.raised())
    browser = visit()
    assert {send(browser, "/track", code=code).status_code for _ in range(12)} == {200}


@pytest.mark.requirement("T11")
def test_the_code_never_stands_in_an_address_and_is_not_echoed(visit: Visit, huiyin: World) -> None:
    code = told(huiyin)
    browser = visit()
    for path, more in (
        ("/track", {}),
        ("/track/letter", {"pin": "0000"}),
        ("/track/rating", {"rating": "x"}),
    ):
        answer = send(browser, path, code=code, **more)
        assert code not in visible(answer)
        assert "Location" not in answer.headers
        assert all(
            code not in address for address in re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
        )


@pytest.mark.requirement("T12")
def test_the_answer_is_public_and_the_letter_waits_for_its_pin(visit: Visit, huiyin: World) -> None:
    code = told(huiyin)
    browser = visit()
    page = send(browser, "/track", code=code)
    assert REPLY in page.text and "取信密码" in page.text
    for canary in CANARIES:
        assert canary not in visible(page), canary
    answer = send(browser, "/track/letter", code=code, pin="2186")
    assert (answer.status_code, answer.data) == (200, b"%PDF-1.7 %%EOF")


@pytest.mark.requirement("T12")
def test_five_wrong_pins_lock_the_letter_until_the_office_resets_it(visit: Visit, huiyin: World) -> None:
    code = told(huiyin)
    browser = visit()
    tries = [send(browser, "/track/letter", code=code, pin="0000") for _ in range(5)]
    assert {answer.status_code for answer in tries} == {403}
    assert "密码不对" in tries[0].text and "已锁定" in tries[4].text
    assert send(browser, "/track/letter", code=code, pin="2186").status_code == 403
    with huiyin.reading():
        reference = db.session.query(TrackingCode).one().case.reference
    assert visit("clerk").post(f"/cases/{reference}/letter-lock").status_code == 302
    assert send(browser, "/track/letter", code=code, pin="2186").status_code == 200


def test_there_is_no_letter_before_it_is_issued(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.handled())
    answer = send(visit(), "/track/letter", code=code, pin="2186")
    assert answer.status_code == 404
    assert "还没有可以取的函" in answer.text


def test_the_resident_says_once_whether_it_helped(visit: Visit, huiyin: World) -> None:
    code = told(huiyin)
    browser = visit()
    assert "提交评价" in send(browser, "/track", code=code).text
    thanks = send(browser, "/track/rating", code=code, rating="satisfied")
    assert "谢谢" in thanks.text and "提交评价" not in thanks.text
    again = send(browser, "/track/rating", code=code, rating="satisfied")
    assert again.status_code == 409
    assert "已经评价过了" in again.text


@pytest.mark.requirement("S1-16")
@pytest.mark.requirement("S2-27")
def test_a_first_dissatisfied_sends_it_back(visit: Visit, huiyin: World) -> None:
    code = told(huiyin)
    answer = send(visit(), "/track/rating", code=code, rating="dissatisfied")
    assert "会重新办理一次" in answer.text
    with huiyin.reading():
        assert db.session.query(TrackingCode).one().case.state == "coordinated"


def test_a_rating_without_a_face_is_refused_with_the_progress(visit: Visit, huiyin: World) -> None:
    code = told(huiyin)
    answer = send(visit(), "/track/rating", code=code)
    assert answer.status_code == 422
    assert "提交评价" in answer.text


@pytest.mark.requirement("T20")
def test_every_step_needs_the_page_s_own_token(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.raised())
    browser = visit()
    for path in ("/track", "/track/letter", "/track/rating"):
        assert browser.client.post(path, data={"code": code}).status_code == 400


# --- what each way of ending says


def heading(answer: TestResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.S)
    return re.sub("<[^>]+>", "", found[1]).strip() if found else ""


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("raised", "您反映的事已经登记"),
        ("coordinated", "您反映的事正在办理"),
        ("handled", "您反映的事已有结果，正在答复您"),
        ("fed_back", "您反映的事已有答复"),
    ],
)
def test_each_stage_has_its_own_sentence(visit: Visit, huiyin: World, stage: str, said: str) -> None:
    answer = send(visit(), "/track", code=code_for(huiyin, getattr(huiyin, stage)()))
    assert heading(answer).startswith(said)


@pytest.mark.parametrize(
    ("move", "given", "said"),
    [
        ("withdraw", {"reason": "群众自己撤回"}, "这件事已经撤回"),
        ("decline", {"reason": "已进入诉讼程序"}, "这件事不在受理范围"),
    ],
)
def test_a_concern_that_ends_early_is_told_plainly(
    visit: Visit, huiyin: World, move: str, given: dict[str, str], said: str
) -> None:
    reference = huiyin.raised()
    code = code_for(huiyin, reference)
    huiyin.move(reference, move, **given)
    answer = send(visit(), "/track", code=code)
    assert heading(answer).startswith(said)
    assert "诉讼" not in visible(answer)


def test_a_merged_concern_speaks_of_its_master_s_work_and_never_of_its_number(
    visit: Visit, huiyin: World
) -> None:
    master, child = huiyin.coordinated(), huiyin.raised(by="member2")
    code = code_for(huiyin, child)
    huiyin.move(child, "merge", into=master, reason="duplicate")
    answer = send(visit(), "/track", code=code)
    assert heading(answer).startswith("您反映的事正与同类诉求一起办理")
    assert "区住房和城乡建设局" in visible(answer) and master not in visible(answer)


def test_while_it_is_handled_the_day_of_the_next_news_is_told(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.coordinated())
    assert re.search(r"最迟 \d+月\d+日 有新进展", visible(send(visit(), "/track", code=code)))
    done = code_for(huiyin, huiyin.fed_back())
    assert "最迟" not in visible(send(visit(), "/track", code=done))


def test_the_number_stands_on_the_page_so_that_the_office_can_be_asked(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    said = visible(send(visit(), "/track", code=code_for(huiyin, reference)))
    assert reference in said and "0510-88880000" in said


@pytest.mark.requirement("T10")
def test_a_code_that_was_replaced_opens_nothing(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    old, new = code_for(huiyin, reference), code_for(huiyin, reference)
    assert send(visit(), "/track", code=old).status_code == 404
    assert send(visit(), "/track", code=new).status_code == 200


@pytest.mark.parametrize(("days", "status"), [(729, 200), (731, 404)])
def test_a_code_outlives_its_slip_by_two_years_and_no_longer(
    visit: Visit, huiyin: World, days: int, status: int
) -> None:
    code = code_for(huiyin, huiyin.raised())
    with clock.at(NOW + timedelta(days=days)):
        assert send(visit(), "/track", code=code).status_code == status


@pytest.mark.parametrize("path", ["/track/letter", "/track/rating"])
def test_a_wrong_code_gets_no_further_by_another_form(visit: Visit, huiyin: World, path: str) -> None:
    answer = send(visit(), path, code="ABCD", pin="2186", rating="satisfied")
    assert answer.status_code == 404 and "查询码不对或已失效" in answer.text


@pytest.mark.requirement("T10")
def test_tries_at_the_three_forms_are_counted_together(visit: Visit) -> None:
    browser = visit()
    for path in ("/track", "/track/letter", "/track/rating") * 3 + ("/track",):
        assert send(browser, path, code="ABCD").status_code == 404
    assert send(browser, "/track/letter", code="ABCD").status_code == 429


def test_a_rating_before_there_is_an_answer_is_refused(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.handled())
    browser = visit()
    assert "提交评价" not in send(browser, "/track", code=code).text
    assert send(browser, "/track/rating", code=code, rating="satisfied").status_code == 409


@pytest.mark.parametrize("rating", ["", "wonderful", "satisfied ok", "SATISFIED"])
def test_an_unknown_face_is_no_rating(visit: Visit, huiyin: World, rating: str) -> None:
    code = code_for(huiyin, huiyin.fed_back())
    assert send(visit(), "/track/rating", code=code, rating=rating).status_code == 422
    with huiyin.reading():
        assert db.session.query(TrackingCode).one().case.ratings == []


@pytest.mark.parametrize("pin", ["", "218", "21866", "一二三四", "2187"])
def test_a_wrong_pin_opens_no_letter_and_says_what_to_type(visit: Visit, huiyin: World, pin: str) -> None:
    code = told(huiyin)
    answer = send(visit(), "/track/letter", code=code, pin=pin)
    assert answer.status_code == 403 and answer.mimetype == "text/html"
    assert "登记时所留电话的后四位" in answer.text


@pytest.mark.requirement("T12")
def test_without_a_phone_the_letter_opens_with_what_the_office_told(visit: Visit, huiyin: World) -> None:
    code = told(huiyin, resident={"name": "欧阳桂兰", "consent_process": True})
    browser = visit()
    assert send(browser, "/track/letter", code=code, pin="").status_code == 403
    with huiyin.writing():
        case = db.session.query(TrackingCode).one().case
        pin = codes.issue_pin(case, by=huiyin.actor("clerk"))
    assert pin and len(pin) == 6
    assert send(browser, "/track/letter", code=code, pin=pin).status_code == 200


def test_a_letter_that_is_still_being_printed_is_asked_for_later(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, "issued")
    answer = send(visit(), "/track/letter", code=code_for(huiyin, reference), pin="2186")
    assert answer.status_code == 503 and "函正在生成" in answer.text


def test_the_page_is_there_in_english(visit: Visit, huiyin: World) -> None:
    code = code_for(huiyin, huiyin.coordinated())
    browser = visit()
    browser.post("/language", page="/track", language="en", next="/track")
    assert re.search("[a-z]", heading(send(browser, "/track", code=code)))
