"""What is done from a case's page: told when it is done; refused, the page keeps what was typed."""

import os
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import TRANSFER, World
from tracker.extensions import db
from tracker.models import Event, Letter, Rating

pytestmark = pytest.mark.usefixtures("monday")

# Field names no page of ours sends, and values of every wrong kind.
ODD: list[dict[str, Any]] = [
    {"0": "x"},
    {"0.a": "x"},
    {".": "x"},
    {"[]": "x"},
    {"a.": "x"},
    {"resident": "x"},
    {"resident[]": "x"},
    {"resident": "x", "resident.name": "y"},
    {"resident.name.first": "x"},
    {"summary[]": "x"},
    {"narrative.x": "x"},
    {"text.a": "x"},
    {"text": "\x00"},
    {"reason[]": "为了核对"},
    {"rating[]": "satisfied"},
    {"unit.x": "x", "role[]": "co"},
    {"sla_class": "zzz", "unit": "housing", "role": "co"},
    {"route": "assign", "transfer_text.a": "x"},
    {"route": "assign", "lead[]": "x", "co": "x"},
    {"route[]": "assign", "category.x": "B01"},
    {"subject_unit[]": "none", "category[]": "B01"},
    {"move": "merge", "into.x": "x"},
    {"move": "x" * 5000},
    {"move": "handle:with_master"},
    {"move": "decide_return:granted"},
    {"version": "9" * 5000},
    {"version": "٣"},
    {"code[]": "x", "ids": "\x00"},
]
POSTS = (
    "/cases/new", "/cases/{}/moves", "/cases/{}/edit", "/cases/{}/coordinate", "/cases/{}/assignments",
    "/cases/{}/notes", "/cases/{}/attachments", "/cases/{}/resident", "/cases/{}/slip", "/cases/bulk",
    "/views", "/language",
)  # fmt: skip


# An ordinary run sends each of them to some of the addresses, another third to each.
SHARE = 1 if os.environ.get("HUIYIN_TIER") == "gate" else 3


@pytest.mark.gate(seconds=15)
@pytest.mark.requirement("R14")
@pytest.mark.parametrize("number, path", list(enumerate(POSTS)))
def test_no_form_however_odd_makes_it_fail(visit: Visit, huiyin: World, number: int, path: str) -> None:
    browser, reference = visit("clerk"), huiyin.raised()
    token = {"csrf_token": browser.token("/help")}
    for form in ODD[number % SHARE :: SHARE]:
        answer = browser.client.post(path.format(reference), data=form | token)
        assert answer.status_code < 500, form


