"""The page of a letter: words and sheet side by side, checks, signatures, and the frozen file."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import REPLY, World
from tracker.actions import letter_words, letters
from tracker.extensions import db
from tracker.models import Letter

pytestmark = pytest.mark.usefixtures("monday")

WORDS = {
    "content.title": "关于云林苑北门路灯问题办理情况的反馈函", "content.addressee": "欧阳桂兰：",
    "content.opening": "您反映的问题收悉。", "content.handling": "已更换电缆并恢复照明。",
    "content.closing": "特此反馈。", "content.copy_to_lines": "区住房和城乡建设局\n\n区交通运输局",
}  # fmt: skip


def post(browser: Browser, path: str, **form: Any) -> TestResponse:
    answer = browser.post(path, **form)
    if answer.status_code not in (302, 403, 404) and answer.mimetype == "text/html":
        check_page(answer)
    return answer


def freeze(huiyin: World, letter: str, content: bytes = b"%PDF-1.7 %%EOF") -> None:
    with huiyin.writing():
        letters.freeze(db.session.query(Letter).filter_by(public_id=letter).one(), content)


def state(huiyin: World, letter: str) -> str:
    with huiyin.reading():
        found = db.session.query(Letter).filter_by(public_id=letter).one()
        return found.state


@pytest.mark.parametrize(
    "who, status",
    [("clerk", 302), ("director", 302), ("member", 403), ("leader", 403), ("auditor", 403), ("dept", 404)],
)
def test_who_may_draft_a_letter_from_the_case(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.handled()
    assert post(visit(who), f"/letters/for/{reference}").status_code == status


def test_a_letter_before_there_is_an_answer_is_refused_on_the_case_s_page(
    visit: Visit, huiyin: World
) -> None:
    reference = huiyin.coordinated()
    answer = post(visit("clerk"), f"/letters/for/{reference}")
    assert answer.status_code == 409
    assert "办结之后才能起草反馈函" in answer.text


# Of whoever opens a letter's page: the page, and its file.
READERS = {
    "clerk": (200, 200), "director": (200, 200), "member": (200, 200), "secretary": (200, 403),
    "auditor": (200, 403), "leader": (404, 404), "dept": (404, 404), "member2": (404, 404),
    "dt-clerk": (404, 404),
}  # fmt: skip


@pytest.mark.parametrize("upto", ["draft", "submitted", "approved", "issued"])
def test_who_reads_a_letter(visit: Visit, huiyin: World, upto: str) -> None:
    letter = huiyin.letter(huiyin.handled(), upto)
    if upto == "issued":
        freeze(huiyin, letter)
    for who, (page, file) in READERS.items():
        browser = visit(who)
        answer = browser.get(f"/letters/{letter}")
        assert answer.status_code == page, who
        if file == 403:
            assert "欧阳" not in answer.text
        assert browser.get(f"/letters/{letter}/pdf").status_code == file, who


def test_the_words_are_saved_and_the_draft_shows_them_again(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    with huiyin.reading():
        version = db.session.query(Letter.version).filter_by(public_id=letter).scalar()
    assert post(browser, f"/letters/{letter}", **WORDS, version=str(version - 1)).status_code == 409
    assert post(browser, f"/letters/{letter}", **WORDS, version=str(version)).status_code == 302
    text = browser.get(f"/letters/{letter}").text
    assert "已更换电缆并恢复照明。</textarea>" in text
    with huiyin.reading():
        row = db.session.query(Letter).filter_by(public_id=letter).one()
        assert letter_words.content(row).copy_to == ["区住房和城乡建设局", "区交通运输局"]


def test_a_fault_keeps_every_word(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    answer = post(visit("clerk"), f"/letters/{letter}", **(WORDS | {"content.title": ""}))
    assert answer.status_code == 422
    assert 'id="f-content.title-error"' in answer.text
    assert "已更换电缆并恢复照明。</textarea>" in answer.text
    assert "区交通运输局</textarea>" in answer.text


def test_saving_and_submitting_is_one_press(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    assert post(visit("clerk"), f"/letters/{letter}", **WORDS, then="submit").status_code == 302
    assert state(huiyin, letter) == "submitted"


@pytest.mark.parametrize(
    "change, said",
    [({"content.handling": "已更换电缆（某某）。"}, "待填内容"),
     ({"content.handling": "联系人电话13912342186。"}, "个人信息"),
     ({"content.concern": "〔姓名〕反映路灯不亮。"}, "“反映事项”中有〔电话〕〔姓名〕一类的遮盖标记，请改写")],
)  # fmt: skip
def test_what_fails_a_check_is_saved_but_not_submitted(
    visit: Visit, huiyin: World, change: dict[str, str], said: str
) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    post(browser, f"/letters/{letter}", **(WORDS | change), then="submit")
    assert state(huiyin, letter) == "draft"
    text = browser.get(f"/letters/{letter}").text
    assert "还不能送签" in text and said in text
    assert all(word in text for word in change.values())


def test_a_gap_links_to_the_field_it_stands_in(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    post(browser, f"/letters/{letter}", **(WORDS | {"content.follow_up": "请拨打〔电话〕。"}))
    assert '<a href="#f-content.follow_up">“后续安排”中有' in browser.get(f"/letters/{letter}").text


def test_a_phone_of_the_office_may_stand_where_the_check_says(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    form = WORDS | {"content.contact": "联系人：张工　13800001234"}
    assert post(visit("clerk"), f"/letters/{letter}", **form, then="submit").status_code == 302
    assert state(huiyin, letter) == "submitted"


def test_a_draft_starts_without_the_gaps_of_the_transfer_text(visit: Visit, huiyin: World) -> None:
    text = "〔姓名〕（电话〔电话〕）反映小区北门三盏路灯半个月不亮，请查明权属并恢复照明。"
    reference = huiyin.raised()
    huiyin.move(
        reference, "coordinate", route="assign", transfer_text=text, confirmed=True,
        assignments=[{"unit": "housing", "role": "lead"}],
    )  # fmt: skip
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    huiyin.move_share(share, "approve_reply", by="clerk")
    huiyin.move(reference, "handle")
    page = visit("clerk").get(f"/letters/{huiyin.letter(reference)}").text
    assert "〔" not in page and "云林苑北门路灯连续半月不亮</textarea>" in page


def test_the_preview_shows_what_is_typed_and_stores_nothing(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    form = {"content.title": "尚未保存的标题"}
    answer = post(browser, f"/letters/{letter}/preview", **(WORDS | form), idempotency_key="form-1")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "尚未保存的标题" not in browser.get(f"/letters/{letter}").text
    # The form's own key is still free for the form's own answer.
    assert post(browser, f"/letters/{letter}", **WORDS, idempotency_key="form-1").status_code == 302


def test_a_script_is_told_the_checks(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit("clerk")
    form = WORDS | {"content.title": "以句号结尾。", "csrf_token": browser.token()}
    path, accept = f"/letters/{letter}/preview", {"Accept": "application/json"}
    checks = browser.client.post(path, data=form, headers=accept).get_json()["checks"]
    assert [check["where"] for check in checks] == ["content.title"]


@pytest.mark.parametrize("who, status", [("member", 403), ("secretary", 403), ("leader", 404), ("dept", 404)])
def test_others_neither_preview_nor_change(visit: Visit, huiyin: World, who: str, status: int) -> None:
    letter = huiyin.letter(huiyin.handled())
    browser = visit(who)
    assert post(browser, f"/letters/{letter}/preview", **WORDS).status_code == status
    assert post(browser, f"/letters/{letter}", **WORDS).status_code == status


@pytest.mark.requirement("T35")
def test_the_drafter_sees_why_another_must_sign(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    browser = visit("director")
    letter = post(browser, f"/letters/for/{reference}").location.rpartition("/")[2]
    huiyin.move_letter(letter, "submit", by="director")
    assert "起草人不能签发自己的函" in browser.get(f"/letters/{letter}").text
    assert post(browser, f"/letters/{letter}/moves", move="approve").status_code == 403
    assert post(visit("director2"), f"/letters/{letter}/moves", move="approve").status_code == 302


def test_from_signature_to_delivery(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    letter = huiyin.letter(reference, "submitted")
    clerk = visit("clerk")
    assert post(visit("director"), f"/letters/{letter}/moves", move="approve").status_code == 302
    assert post(clerk, f"/letters/{letter}/moves", move="issue").status_code == 302
    waiting = clerk.get(f"/letters/{letter}").text
    assert "正式文件正在生成" in waiting and '<meta http-equiv="refresh"' in waiting
    early = clerk.get(f"/letters/{letter}/pdf")
    assert early.status_code == 503 and early.headers["Retry-After"]
    freeze(huiyin, letter)
    text = clerk.get(f"/letters/{letter}").text
    assert "锡政协办函〔2026〕1号" in text and "指纹" in text and "refresh" not in text
    late = {"move": "deliver", "method": "in_person", "delivered_on": "2026-11-30", "note": "当面送到"}
    refused = post(clerk, f"/letters/{letter}/moves", **late)
    assert refused.status_code == 422 and "当面送到" in refused.text
    done = post(clerk, f"/letters/{letter}/moves", **(late | {"delivered_on": "2026-11-23"}))
    assert done.status_code == 302
    assert huiyin.state(reference) == "fed_back"


@pytest.mark.requirement("T38")
def test_the_frozen_file_is_served_by_its_fingerprint(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    freeze(huiyin, letter)
    browser = visit("clerk")
    answer = browser.get(f"/letters/{letter}/pdf")
    assert answer.data == b"%PDF-1.7 %%EOF"
    tag = answer.headers["ETag"]
    assert len(tag.strip('"')) == 64
    assert browser.get(f"/letters/{letter}/pdf", headers={"If-None-Match": tag}).status_code == 304


def test_the_code_on_the_paper_is_the_one_on_the_page(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    with huiyin.reading():
        row = db.session.query(Letter).filter_by(public_id=letter).one()
        printed = letter_words.page(row, letter_words.content(row))
    code = re.search(r"核验码 ([0-9A-F]{4}(?:-[0-9A-F]{4}){2})</p>", printed)
    assert code
    freeze(huiyin, letter)
    assert code[1] in visit("clerk").get(f"/letters/{letter}").text
    assert code[1] not in visit("secretary").get(f"/letters/{letter}").text


def test_a_preview_carries_no_code(huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "approved")
    with huiyin.reading():
        row = db.session.query(Letter).filter_by(public_id=letter).one()
        assert "核验码" not in letter_words.page(row, letter_words.content(row), watermark=True)


def test_an_issued_letter_takes_no_words_any_more(visit: Visit, huiyin: World) -> None:
    letter = huiyin.letter(huiyin.handled(), "issued")
    answer = post(visit("clerk"), f"/letters/{letter}", **WORDS)
    assert answer.status_code == 409
    assert state(huiyin, letter) == "issued"
