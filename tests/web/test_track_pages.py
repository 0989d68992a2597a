"""The resident's pages: by code alone, with nothing personal, and the letter behind its PIN."""

import re

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import NARRATIVE, REPLY, World
from tracker.actions import codes, letters
from tracker.extensions import db
from tracker.models import Letter, TrackingCode

pytestmark = pytest.mark.usefixtures("monday")

CANARIES = ("欧阳", "桂兰", "13912342186", "2186", "401室", "吴海燕", NARRATIVE[:12], "云林苑")


def code_for(huiyin: World, reference: str) -> str:
    with huiyin.writing():
        return codes.issue(huiyin.case(reference), by=huiyin.actor("clerk")).code.text


def told(huiyin: World) -> str:
    """A case whose letter was delivered; its code."""
    reference = huiyin.handled()
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
