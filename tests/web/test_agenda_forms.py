"""Forms of meetings: what a refusal keeps and names, whose item it is, an older version, a second sending."""

import re

import pytest

from tests import agendas
from tests.actions.conftest import everything
from tests.agendas import DECISION, LATER, TOLD
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import clock

pytestmark = [pytest.mark.requirement("S1-42"), pytest.mark.usefixtures("monday")]
NEW = {"kind": "chair", "held_on": "2026-11-30", "place": "三楼会议室"}


WRONG: list[tuple[dict[str, str], str]] = [
    ({"kind": ""}, "kind"),
    ({"kind": "party"}, "kind"),
    ({"held_on": ""}, "held_on"),
    ({"held_on": "2026-11-22"}, "held_on"),
    ({"held_on": "2027-11-25"}, "held_on"),
    ({"held_on": "2026-02-30"}, "held_on"),
    ({"place": "厅" * 121}, "place"),
]


def test_a_refused_meeting_names_its_field_and_keeps_the_rest(visit: Visit, huiyin: World) -> None:
    clerk, before = visit("clerk"), everything(huiyin)["meeting"]
    for change, field in WRONG:
        answer = clerk.post("/meetings", page="/meetings", **NEW | change)
        check_page(answer)
        assert answer.status_code == 422 and f'id="f-{field}-error"' in answer.text
        assert len(re.findall(r'id="f-[a-z_]+-error"', answer.text)) == 1
        if field != "place":
            assert 'value="三楼会议室"' in answer.text
    assert everything(huiyin)["meeting"] == before


@pytest.mark.parametrize("day", ["2026-11-23", "2027-11-24"])
def test_a_meeting_is_arranged_from_today_to_a_year_ahead(day: str, visit: Visit) -> None:
    assert visit("clerk").post("/meetings", page="/meetings", **NEW | {"held_on": day}).status_code == 302


UNKNOWN: list[str] = ["XS-2026-999999", "DT-2026-000001", "x"]


def test_no_meeting_is_arranged_for_a_case_one_may_not_know(visit: Visit, huiyin: World) -> None:
    World(huiyin.app, "dt").raised()
    for case in UNKNOWN:
        clerk = visit("clerk")
        assert clerk.get(f"/meetings?case={case}").status_code == 404
        assert clerk.post("/meetings", page="/meetings", **NEW, case=case).status_code == 404
        assert "2026年11月30日" not in clerk.get("/meetings").text


def test_a_refused_meeting_for_a_case_keeps_the_case(visit: Visit, huiyin: World) -> None:
    reference, clerk = huiyin.raised(), visit("clerk")
    answer = clerk.post("/meetings", page="/meetings", **NEW | {"held_on": ""}, case=reference)
    assert answer.status_code == 422 and f'name="case" value="{reference}"' in answer.text


READERS: list[str] = ["leader", "auditor"]


