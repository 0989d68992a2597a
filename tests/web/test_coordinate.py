"""The coordinating screen: what it proposes, what it checks, what it keeps, and what comes next."""

import re
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


LONG = "北门三盏路灯从十月中旬起不亮，晚上老人散步看不清台阶。" * 260


def test_a_very_long_story_is_coordinated_like_any_other(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(narrative=LONG)
    browser = visit("clerk")
    assert LONG in browser.get(f"/cases/{reference}/coordinate").text.partition("</textarea>")[0]
    answer = decide(browser, huiyin, reference, transfer_text="路灯不亮。" * 1001)
    assert answer.status_code == 422
    assert "路灯不亮。" * 1001 in answer.text
    assert decide(browser, huiyin, reference, transfer_text="路灯不亮。" * 1000).status_code == 302


@pytest.mark.parametrize(
    "changes, status, kept",
    [
        ({"route": None}, 422, ""),
        ({"route": "nonsense"}, 422, ""),
        ({"lead": None}, 409, 'value="normal" checked'),
        ({"lead": "nowhere"}, 422, ""),
        ({"category": None}, 409, ""),
        ({"category": "Z9"}, 422, ""),
        ({"sla_class": "someday"}, 422, ""),
        ({"transfer_text": None}, 422, ""),
        ({"separate": "1"}, 409, 'name="separate" value="1" checked'),
        ({"note": "长" * 1001}, 422, ""),
    ],
)
def test_a_decision_that_is_not_complete_leaves_the_case_where_it_is(
    visit: Visit, huiyin: World, changes: dict[str, Any], status: int, kept: str
) -> None:
    reference = huiyin.raised(category=None if "category" in changes else "B01")
    answer = decide(visit("clerk"), huiyin, reference, **changes)
    check_page(answer)
    assert answer.status_code == status and "处需要改" in answer.text and kept in answer.text
    assert (huiyin.state(reference), huiyin.shares(reference)) == ("raised", [])


def test_a_refused_decision_takes_its_corrections_back_as_well(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(category=None, subject_unit=None)
    form = {"is_petition": "1", "lead": None, "subject_unit": unit(huiyin, "education")}
    answer = decide(visit("clerk"), huiyin, reference, **form)
    assert 'value="B01" selected' in answer.text
    with huiyin.reading():
        case = huiyin.case(reference)
        assert (case.category, case.subject_unit, case.is_petition) == (None, None, False)


def test_the_screen_corrects_what_was_registered_wrongly(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(category=None, subject_unit=None, is_petition=True)
    assert (
        decide(visit("clerk"), huiyin, reference, subject_unit=unit(huiyin, "education")).status_code == 302
    )
    with huiyin.reading():
        case = huiyin.case(reference)
        assert case.category and case.category.code == "B01"
        assert case.subject_unit and case.subject_unit.key == "education"
        assert case.is_petition is False


def test_the_lead_is_not_heard_a_second_time_as_a_co_department(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    lead = unit(huiyin, "housing")
    assert (
        decide(visit("clerk"), huiyin, reference, **{"co[]": [lead, unit(huiyin, "education")]}).status_code
        == 302
    )
    with huiyin.reading():
        roles = [(share.unit.key, share.role) for share in huiyin.case(reference).assignments]
    assert roles == [("housing", "lead"), ("education", "co")]


@pytest.mark.parametrize(
    "given, route, checked",
    [
        ({}, "assign", "normal"),
        ({"urgency": "urgent"}, "assign", "urgent"),
        ({"is_accusation": True}, "refer", "normal"),
    ],
)
def test_the_screen_starts_from_what_the_case_is(
    visit: Visit, huiyin: World, given: dict[str, Any], route: str, checked: str
) -> None:
    reference = huiyin.raised(**given)
    text = visit("director").get(f"/cases/{reference}/coordinate").text
    assert f'name="route" value="{route}" checked' in text
    assert f'name="sla_class" value="{checked}" checked' in text


def test_each_class_is_offered_with_the_day_it_ends_on(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    text = visit("clerk").get(f"/cases/{reference}/coordinate").text
    assert "<span>普通 12月14日</span>" in text
    english = visit("clerk", "en").get(f"/cases/{reference}/coordinate").text
    assert "14 Dec" in english and "普通" not in english


def test_the_load_of_a_department_is_shown_where_it_is_chosen(visit: Visit, huiyin: World) -> None:
    huiyin.coordinated()
    huiyin.coordinated()
    reference = huiyin.raised()
    text = visit("clerk").get(f"/cases/{reference}/coordinate").text
    loads = re.findall(r'unit-name">([^<]+)</span>\s*<span class="unit-load num">在办 (\d+)', text)
    assert dict(loads) == {"区住房和城乡建设局": "2", "区交通运输局": "0", "区教育局": "0"}


def test_the_place_in_the_morning_queue_goes_round(visit: Visit, huiyin: World) -> None:
    references = [huiyin.raised() for _ in range(3)]
    browser, reference, seen = visit("clerk"), references[0], []
    for _ in references:
        text = browser.get(f"/cases/{reference}/coordinate").text
        place = re.search(r"第 (\d) / (\d) 件待协调", text)
        following = re.search(r'href="/cases/([^/"]+)/coordinate" rel="next"', text)
        assert place and following and place[2] == "3"
        seen.append(place[1])
        reference = following[1]
    assert seen == ["1", "2", "3"] and reference == references[0]


@pytest.mark.parametrize("stage", ["coordinated", "handled", "fed_back"])
def test_what_was_coordinated_already_is_not_coordinated_again(
    visit: Visit, huiyin: World, stage: str
) -> None:
    reference = getattr(huiyin, stage)()
    before = huiyin.shares(reference)
    assert decide(visit("clerk"), huiyin, reference).status_code == 409
    assert (huiyin.state(reference), huiyin.shares(reference)) == (stage, before)


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    "sent, count",
    [({}, 0), ({"text": None}, 0), ({"text": 13912342186}, 1), ([], 0), ("x", 0), ([1], 0), (7, 0)],
)
def test_the_check_takes_whatever_a_script_may_send(
    visit: Visit, huiyin: World, sent: Any, count: int
) -> None:
    reference, browser = huiyin.raised(), visit("clerk")
    headers = {"X-CSRFToken": browser.token()}
    answer = browser.client.post(f"/cases/{reference}/check-text", json=sent, headers=headers)
    assert (answer.status_code, answer.get_json()["count"]) == (200, count)