@pytest.mark.gate(seconds=5)
def test_no_odd_form_writes_anything(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.reading():
        before = db.session.query(Event).count()
    browser = visit("clerk")
    token = {"csrf_token": browser.token("/help")}
    for form in ODD[::SHARE]:
        browser.client.post(f"/cases/{reference}/coordinate", data=form | token)
        browser.client.post(f"/cases/{reference}/assignments", data=form | token)
    with huiyin.reading():
        assert db.session.query(Event).count() == before


# --- what is told when it is done


def send(browser: Browser, reference: str, act: str, **form: Any) -> TestResponse:
    answer = browser.post(f"/cases/{reference}/{act}", page="/help", **form)
    if answer.status_code not in (302, 303):
        check_page(answer)
    return answer


def told(browser: Browser, answer: TestResponse) -> str:
    """The sentence at the top of the page one is led to."""
    found = re.search(r'class="note note-(\w+)">.*?<div>([^<]+)</div>', browser.get(answer.location).text)
    return f"{found[1]} {found[2]}" if found else ""


@pytest.mark.parametrize(
    "who, act, form, sentence",
    [
        ("clerk", "notes", {"text": "已电话催过"}, "已记下"),
        ("leader", "instructions", {"text": "请抓紧办"}, "批示已送办公室"),
        ("director", "instructions", {"text": "请抓紧办"}, "批示已送办公室"),
        ("clerk", "moves", {"move": "withdraw", "note": "本人要求"}, "已办理"),
        ("member", "moves", {"move": "withdraw", "note": "本人要求"}, "已办理"),
    ],
)
def test_what_was_done_is_said_on_the_page_one_comes_back_to(
    visit: Visit, huiyin: World, who: str, act: str, form: dict[str, str], sentence: str
) -> None:
    reference, browser = huiyin.raised(), visit(who)
    answer = send(browser, reference, act, **form)
    assert answer.location == f"/cases/{reference}"
    assert told(browser, answer) == f"ok {sentence}"
    assert told(browser, answer) == ""


def test_it_is_said_in_english_to_an_english_reader(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.raised(), visit("clerk", "en")
    sentence = told(browser, send(browser, reference, "notes", text="已电话催过"))
    assert sentence.startswith("ok ") and sentence.isascii()


@pytest.mark.parametrize(
    "act, form",
    [("notes", {"text": "催过"}), ("moves", {"move": "withdraw", "note": "本人要求"})],
)
def test_every_act_leads_back_into_the_list(
    visit: Visit, huiyin: World, act: str, form: dict[str, str]
) -> None:
    reference = huiyin.raised()
    answer = send(visit("clerk"), reference, f"{act}?list=q%3D%25E8%25B7%25AF", **form)
    assert answer.location == f"/cases/{reference}?list=q%3D%25E8%25B7%25AF"


# --- refusals


@pytest.mark.parametrize(
    "act, form, opened, kept",
    [
        ("notes", {"text": "短"}, "记一条备注", ">\n短</textarea>"),
        ("notes", {"text": "长" * 1001}, "记一条备注", "长" * 1001),
        ("instructions", {"text": "办"}, "写批示", ">\n办</textarea>"),
        ("moves", {"move": "decline", "note": "不"}, "不予受理", ">\n不</textarea>"),
        ("moves", {"move": "withdraw", "note": ""}, "撤回", ""),
        ("moves", {"move": "merge", "into": "XS-1", "note": "同一件"}, "并案", ">\n同一件</textarea>"),
    ],
)
def test_a_refused_act_opens_its_own_form_with_what_was_typed(
    visit: Visit, huiyin: World, act: str, form: dict[str, str], opened: str, kept: str
) -> None:
    reference = huiyin.raised()
    answer = send(visit("director"), reference, act, **form)
    assert answer.status_code == 422
    assert "没有办成" in answer.text and kept in answer.text
    opens = re.findall(r"<details[^>]* open[^>]*><summary[^>]*>([^<]+)<", answer.text)
    assert opens == [opened]


def test_a_refusal_is_in_the_readers_language_and_the_typed_words_stay_chinese(
    visit: Visit, huiyin: World
) -> None:
    reference = huiyin.raised()
    answer = send(visit("clerk", "en"), reference, "notes", text="短")
    assert answer.status_code == 422
    assert ">\n短</textarea>" in answer.text and "没有办成" not in answer.text
    alert = answer.text.partition('class="note note-late"')[2].partition("</div></div>")[0]
    assert alert and alert.isascii()


def test_a_refusal_writes_nothing_into_the_diary(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.raised(), visit("director")
    with huiyin.reading():
        before, version = db.session.query(Event).count(), huiyin.case(reference).version
    send(browser, reference, "notes", text="短")
    send(browser, reference, "moves", move="decline", note="")
    send(browser, reference, "moves", move="handle")
    send(browser, reference, "moves", move="withdraw", note="本人要求", version=str(version + 1))
    with huiyin.reading():
        assert (db.session.query(Event).count(), huiyin.case(reference).version) == (before, version)


@pytest.mark.parametrize("move", ["", "nonsense", "handle", "rework", "close", "unmerge", "feed_back"])
def test_a_move_that_does_not_start_here_is_a_conflict(visit: Visit, huiyin: World, move: str) -> None:
    reference = huiyin.raised()
    answer = send(visit("director"), reference, "moves", move=move, note="试试看")
    assert answer.status_code in (404, 409, 422)
    assert huiyin.state(reference) == "raised"


@pytest.mark.parametrize("move", ["reopen", "recall"])
@pytest.mark.requirement("T35")
def test_nobody_makes_the_systems_own_moves(visit: Visit, huiyin: World, move: str) -> None:
    reference = huiyin.fed_back() if move == "reopen" else huiyin.coordinated()
    before = huiyin.state(reference)
    assert send(visit("director"), reference, "moves", move=move).status_code in (403, 409)
    assert huiyin.state(reference) == before


@pytest.mark.requirement("T37")
def test_the_same_note_sent_twice_is_written_once(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.raised(), visit("clerk")
    for _ in range(2):
        send(browser, reference, "notes", text="已电话催过一次", idempotency_key="note-1")
    assert browser.get(f"/cases/{reference}").text.count("已电话催过一次") == 1


# --- one more department


def more(browser: Browser, reference: str, **changes: str) -> TestResponse:
    return send(
        browser,
        reference,
        "assignments",
        **({"unit": "education", "role": "co", "sla_class": "normal"} | changes),
    )


def test_a_further_department_is_sent_the_text_that_was_confirmed(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.coordinated(), visit("clerk")
    answer = more(browser, reference, transfer_text="另写一段", sla_class="simple")
    assert told(browser, answer) == "ok 已交办"
    with huiyin.reading():
        share = huiyin.case(reference).assignments[-1]
        assert (share.unit.key, share.role, share.state) == ("education", "co", "dispatched")
        assert (share.transfer_text, share.sla_class) == (TRANSFER, "simple")


@pytest.mark.parametrize(
    "changes, status",
    [
        ({"unit": ""}, 422),
        ({"unit": "nowhere"}, 422),
        ({"unit": "group"}, 422),
        ({"role": "boss"}, 422),
        ({"sla_class": "someday"}, 422),
        ({"role": "lead"}, 409),
        ({"role": "separate"}, 409),
        ({"version": "99"}, 409),
    ],
)
def test_a_department_that_does_not_fit_is_refused_and_the_choice_kept(
    visit: Visit, huiyin: World, changes: dict[str, str], status: int
) -> None:
    reference = huiyin.coordinated()
    answer = more(visit("clerk"), reference, **changes)
    assert answer.status_code == status
    assert "没有办成" in answer.text
    assert len(huiyin.shares(reference)) == 1


@pytest.mark.parametrize("stage", ["raised", "handled", "fed_back", "quick"])
def test_a_department_is_added_only_while_departments_are_at_it(
    visit: Visit, huiyin: World, stage: str
) -> None:
    reference = getattr(huiyin, stage)()
    before = huiyin.shares(reference)
    assert "增加承办单位" not in visit("clerk").get(f"/cases/{reference}").text
    assert more(visit("clerk"), reference).status_code in (409, 422)
    assert huiyin.shares(reference) == before


# --- letters and verdicts


def test_a_letter_is_drafted_from_the_page_and_opened(visit: Visit, huiyin: World) -> None:
    reference, browser = huiyin.handled(), visit("clerk")
    button = re.search(
        r'action="([^"]+)"[^>]*>(?:(?!</form>).)*value="draft_letter"', text_of(browser, reference), re.S
    )
    assert button
    answer = browser.post(button[1], page="/help")
    with huiyin.reading():
        assert answer.location == f"/letters/{db.session.query(Letter).one().public_id}"
    assert 'value="draft_letter"' not in text_of(browser, reference)


def text_of(browser: Browser, reference: str) -> str:
    return browser.get(f"/cases/{reference}").text


@pytest.mark.parametrize("rating", ["", "great", "SATISFIED", "满意"])
def test_a_verdict_is_one_of_three_words(visit: Visit, huiyin: World, rating: str) -> None:
    reference = huiyin.fed_back()
    assert send(visit("member"), reference, "ratings", rating=rating).status_code == 422
    with huiyin.reading():
        assert db.session.query(Rating).count() == 0


def test_a_verdict_before_the_answer_is_refused(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    answer = send(visit("member"), reference, "ratings", rating="satisfied")
    assert answer.status_code == 409
    assert "替反映人登记评价" not in answer.text
