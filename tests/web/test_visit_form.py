"""记一次走访: one form, a second step for what needs doing, and nothing stored before it is confirmed."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests import campaigning
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


@pytest.mark.requirement("S1-22")
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


# --- lines of the two boxes


def proposed(answer: TestResponse) -> list[str]:
    found = re.findall(r'<textarea[^>]*name="cases\.\d+\.summary"[^>]*>([^<]*)</textarea>', answer.text)
    return [line.strip() for line in found]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("换灯", ["换灯"]),
        ("1. 换灯\n2、修栏杆\n3） 清沟", ["换灯", "修栏杆", "清沟"]),
        ("（1）换灯\n（二）修栏杆\n三、清沟", ["换灯", "修栏杆", "清沟"]),
        ("①换灯\n② 修栏杆", ["换灯", "修栏杆"]),
        ("换灯。\n修栏杆；", ["换灯", "修栏杆"]),
        ("\n\n 换灯 \n\n", ["换灯"]),
        ("3号楼漏水", ["3号楼漏水"]),
        ("2026年前装电梯", ["2026年前装电梯"]),
        ("一楼漏水", ["一楼漏水"]),
        ("路" * 100, ["路" * 80]),
    ],
)
def test_a_line_loses_its_number_and_its_full_stop(visit: Visit, typed: str, lines: list[str]) -> None:
    assert proposed(save(visit("member"), help_needed=typed)) == lines


@pytest.mark.parametrize("typed", ["无", "没有", "/", "-", "—", "1. 无", "无\n\n没有", " "])
def test_words_for_nothing_propose_nothing(visit: Visit, huiyin: World, typed: str) -> None:
    assert save(visit("member"), help_needed=typed, coordination_needed=typed).status_code == 302
    assert stored(huiyin) == (1, [])


def test_no_more_than_twenty_lines_are_proposed(visit: Visit) -> None:
    assert len(proposed(save(visit("member"), help_needed="\n".join(f"第{n}件事" for n in range(30))))) == 20


def test_the_story_of_a_proposal_is_its_line_and_what_was_said(visit: Visit) -> None:
    answer = save(visit("member"), help_needed="换灯")
    story = re.search(r'<textarea[^>]*name="cases\.0\.narrative"[^>]*>([^<]*)</textarea>', answer.text)
    assert story and story[1].split() == ["换灯", "楼道灯坏了三个月。"]


def test_each_box_gives_its_own_origin(visit: Visit) -> None:
    answer = save(visit("member"), **LINES)
    assert re.findall(r'name="cases\.\d\.origin" value="(\w+)"', answer.text) == ["help", "coordination"]


@pytest.mark.parametrize("missing", ["include", "summary", "narrative"])
def test_all_lines_unticked_or_emptied_store_no_half_case(visit: Visit, huiyin: World, missing: str) -> None:
    row = {name: value for name, value in HELP.items() if name != missing}
    answer = save(visit("member"), **LINES, **confirmed(row))
    assert answer.status_code == (302 if missing == "include" else 422)
    assert stored(huiyin) == ((1, []) if missing == "include" else (0, []))


@pytest.mark.parametrize(
    "changes", [{"cases.0.origin": "moon"}, {"cases.0.summary": "路" * 81}, {"member": "somebody"}]
)
def test_what_the_page_does_not_offer_is_refused_whole(
    visit: Visit, huiyin: World, changes: dict[str, str]
) -> None:
    answer = save(visit("member"), **LINES, **(confirmed(HELP) | changes))
    assert answer.status_code == 422
    assert stored(huiyin) == (0, [])


def test_a_visit_without_name_and_address_needs_no_consent(visit: Visit, huiyin: World) -> None:
    answer = save(visit("member"), **{"contact.name": None, "address": None, "consent_process": None})
    assert answer.status_code == 302
    assert stored(huiyin) == (1, [])


@pytest.mark.parametrize(("circle", "status"), [("living", 302), (None, 422), ("square", 422)])
def test_a_committee_with_circles_asks_for_one(visit: Visit, circle: str | None, status: int) -> None:
    assert save(visit("dt-member"), circle=circle).status_code == status


@pytest.mark.parametrize(("day", "status"), [("2026-11-23", 302), ("2026-11-24", 422), ("x", 422)])
def test_a_visit_is_of_today_or_before(visit: Visit, day: str, status: int) -> None:
    assert save(visit("member"), visited_on=day).status_code == status


def test_the_form_starts_with_today_and_a_number_of_its_own(visit: Visit) -> None:
    browser = visit("member")
    pages = [browser.get("/visits/new").text for _ in range(2)]
    assert all('value="2026-11-23"' in page for page in pages)
    ids = [re.search(r'name="client_id" value="([\w-]{20,})"', page) for page in pages]
    assert ids[0] and ids[1] and ids[0][1] != ids[1][1]


def test_two_members_may_send_the_same_number(visit: Visit, huiyin: World) -> None:
    for who in ("member", "member2"):
        assert save(visit(who)).status_code == 302
    assert stored(huiyin)[0] == 2


@pytest.mark.parametrize("who", ["clerk", "secretary", "dept", "auditor"])
def test_nobody_else_sends_a_visit(visit: Visit, huiyin: World, who: str) -> None:
    assert visit(who).post("/visits/new", page="/", **FORM).status_code == 403
    assert stored(huiyin) == (0, [])


def test_a_refused_first_step_keeps_the_boxes_as_they_were_typed(visit: Visit) -> None:
    answer = save(visit("member"), **LINES, reported="")
    assert answer.status_code == 422
    assert LINES["help_needed"] in answer.text and LINES["coordination_needed"] in answer.text


@pytest.mark.requirement("T22")
def test_markup_stays_words_on_both_steps(visit: Visit) -> None:
    text = '"><img src=x onerror=alert(1)>'
    for answer in (save(visit("member"), help_needed=text), save(visit("member"), reported=text, area="x")):
        assert "<img src=x" not in answer.text


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    "odd",
    [
        {"client_id.x": "1"},
        {"client_id[]": "1"},
        {"contact": "李桂兰"},
        {"contact[]": "李桂兰"},
        {"confirmed": "1", "cases": "all"},
        {"confirmed": "1", "cases.0": "first"},
    ],
    ids=str,
)
def test_a_form_of_another_shape_is_refused(odd: dict[str, str], visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    places = ["/visits/new", f"/visits/{huiyin.visited()}/edit"]
    replaced = {name.partition(".")[0].removesuffix("[]") for name in odd}
    form = {name: value for name, value in FORM.items() if name.partition(".")[0] not in replaced} | odd
    for place in places:
        answer = browser.client.post(place, data=form | {"csrf_token": browser.token()})
        assert answer.status_code == 400, place


@pytest.mark.requirement("S1-09")
def test_another_drive_is_asked_for_only_while_the_campaign_names_one(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    assert 'name="drive"' not in browser.get("/visits/new").text
    campaigning.begun(huiyin)
    assert "三解三促</option>" in browser.get("/visits/new").text
    assert "三解三促</option>" in browser.client.get("/visits/offline").text
    assert 'name="drive"' not in visit("dt-member").get("/visits/new").text
    answer = save(browser, drive="三解三促")
    assert "三解三促" in browser.get(answer.location).text
    next_door = browser.get(f"/visits/new?like={answer.location.rpartition('/')[2]}").text
    assert 'value="三解三促" selected' in next_door


@pytest.mark.requirement("S1-09")
def test_the_drive_goes_through_the_second_step_and_a_wrong_one_is_told_at_its_field(
    visit: Visit, huiyin: World
) -> None:
    campaigning.begun(huiyin)
    browser = visit("member")
    asked = save(browser, **LINES, drive="三解三促")
    assert '<input type="hidden" name="drive" value="三解三促">' in asked.text
    refused = save(browser, drive="大走访")
    assert refused.status_code == 422
    assert 'id="f-drive-error"' in refused.text and "请从这些活动里选，或者留空：三解三促" in refused.text
