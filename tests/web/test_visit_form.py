"""记一次走访: one form, a second step for what needs doing, and nothing stored before it is confirmed."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Case
from tracker.models import Visit as VisitRow

pytestmark = pytest.mark.usefixtures("monday")

FORM = {
    "circle": "living", "contact.name": "李桂兰", "contact.kind": "public_person", "persons_count": "2",
    "area": "0101", "address": "云林苑3号楼", "visited_on": "2026-11-22", "channel": "in_person",
    "reported": "楼道灯坏了三个月。", "consent_process": "1", "client_id": "phone-1",
}  # fmt: skip
LINES = {"help_needed": "1. 楼道灯坏了\n无", "coordination_needed": "① 维修资金启用要两家单位一起认定"}


def save(browser: Browser, **changes: Any) -> TestResponse:
    given = {name: value for name, value in (FORM | changes).items() if value is not None}
    answer = browser.post("/visits/new", **given)
    if answer.status_code != 302:
        check_page(answer)
    return answer


def stored(huiyin: World) -> tuple[int, list[str]]:
    with huiyin.reading():
        summaries = [case.summary for case in db.session.query(Case).order_by(Case.id)]
        return db.session.query(VisitRow).count(), summaries


def confirmed(*proposals: dict[str, str]) -> dict[str, str]:
    """The second step's fields as the page sends them."""
    sent = {f"cases.{n}.{name}": value for n, row in enumerate(proposals) for name, value in row.items()}
    return sent | {"confirmed": "1"}


HELP = {"include": "1", "origin": "help", "summary": "楼道灯坏了", "narrative": "楼道灯坏了三个月。"}
BOTH = {
    "include": "1",
    "origin": "coordination",
    "summary": "维修资金启用",
    "narrative": "两家单位一起认定。",
}


@pytest.mark.parametrize(
    "who, status", [("member", 200), ("clerk", 403), ("secretary", 403), ("dept", 403), ("leader", 403)]
)
def test_visits_are_the_members(visit: Visit, who: str, status: int) -> None:
    assert visit(who).get("/visits/new").status_code == status


