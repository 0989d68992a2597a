"""修改诉求: who may put a case's words right, what is written, and what is kept when it is refused."""

from typing import Any

import pytest

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import NARRATIVE, World
from tracker.extensions import db
from tracker.models import Category, Event

pytestmark = pytest.mark.usefixtures("monday")

WORDS = {
    "summary": "云林苑北门路灯连续半月不亮",
    "narrative": NARRATIVE,
    "category": "B01",
    "area": "0101",
    "urgency": "normal",
    "subject_unit": "none",
}


def correct(browser: Browser, reference: str, **changes: Any) -> Any:
    answer = browser.post(f"/cases/{reference}/edit", page="/", **(WORDS | changes))
    if answer.status_code != 302:
        check_page(answer)
    return answer


def version(huiyin: World, reference: str) -> str:
    with huiyin.reading():
        return str(huiyin.case(reference).version)


def edits(huiyin: World) -> list[list[str]]:
    """The fields each edit named in the diary."""
    with huiyin.reading():
        found = db.session.query(Event).filter_by(verb="edit", object_kind="case").order_by(Event.id)
        return [event.data["fields"] for event in found]


@pytest.mark.parametrize(
    "who, status",
    [("member", 200), ("clerk", 200), ("director", 200), ("secretary", 403), ("leader", 403),
     ("auditor", 403), ("member2", 404), ("dept", 404), ("admin", 404), ("dt-clerk", 404)],
)  # fmt: skip
def test_who_may_put_the_words_right(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.raised()
    browser = visit(who)
    assert browser.get(f"/cases/{reference}/edit").status_code == status
    answer = browser.post(f"/cases/{reference}/edit", page="/", **(WORDS | {"summary": "南门路灯不亮"}))
    assert answer.status_code == (302 if status == 200 else status)


@pytest.mark.parametrize("who, offered", [("member", True), ("clerk", True), ("secretary", False)])
def test_the_page_of_the_case_leads_there_for_those_who_may(
    visit: Visit, huiyin: World, who: str, offered: bool
) -> None:
    reference = huiyin.raised()
    text = visit(who).get(f"/cases/{reference}").text
    assert (f'href="/cases/{reference}/edit"' in text) == offered


def test_what_was_changed_is_stored_and_the_diary_names_the_fields(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    assert "云林苑北门路灯连续半月不亮</textarea>" in browser.get(f"/cases/{reference}/edit").text
    answer = correct(
        browser, reference, summary="云林苑南门路灯不亮", category="", urgency="urgent",
        version=version(huiyin, reference),
    )  # fmt: skip
    assert answer.location == f"/cases/{reference}"
    page = browser.get(answer.location).text
    assert "云林苑南门路灯不亮" in page and "已保存修改" in page
    assert '<p class="meta">一句话说清什么事、类别、缓急</p>' in page
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.category, case.urgency, case.narrative) == (None, "urgent", NARRATIVE)
    assert edits(huiyin) == [["category", "summary", "urgency"]]


def test_what_was_not_touched_is_not_an_edit(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(narrative="路灯不亮。\n请尽快修。")
    browser = visit("member")
    assert correct(browser, reference, narrative="路灯不亮。\r\n请尽快修。").status_code == 302
    assert "没有改动" in browser.get(f"/cases/{reference}").text
    assert edits(huiyin) == []


def test_faults_stand_beside_their_fields_and_what_was_typed_is_kept(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = correct(
        visit("clerk"), reference, summary="", narrative="改得很长的一段话", area="", subject_unit=""
    )
    assert answer.status_code == 422
    assert 'id="f-summary-error"' in answer.text
    assert "改得很长的一段话" in answer.text
    assert edits(huiyin) == []


def test_an_area_or_a_unit_that_does_not_exist_is_refused(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    for field, value in (("area", "9999"), ("area", ""), ("category", "Z9"), ("subject_unit", "nowhere")):
        answer = correct(visit("clerk"), reference, **{field: value})
        assert answer.status_code == 422
        assert f'id="f-{field}-error"' in answer.text


@pytest.mark.requirement("T36")
def test_the_slower_of_two_sees_both_texts_and_overwrites_only_knowingly(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    seen = version(huiyin, reference)
    assert correct(visit("member"), reference, summary="委员改过的事由", version=seen).status_code == 302
    browser = visit("clerk")
    answer = correct(browser, reference, summary="办公室改过的事由", version=seen)
    assert answer.status_code == 409
    assert "您填写的时候，别人改过这件诉求" in answer.text
    assert "办公室改过的事由</textarea>" in answer.text
    assert "<dd>委员改过的事由</dd>" in answer.text
    assert len(edits(huiyin)) == 1
    now = version(huiyin, reference)
    assert f'name="version" value="{now}"' in answer.text
    assert correct(browser, reference, summary="办公室改过的事由", version=now).status_code == 302
    with huiyin.reading():
        assert huiyin.case(reference).summary == "办公室改过的事由"


def test_once_it_is_coordinated_the_office_alone_puts_it_right(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    member, clerk = visit("member"), visit("clerk")
    assert f"/cases/{reference}/edit" not in member.get(f"/cases/{reference}").text
    assert member.get(f"/cases/{reference}/edit").location == f"/cases/{reference}"
    assert "已经协调，不能再改" in member.get(f"/cases/{reference}").text
    refused = correct(member, reference, summary="委员又想改")
    assert refused.status_code == 422
    assert "委员又想改" in refused.text
    assert "改这里不会改摘要" in clerk.get(f"/cases/{reference}/edit").text
    assert correct(clerk, reference, summary="办公室改的").status_code == 302


def test_an_accusation_is_put_right_by_the_director_alone(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(is_accusation=True)
    found = {
        who: visit(who).get(f"/cases/{reference}/edit").status_code for who in ("director", "clerk", "member")
    }
    assert found == {"director": 200, "clerk": 404, "member": 403}


def test_a_category_out_of_use_stays_on_offer_for_the_case_that_has_it(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    with huiyin.writing():
        for category in db.session.query(Category).filter_by(code="B01"):
            category.is_active = False
    browser = visit("clerk")
    assert 'value="B01" selected' in browser.get(f"/cases/{reference}/edit").text
    assert correct(browser, reference, summary="南门路灯不亮").status_code == 302
    assert edits(huiyin) == [["summary"]]


def test_the_way_back_into_the_list_is_kept(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    listed = "?list=state%3Draised"
    assert f'href="/cases/{reference}/edit{listed}"' in browser.get(f"/cases/{reference}{listed}").text
    assert f'action="/cases/{reference}/edit{listed}"' in browser.get(f"/cases/{reference}/edit{listed}").text
    answer = browser.post(f"/cases/{reference}/edit{listed}", page="/", **WORDS)
    assert answer.location == f"/cases/{reference}{listed}"
