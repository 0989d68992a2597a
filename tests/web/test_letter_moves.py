"""The acts on a letter's page: what is offered at each stage, what a refusal says and leaves alone."""

import re
from typing import Any

import pytest

from tests.web.conftest import Visit
from tests.web.test_letter_page import WORDS, freeze, post, state
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday", "paperless")

DELIVERED = {"move": "deliver", "method": "in_person", "delivered_on": "2026-11-23"}


def words(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text.partition("<main")[2]).split())


def offered(text: str) -> set[str]:
    return set(re.findall(r'name="move" value="([^"]+)"', text))


@pytest.mark.parametrize(
    ("upto", "who", "moves"),
    [
        ("draft", "member", set()),
        ("draft", "director", {"void"}),
        ("submitted", "clerk", set()),
        ("submitted", "director", {"approve", "reject", "void"}),
        ("approved", "clerk", {"issue"}),
        ("approved", "director", {"issue", "reject", "void"}),
        ("issued", "clerk", set()),
        ("issued", "auditor", set()),
    ],
)
def test_the_page_offers_what_may_be_done_now(
    upto: str, who: str, moves: set[str], visit: Visit, huiyin: World
) -> None:
    letter = huiyin.letter(huiyin.handled(), upto)
    assert offered(visit(who).get(f"/letters/{letter}").text) == moves


def test_a_draft_shows_the_form_and_the_rest_of_its_life_does_not(visit: Visit, huiyin: World) -> None:
    browser = visit("clerk")
    draft, later = huiyin.letter(huiyin.handled()), huiyin.letter(huiyin.handled(), "submitted")
    assert 'name="content.title"' in browser.get(f"/letters/{draft}").text
    assert 'name="content.title"' not in browser.get(f"/letters/{later}").text
    assert 'name="content.title"' not in visit("member").get(f"/letters/{draft}").text


def test_an_issued_letter_waits_for_its_file_before_it_is_taken_anywhere(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    browser = visit("clerk")
    assert "还缺：正式文件还在生成，请稍候" in words(browser.get(f"/letters/{letter}").text)
    answer = post(browser, f"/letters/{letter}/moves", **DELIVERED)
    assert answer.status_code == 409 and state(huiyin, letter) == "issued"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"delivered_on": "2026-11-24"}, 422),
        ({"delivered_on": "2026-11-22"}, 422),
        ({"delivered_on": "yesterday"}, 422),
        ({"delivered_on": ""}, 422),
        ({"method": "pigeon"}, 422),
        ({"method": ""}, 422),
        ({"note": "长" * 501}, 422),
        ({"number": "锡政协办函〔2026〕9号"}, 422),
        ({"version": "1"}, 409),
        ({"method": "code_page"}, 302),
    ],
)
def test_a_delivery_is_of_a_day_and_a_way_that_exist(
    changes: dict[str, str], status: int, visit: Visit, huiyin: World
) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    freeze(huiyin, letter)
    answer = post(visit("clerk"), f"/letters/{letter}/moves", **(DELIVERED | changes))
    assert answer.status_code == status
    assert state(huiyin, letter) == ("delivered" if status == 302 else "issued")


def test_a_delivered_letter_says_how_and_when_and_can_be_acknowledged(visit: Visit, huiyin: World) -> None:
    letter = huiyin.delivered(huiyin.handled())
    browser = visit("clerk")
    assert "11月23日 当面送达" in words(browser.get(f"/letters/{letter}").text)
    assert post(browser, f"/letters/{letter}/moves", move="acknowledge").status_code == 302
    assert state(huiyin, letter) == "acknowledged"


@pytest.mark.parametrize("name", ["reject", "void"])
@pytest.mark.parametrize(("reason", "status"), [("", 422), ("短", 422), ("日期不对，请核对", 302)])
def test_sending_back_and_calling_off_need_a_reason(
    name: str, reason: str, status: int, visit: Visit, huiyin: World
) -> None:
    letter = huiyin.letter(huiyin.handled(), "submitted")
    answer = post(visit("director"), f"/letters/{letter}/moves", move=name, reason=reason)
    assert answer.status_code == status
    assert (state(huiyin, letter) == "submitted") == (status == 422)


def test_a_letter_sent_back_is_a_draft_without_its_signature(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "approved")
    post(visit("director"), f"/letters/{letter}/moves", move="reject", reason="日期不对，请核对")
    page = visit("clerk").get(f"/letters/{letter}").text
    assert state(huiyin, letter) == "draft" and 'name="content.title"' in page
    assert "签发 沈立" not in words(page)


def test_a_voided_letter_keeps_its_number_and_the_next_gets_another(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    letter = huiyin.letter(reference, "issued")
    post(visit("director"), f"/letters/{letter}/moves", move="void", reason="主送写错了")
    text = visit("clerk").get(f"/letters/{letter}").text
    assert "锡政协办函〔2026〕1号" in text and "已作废" in text and "refresh" not in text
    assert (
        "锡政协办函〔2026〕2号" in visit("clerk").get(f"/letters/{huiyin.letter(reference, 'issued')}").text
    )


@pytest.mark.parametrize("upto", ["submitted", "approved"])
def test_words_that_were_handed_over_are_changed_by_nobody(upto: str, visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), upto)
    answer = post(visit("clerk"), f"/letters/{letter}", **WORDS)
    assert answer.status_code == 409 and "请先退回修改" in answer.text
    assert state(huiyin, letter) == upto


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content.title", "长" * 81),
        ("content.addressee", ""),
        ("content.closing", "长" * 61),
        ("content.contact", "长" * 121),
        ("content.copy_to_lines", "\n".join(f"区第{n}局" for n in range(11))),
        ("content.copy_to_lines", "长" * 61),
        ("content.number", "锡政协办函〔2026〕9号"),
    ],
)
def test_a_field_over_its_limit_saves_nothing(field: str, value: str, visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    before = browser.get(f"/letters/{letter}").text
    assert post(browser, f"/letters/{letter}", **(WORDS | {field: value})).status_code == 422
    assert "已更换电缆并恢复照明。" not in before
    assert "已更换电缆并恢复照明。" not in browser.get(f"/letters/{letter}").text


def test_emptied_fields_stay_empty(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    emptied: dict[str, Any] = WORDS | {
        "content.closing": "",
        "content.contact": "",
        "content.copy_to_lines": "",
    }
    assert post(browser, f"/letters/{letter}", **emptied).status_code == 302
    text = browser.get(f"/letters/{letter}").text
    assert "特此反馈" not in text and "联系电话" not in text and "区交通运输局" not in text


@pytest.mark.parametrize("move", ["", "fly", "freeze", "draft"])
def test_an_unknown_act_changes_nothing(move: str, visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    assert post(visit("director"), f"/letters/{letter}/moves", move=move).status_code in (403, 422)
    assert state(huiyin, letter) == "draft"


@pytest.mark.parametrize("path", ["", "/pdf"])
@pytest.mark.parametrize("letter", ["x", "%00", "1"])
def test_a_made_up_letter_is_not_found(path: str, letter: str, visit: Visit) -> None:
    assert visit("clerk").get(f"/letters/{letter}{path}").status_code in (400, 404)
