"""The slip page: number and code shown once, what may be the same concern, where to go on."""

import re

import pytest

from tests.web.conftest import Visit
from tests.web.test_register import FORM, code_in, register
from tests.world import World
from tracker.extensions import db
from tracker.models import Case

pytestmark = pytest.mark.usefixtures("monday")


def newest(huiyin: World) -> str:
    with huiyin.reading():
        return str(db.session.query(Case.reference).order_by(Case.id.desc()).limit(1).scalar())


@pytest.mark.requirement("T02")
def test_the_page_to_take_home_names_nobody(visit: Visit, huiyin: World) -> None:
    text = register(visit("member")).text.partition('class="panel receipt"')[2].partition("</section>")[0]
    assert newest(huiyin) in text and FORM["summary"] in text
    for personal in (FORM["resident.name"], FORM["resident.phone"], FORM["narrative"]):
        assert personal not in text


@pytest.mark.requirement("T11")
def test_no_link_on_the_page_carries_the_code(visit: Visit) -> None:
    answer = register(visit("member"))
    code = code_in(answer)
    addresses = re.findall(r'(?:href|action)="([^"]+)"', answer.text)
    assert not any(code in address or code.replace("-", "") in address for address in addresses)
    assert "Location" not in answer.headers


def test_what_may_be_the_same_is_shown_as_far_as_one_may_read_it(visit: Visit, huiyin: World) -> None:
    mine = huiyin.raised(summary=FORM["summary"])
    foreign = huiyin.raised(summary=FORM["summary"], by="member2")
    accusation = huiyin.raised(summary=FORM["summary"], is_accusation=True)
    part = register(visit("member")).text.partition('class="receipt-similar"')[2].partition("</section>")[0]
    assert mine in part and foreign not in part and accusation not in part


def test_where_nothing_is_alike_nothing_is_said(visit: Visit) -> None:
    assert "可能已有人提出" not in register(visit("member")).text.partition('class="panel receipt"')[2]


def test_one_goes_on_with_the_next_or_opens_this_one(visit: Visit, huiyin: World) -> None:
    text = register(visit("clerk")).text.partition('class="receipt-next')[2].partition("</p>")[0]
    assert 'href="/cases/new">再登记一件' in text
    assert f'href="/cases/{newest(huiyin)}" data-key="o">打开这件诉求' in text


def test_a_new_code_is_shown_on_a_page_of_the_same_kind(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = visit("clerk").post(f"/cases/{reference}/code", page="/help")
    assert "<h1>新的查询码</h1>" in answer.text and code_in(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_words_around_the_code_are_english_for_an_english_reader(visit: Visit) -> None:
    answer = register(visit("clerk", "en"))
    assert code_in(answer)
    headings = re.findall(r"<h1>([^<]+)</h1>", answer.text)
    assert headings and all(heading.isascii() for heading in headings)


@pytest.mark.requirement("T10")
@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_slip_is_asked_for_with_this_cases_code_alone(visit: Visit, huiyin: World, change: object) -> None:
    browser = visit("member")
    old = code_in(register(browser))
    reference = newest(huiyin)
    browser.post(f"/cases/{reference}/code", page="/help")
    assert callable(change)
    answer = browser.post(f"/cases/{reference}/slip", page="/help", code=change(old))
    assert answer.status_code == 422 and "不是这件诉求现在的查询码" in answer.text