def test_who_only_reads_changes_nothing(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    for who in READERS:
        path, browser = f"/meetings/{meeting}", visit(who)
        assert browser.post("/meetings", page="/search", **NEW).status_code == 403
        for end in ("", "/cancel", "/order", f"/items/{item}/off", f"/items/{item}/decision"):
            sent = browser.post(f"{path}{end}", page="/search", **NEW, why_off="不议", decision=DECISION)
            assert sent.status_code == 403, end
        page = browser.get(path).text.partition("<main")[2].partition("</main>")[0]
        assert "<form" not in page and "谁能看" in page


def test_another_committee_s_meeting_does_not_exist(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    path, browser = f"/meetings/{meeting}", visit("dt-clerk")
    for end in ("", "/cancel", "/order", f"/items/{item}/off", f"/items/{item}/decision"):
        assert browser.post(f"{path}{end}", page="/search", **NEW).status_code == 404, end


def test_an_item_is_reached_through_its_own_meeting_only(visit: Visit, huiyin: World) -> None:
    _, _, item = agendas.standing(huiyin)
    other = agendas.arranged(huiyin, kind="special")
    sent = visit("clerk").post(f"/meetings/{other}/items/{item}/off", page="/search", why_off="等勘查报告")
    assert sent.status_code == 404


def test_the_slower_of_two_clerks_changes_nothing(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    path, clerk = f"/meetings/{meeting}", visit("clerk")
    late = clerk.post(f"{path}/items/{item}/off", page=path, why_off="慢了一步", version="99")
    check_page(late)
    assert late.status_code == 409 and ">\n慢了一步</textarea>" in late.text
    with clock.at(LATER):
        late = visit("clerk").post(
            f"{path}/items/{item}/decision", page=path, decision=DECISION, told=TOLD, version="99"
        )
        assert late.status_code == 409 and DECISION in late.text and TOLD in late.text
        assert DECISION not in visit("clerk").get(path).text
    empty = agendas.arranged(huiyin, kind="special")
    late = clerk.post(f"/meetings/{empty}", page=path, **NEW | {"place": "慢了一步"}, version="99")
    assert late.status_code == 409 and 'value="慢了一步"' in late.text


WRONG_DECISIONS: list[tuple[dict[str, str], str]] = [
    ({"decision": ""}, "decision"),
    ({"decision": "定"}, "decision"),
    ({"decision": "定" * 2001}, "decision"),
    ({"decision": DECISION, "told": "转" * 2001}, "told"),
]


def test_a_refused_decision_stays_open_at_its_item(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    path = f"/meetings/{meeting}"
    with clock.at(LATER):
        clerk = visit("clerk")
    for given, field in WRONG_DECISIONS:
        with clock.at(LATER):
            answer = clerk.post(f"{path}/items/{item}/decision", page=path, **given)
        check_page(answer)
        assert answer.status_code == 422 and f'id="{field}-{item}-error"' in answer.text
        assert f"{given[field]}</textarea>" in answer.text


def test_a_decision_is_put_right_and_the_old_words_are_gone(visit: Visit, huiyin: World) -> None:
    meeting, reference, item = agendas.standing(huiyin)
    agendas.decided(huiyin, item)
    path = f"/meetings/{meeting}"
    with clock.at(LATER):
        clerk = visit("clerk")
        assert f"{DECISION}</textarea>" in clerk.get(path).text and "修改议定意见" in clerk.get(path).text
        clerk.post(f"{path}/items/{item}/decision", page=path, decision="改由区城管局牵头。")
        assert "改由区城管局牵头。" in clerk.get(f"/cases/{reference}").text
        assert DECISION not in clerk.get(path).text
        # What was decided is neither moved off nor is its meeting taken back.
        assert clerk.post(f"{path}/items/{item}/off", page=path, why_off="不议了").status_code == 409
        assert clerk.post(f"{path}/cancel", page=path).status_code == 409


WAYS: list[tuple[str, int]] = [("up", 302), ("down", 302), ("first", 422), ("", 422)]


def test_an_item_goes_up_or_down_and_nowhere_else(visit: Visit, huiyin: World) -> None:
    meeting, _, _ = agendas.standing(huiyin)
    item = agendas.put_on(huiyin, meeting, huiyin.raised())
    path = f"/meetings/{meeting}"
    clerk = visit("clerk")
    for to, status in WAYS:
        answer = clerk.post(f"{path}/order", page=path, item=item, to=to)
        assert answer.status_code == status
        if status == 302:
            assert answer.location == f"{path}#item-{item}"


def test_a_meeting_with_a_case_on_it_is_not_taken_back(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    path, clerk = f"/meetings/{meeting}", visit("clerk")
    assert "撤销这次会议" not in clerk.get(path).text
    assert clerk.post(f"{path}/cancel", page=path).status_code == 409
    agendas.taken_off(huiyin, item)
    assert "撤销这次会议" in clerk.get(path).text
    assert clerk.post(f"{path}/cancel", page=path).status_code == 302
    assert clerk.post(f"{path}/cancel", page=path).status_code == 409


NO_MEETINGS: list[str] = ["", "nobody"]


def test_a_case_is_put_on_a_meeting_that_is_there(visit: Visit, huiyin: World) -> None:
    agendas.arranged(huiyin)
    path = f"/cases/{huiyin.coordinated()}"
    for given in NO_MEETINGS:
        answer = visit("clerk").post(f"{path}/agenda", page=path, meeting=given)
        assert answer.status_code in (404, 422) and "待研究" not in visit("clerk").get(path).text


def test_the_paper_is_named_after_its_day(visit: Visit, huiyin: World, paperless: None) -> None:
    meeting, _, _ = agendas.standing(huiyin)
    answer = visit("clerk").get(f"/meetings/{meeting}/agenda.pdf")
    told = answer.headers["Content-Disposition"]
    assert told.isascii() and "2026-11-24" in told and answer.mimetype == "application/pdf"
