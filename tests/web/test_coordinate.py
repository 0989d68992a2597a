"""The coordinating screen: what it proposes, what it checks, what it keeps, and what comes next."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import TRANSFER, World
from tracker.extensions import db
from tracker.models import Assignment, Category, OrgUnit

pytestmark = pytest.mark.usefixtures("monday")

TELLING = "居民欧阳桂兰（电话13912342186）反映北门路灯不亮。"


def unit(huiyin: World, key: str) -> str:
    with huiyin.reading():
        actor = huiyin.actor("clerk")
        row = db.session.query(OrgUnit).filter_by(committee_id=actor.committee_id, key=key).one()
        return row.public_id


def decide(browser: Browser, huiyin: World, reference: str, **changes: Any) -> TestResponse:
    form: dict[str, Any] = {
        "route": "assign", "category": "B01", "subject_unit": "none", "transfer_text": TRANSFER,
        "confirmed": "1", "lead": unit(huiyin, "housing"), "sla_class": "normal",
    } | changes  # fmt: skip
    form = {name: value for name, value in form.items() if value is not None}
    return browser.post(f"/cases/{reference}/coordinate", **form)


@pytest.mark.parametrize(
    "who, status",
    [("clerk", 200), ("director", 200), ("member", 403), ("secretary", 403), ("leader", 403),
     ("auditor", 403), ("dept", 404), ("dt-clerk", 404)],
)  # fmt: skip
def test_who_may_open_the_screen(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.raised()
    assert visit(who).get(f"/cases/{reference}/coordinate").status_code == status


def test_the_original_is_marked_and_the_proposal_hides_what_was_found(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(narrative=TELLING)
    text = visit("clerk").get(f"/cases/{reference}/coordinate").text
    assert '<mark class="hit hit-phone"' in text
    assert "居民〔姓名〕（电话〔电话〕）反映北门路灯不亮。</textarea>" in text


def test_the_category_s_usual_department_is_proposed(visit: Visit, huiyin: World) -> None:
    with huiyin.writing():
        for category in db.session.query(Category).filter_by(code="B01"):
            category.default_unit_key = "transport"
    reference = huiyin.raised()
    text = visit("clerk").get(f"/cases/{reference}/coordinate").text
    assert f'name="lead" value="{unit(huiyin, "transport")}" checked' in text


def test_one_button_sends_it_and_the_next_case_comes_up(visit: Visit, huiyin: World) -> None:
    first, second = huiyin.raised(), huiyin.raised(urgency="urgent")
    browser = visit("clerk")
    answer = decide(browser, huiyin, second, **{"co[]": unit(huiyin, "transport")})
    assert answer.location == f"/cases/{first}/coordinate"
    assert f"{second} 已交办，下一件" in browser.get(answer.location).text
    with huiyin.reading():
        shares = {share.unit.key: share.role for share in huiyin.case(second).assignments}
    assert shares == {"housing": "lead", "transport": "co"}
    assert huiyin.state(second) == "coordinated"


def test_after_the_last_case_the_list_says_that_nothing_waits(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    answer = decide(browser, huiyin, reference)
    assert answer.location == "/cases"
    assert "没有等待协调的诉求了" in browser.get("/cases").text


def test_several_departments_may_each_answer_for_themselves(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    decide(visit("clerk"), huiyin, reference, separate="1", **{"co[]": unit(huiyin, "transport")})
    with huiyin.reading():
        assert {share.role for share in huiyin.case(reference).assignments} == {"separate"}


@pytest.mark.requirement("T03")
def test_a_text_that_was_not_confirmed_goes_nowhere(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = decide(visit("clerk"), huiyin, reference, confirmed=None)
    check_page(answer)
    assert answer.status_code == 409
    assert "先对照标记看过转办摘要" in answer.text
    assert huiyin.state(reference) == "raised"


@pytest.mark.requirement("T03")
def test_a_text_that_names_the_resident_is_refused_and_kept_on_the_page(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = decide(
        visit("clerk"), huiyin, reference, transfer_text=TELLING, sla_class="complex", is_petition="1"
    )
    check_page(answer)
    assert answer.status_code == 422
    assert "还有个人信息" in answer.text
    assert f"{TELLING}</textarea>" in answer.text
    assert 'name="sla_class" value="complex" checked' in answer.text
    assert 'name="is_petition" value="1" checked' in answer.text
    with huiyin.reading():
        assert db.session.query(Assignment).count() == 0
        assert not huiyin.case(reference).is_petition


@pytest.mark.requirement("T06")
def test_the_unit_complained_of_cannot_be_chosen(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(subject_unit="housing")
    browser = visit("clerk")
    assert "就是被反映的单位" in browser.get(f"/cases/{reference}/coordinate").text
    answer = decide(browser, huiyin, reference, subject_unit=unit(huiyin, "housing"))
    assert answer.status_code == 422
    assert huiyin.state(reference) == "raised"


def test_whether_somebody_is_complained_of_must_be_said(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(subject_unit=None)
    answer = decide(visit("clerk"), huiyin, reference, subject_unit=None)
    assert answer.status_code == 409
    assert "先选被反映单位" in answer.text


def test_an_accusation_goes_to_the_director_and_out_of_the_clerk_s_sight(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    answer = decide(browser, huiyin, reference, is_accusation="1")
    assert answer.status_code == 302
    assert "转办公室负责人" in browser.get("/cases").text
    assert browser.get(f"/cases/{reference}").status_code == 404
    director = visit("director")
    assert 'value="refer" checked' in director.get(f"/cases/{reference}/coordinate").text
    assert decide(director, huiyin, reference, is_accusation="1").status_code == 409
    done = decide(director, huiyin, reference, is_accusation="1", route="refer", result="转送纪检监察组")
    assert done.status_code == 302


@pytest.mark.parametrize("route", ["quick", "refer", "brief"])
def test_the_other_ways_need_no_department(visit: Visit, huiyin: World, route: str) -> None:
    reference = huiyin.raised()
    assert decide(visit("clerk"), huiyin, reference, route=route, result="已答复").status_code == 302
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.route, case.outcome_text, case.assignments) == (route, "已答复", [])


def test_two_clerks_at_the_same_case_do_not_overwrite_each_other(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = decide(visit("clerk2"), huiyin, reference, version="7")
    check_page(answer)
    assert answer.status_code == 409
    assert "刚才有人改过" in answer.text


def check_text(browser: Browser, reference: str, text: str, token: str | None = None) -> TestResponse:
    headers = {"X-CSRFToken": browser.token() if token is None else token}
    return browser.client.post(f"/cases/{reference}/check-text", json={"text": text}, headers=headers)


def test_the_check_while_typing_answers_the_marked_pieces(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = check_text(visit("clerk"), reference, TELLING).get_json()
    assert answer["count"] == 2
    assert ["欧阳桂兰", "name"] in answer["parts"] and ["13912342186", "phone"] in answer["parts"]
    assert "".join(piece for piece, _ in answer["parts"]) == TELLING


@pytest.mark.requirement("T20")
def test_the_check_is_the_office_s_and_needs_the_page_s_token(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    assert check_text(visit("clerk"), reference, "x", token="").status_code == 400
    assert check_text(visit("member"), reference, "x").status_code == 403
    assert check_text(visit("dept"), reference, "x").status_code == 404