def test_a_visit_without_anything_to_do_is_saved_at_once(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    answer = save(browser)
    assert stored(huiyin) == (1, [])
    page = browser.get(answer.location).text
    assert "楼道灯坏了三个月。" in page and "李桂兰" in page and "同一地点，下一户" in page


@pytest.mark.requirement("S2-35")
@pytest.mark.requirement("S2-36")
def test_each_line_that_needs_doing_is_proposed_before_anything_is_stored(
    visit: Visit, huiyin: World
) -> None:
    answer = save(visit("member"), **LINES)
    assert answer.status_code == 200
    assert 'name="cases.0.include" value="1" checked' in answer.text
    assert "楼道灯坏了</textarea>" in answer.text
    assert "维修资金启用要两家单位一起认定</textarea>" in answer.text
    assert "cases.2." not in answer.text
    assert stored(huiyin) == (0, [])


def test_the_ticked_lines_become_cases_with_their_codes(visit: Visit, huiyin: World) -> None:
    answer = save(visit("member"), **LINES, **confirmed(HELP, BOTH))
    assert stored(huiyin) == (1, ["楼道灯坏了", "维修资金启用"])
    assert answer.text.count("打印回执") == 2
    assert "同一地点，下一户" in answer.text
    with huiyin.reading():
        first = db.session.query(Case).order_by(Case.id).first()
        assert first and (first.origin, first.source, first.area and first.area.code) == (
            "help",
            "visit",
            "0101",
        )
        assert first.visit and first.visit.help_needed == LINES["help_needed"]


def test_a_line_without_its_tick_stays_in_the_visit_only(visit: Visit, huiyin: World) -> None:
    unticked = {name: value for name, value in HELP.items() if name != "include"}
    save(visit("member"), **LINES, **confirmed(unticked, BOTH))
    assert stored(huiyin) == (1, ["维修资金启用"])


def test_a_fault_in_the_second_step_is_told_there(visit: Visit, huiyin: World) -> None:
    unticked = {name: value for name, value in HELP.items() if name != "include"}
    answer = save(visit("member"), **LINES, **confirmed(unticked, BOTH | {"summary": "维"}))
    assert answer.status_code == 422
    assert 'id="f-cases.1.summary-error"' in answer.text
    assert "两家单位一起认定。</textarea>" in answer.text
    assert 'name="reported" value="楼道灯坏了三个月。"' in answer.text
    assert stored(huiyin) == (0, [])


def test_going_back_keeps_the_first_step(visit: Visit, huiyin: World) -> None:
    answer = save(visit("member"), **LINES, **confirmed(HELP, BOTH), back="1")
    assert answer.status_code == 200
    assert "楼道灯坏了三个月。</textarea>" in answer.text and 'value="李桂兰"' in answer.text
    assert stored(huiyin) == (0, [])


def test_a_case_needs_a_place(visit: Visit, huiyin: World) -> None:
    answer = save(visit("member"), **LINES, area=None)
    assert answer.status_code == 422
    assert 'id="f-area-error"' in answer.text and "1. 楼道灯坏了" in answer.text


@pytest.mark.parametrize(
    "changes, field",
    [({"reported": ""}, "reported"), ({"visited_on": "2026-12-01"}, "visited_on"),
     ({"consent_process": None}, "consent_process"), ({"persons_count": "0"}, "persons_count")],
)  # fmt: skip
def test_faults_stand_beside_their_fields(
    visit: Visit, huiyin: World, changes: dict[str, Any], field: str
) -> None:
    answer = save(visit("member"), **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert 'value="李桂兰"' in answer.text
    assert stored(huiyin) == (0, [])


def test_the_same_visit_sent_twice_is_one_visit_and_keeps_its_codes(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    save(browser, **LINES, **confirmed(HELP))
    again = save(browser, **LINES, **confirmed(HELP))
    assert again.status_code == 302
    assert "这次走访已经保存过了" in browser.get(again.location).text
    assert stored(huiyin) == (1, ["楼道灯坏了"])


def test_the_next_door_keeps_place_and_circle(visit: Visit, huiyin: World) -> None:
    browser = visit("dt-member")
    place = save(browser).location
    page = browser.get(f"/visits/new?like={place.rpartition('/')[2]}").text
    assert 'name="circle" value="living" checked' in page
    assert 'value="云林苑3号楼"' in page and 'value="2026-11-22"' in page
    assert "李桂兰" not in page and "楼道灯坏了三个月" not in page


def test_the_last_circle_is_set_and_a_committee_without_circles_asks_none(visit: Visit) -> None:
    browser = visit("dt-member")
    assert 'name="circle" value="living" checked' not in browser.get("/visits/new").text
    save(browser)
    assert 'name="circle" value="living" checked' in browser.get("/visits/new").text
    assert 'name="circle"' not in visit("member").get("/visits/new").text


@pytest.mark.parametrize(
    "who, status, name",
    [("member", 200, "李桂兰"), ("secretary", 200, ""), ("clerk", 200, "李**"), ("member2", 404, ""),
     ("dept", 404, ""), ("dt-clerk", 404, "")],
)  # fmt: skip
def test_who_reads_a_visit_and_whom_it_was_to(
    visit: Visit, huiyin: World, who: str, status: int, name: str
) -> None:
    place = save(visit("member")).location
    page = visit(who).get(place)
    assert page.status_code == status
    assert name in page.text
    if who != "member":
        assert "李桂兰" not in page.text and "3号楼" not in page.text


def test_nobody_starts_from_another_member_s_visit(visit: Visit, huiyin: World) -> None:
    place = save(visit("member")).location
    assert visit("member2").get(f"/visits/new?like={place.rpartition('/')[2]}").status_code == 404
