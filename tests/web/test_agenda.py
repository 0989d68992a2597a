"""会议议题: the lists, one agenda, the paper, and what case and assignment tell of it (S1-42)."""

import io
import re

import pytest
from pypdf import PdfReader
from sqlalchemy import event

from tests import agendas
from tests.agendas import DECISION, LATER, TOLD
from tests.web.conftest import Visit
from tests.world import NOW, RESIDENT, World
from tracker.extensions import clock, db

pytestmark = [pytest.mark.requirement("S1-42"), pytest.mark.usefixtures("monday")]
READERS = ("clerk", "director", "leader", "auditor")
OTHERS = ("member", "secretary", "dept", "admin")


def test_an_empty_page_says_how_a_case_gets_onto_an_agenda(visit: Visit) -> None:
    assert "先在这里安排会议" in visit("clerk").get("/meetings").text
    assert "办公室安排会议" in visit("leader").get("/meetings").text


def test_the_clerk_arranges_a_meeting_and_finds_it_among_those_to_come(visit: Visit) -> None:
    clerk = visit("clerk")
    answer = clerk.post("/meetings", page="/meetings", kind="standing", held_on="2026-11-30", place="二楼")
    assert answer.status_code == 302
    assert "常委会议" in clerk.get(answer.location).text
    page = clerk.get("/meetings").text
    assert answer.location in page and "2026年11月30日" in page


def test_a_day_that_is_behind_us_is_refused_beside_the_field(visit: Visit) -> None:
    answer = visit("clerk").post("/meetings", page="/meetings", kind="chair", held_on="2026-11-01")
    assert answer.status_code == 422
    assert "请填今天到一年以内的日期" in answer.text and 'value="2026-11-01"' in answer.text


def test_the_desk_leads_to_meetings_that_nobody_wrote_the_outcome_of(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    other = agendas.arranged(huiyin)
    with clock.at(LATER):
        clerk = visit("clerk")
        desk = clerk.get("/").text
        assert "议定意见待记" in desk and "/meetings?waiting=meetings_to_record" in desk
        listed = clerk.get("/meetings?waiting=meetings_to_record").text
        assert meeting in listed and other not in listed and "将要召开" not in listed
    agendas.decided(huiyin, item)
    with clock.at(LATER):
        assert "没有待记的会议" in clerk.get("/meetings?waiting=meetings_to_record").text
        assert "议定意见待记" not in clerk.get("/").text
        assert clerk.get("/meetings?waiting=nonsense").status_code == 422


@pytest.mark.parametrize("who", READERS)
def test_office_leader_and_auditor_read_an_agenda(visit: Visit, huiyin: World, who: str) -> None:
    meeting, reference, _ = agendas.standing(huiyin)
    page = visit(who).get(f"/meetings/{meeting}").text
    assert reference in page and "云林苑北门路灯" in page and "区住房和城乡建设局" in page
    assert ("移出议题" in page) is (who in ("clerk", "director"))


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_knows_of_it(visit: Visit, huiyin: World, who: str) -> None:
    meeting, _, _ = agendas.standing(huiyin)
    browser = visit(who)
    assert browser.get(f"/meetings/{meeting}").status_code == 404
    assert browser.get(f"/meetings/{meeting}/agenda.pdf").status_code == 404
    assert 'href="/meetings"' not in browser.get("/").text


@pytest.mark.requirement("T02")
def test_a_summary_that_names_somebody_is_hidden_on_the_page_and_on_paper(
    visit: Visit, huiyin: World
) -> None:
    meeting = agendas.arranged(huiyin)
    summary = f"{RESIDENT['name']}家门前路灯不亮"
    agendas.put_on(huiyin, meeting, huiyin.raised(summary=summary))
    for who in READERS:
        page = visit(who).get(f"/meetings/{meeting}").text
        assert RESIDENT["name"] not in page and "〔姓名〕家门前路灯不亮" in page
    assert RESIDENT["name"] not in paper(visit, meeting)


def paper(visit: Visit, meeting: str, who: str = "clerk") -> str:
    answer = visit(who).get(f"/meetings/{meeting}/agenda.pdf")
    assert answer.mimetype == "application/pdf"
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())


def test_the_paper_carries_number_summary_state_department_and_days_alone(
    visit: Visit, huiyin: World
) -> None:
    meeting, reference, _ = agendas.standing(huiyin)
    accused = huiyin.raised(is_accusation=True, summary="某单位工作人员推诿")
    text = paper(visit, meeting)
    for word in ("主席会议议题清单", reference, "云林苑北门路灯连续半月不亮", "已协调", "区住房和城乡建设局"):
        assert word in text, word
    assert "已提出0天" in text and "个工作日" in text
    for word in (*(str(value) for value in RESIDENT.values()), "吴海燕", accused, "三盏路灯"):
        assert word not in text, word


def test_the_paper_stays_chinese_for_an_english_reader(visit: Visit, huiyin: World) -> None:
    meeting, _, _ = agendas.standing(huiyin)
    answer = visit("clerk", "en").get(f"/meetings/{meeting}/agenda.pdf")
    assert "议题清单" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


@pytest.mark.parametrize("who, status", [("director", 200), ("leader", 403), ("auditor", 403)])
@pytest.mark.usefixtures("paperless")
def test_only_the_office_prints_it(visit: Visit, huiyin: World, who: str, status: int) -> None:
    meeting, _, _ = agendas.standing(huiyin)
    assert visit(who).get(f"/meetings/{meeting}/agenda.pdf").status_code == status


def test_a_case_is_put_on_from_its_own_page(visit: Visit, huiyin: World) -> None:
    meeting, reference = agendas.arranged(huiyin), huiyin.coordinated()
    clerk, path = visit("clerk"), f"/cases/{reference}"
    assert "提交会议研究" in clerk.get(path).text
    sent = clerk.post(f"{path}/agenda", page=path, meeting=meeting)
    assert sent.status_code == 302
    page = clerk.get(path).text
    assert f'href="/meetings/{meeting}"' in page and "待研究" in page
    assert f'action="{path}/agenda"' not in page
    again = clerk.post(f"{path}/agenda", page=path, meeting=meeting)
    assert again.status_code == 409 and "已经在一次会议的议题里" in again.text


def test_without_a_meeting_ahead_one_is_arranged_for_the_case(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    clerk = visit("clerk")
    assert f'href="/meetings?case={reference}#arrange"' in clerk.get(f"/cases/{reference}").text
    assert "安排并列入这件诉求" in clerk.get(f"/meetings?case={reference}").text
    answer = clerk.post("/meetings", page="/meetings", kind="chair", held_on="2026-11-30", case=reference)
    assert reference in clerk.get(answer.location).text


def test_a_meeting_for_a_case_that_may_not_stand_is_not_arranged_either(visit: Visit, huiyin: World) -> None:
    accused = huiyin.raised(is_accusation=True)
    director = visit("director")
    answer = director.post("/meetings", page="/meetings", kind="chair", held_on="2026-11-30", case=accused)
    assert answer.status_code == 409 and "检举控告不上会议议题" in answer.text
    assert "2026年11月30日" not in director.get("/meetings").text


@pytest.mark.parametrize("who, status", [("member", 403), ("secretary", 403), ("leader", 403), ("dept", 404)])
def test_only_the_office_puts_a_case_on(visit: Visit, huiyin: World, who: str, status: int) -> None:
    meeting, reference = agendas.arranged(huiyin), huiyin.coordinated()
    sent = visit(who).post(f"/cases/{reference}/agenda", page="/account", meeting=meeting)
    assert sent.status_code == status


def test_an_accusations_page_offers_no_meeting(visit: Visit, huiyin: World) -> None:
    agendas.arranged(huiyin)
    accused = huiyin.raised(is_accusation=True)
    assert "提交会议研究" not in visit("director").get(f"/cases/{accused}").text


def test_a_decision_is_written_down_and_reaches_the_case_and_the_department(
    visit: Visit, huiyin: World
) -> None:
    meeting, reference, item = agendas.standing(huiyin)
    share, path = huiyin.shares(reference)[0], f"/meetings/{meeting}"
    with clock.at(LATER):
        clerk = visit("clerk")
        sent = clerk.post(f"{path}/items/{item}/decision", page=path, decision=DECISION, told=TOLD)
        assert sent.status_code == 302
        assert DECISION in clerk.get(path).text
        assert DECISION in clerk.get(f"/cases/{reference}").text
        page = visit("dept").get(f"/assignments/{share}").text
        assert TOLD in page and DECISION not in page
        assert DECISION in visit("auditor").get(path).text
        assert DECISION not in visit("member").get(f"/cases/{reference}").text


def test_personal_words_come_back_beside_their_field(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    path = f"/meetings/{meeting}"
    with clock.at(LATER):
        answer = visit("clerk").post(
            f"{path}/items/{item}/decision", page=path, decision=DECISION, told=f"请联系{RESIDENT['phone']}"
        )
    assert answer.status_code == 422
    assert "还有个人信息，请改写" in answer.text and re.search(rf'id="told-{item}-error"', answer.text)


def test_before_the_meeting_nothing_is_written_down(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    path = f"/meetings/{meeting}"
    clerk = visit("clerk")
    assert "记议定意见" not in clerk.get(path).text
    sent = clerk.post(f"{path}/items/{item}/decision", page=path, decision=DECISION)
    assert sent.status_code == 409 and "会议还没有开" in sent.text


def test_what_is_taken_off_says_why(visit: Visit, huiyin: World) -> None:
    meeting, reference, item = agendas.standing(huiyin)
    path = f"/meetings/{meeting}"
    clerk = visit("clerk")
    assert clerk.post(f"{path}/items/{item}/off", page=path).status_code == 422
    assert clerk.post(f"{path}/items/{item}/off", page=path, why_off="等勘查报告").status_code == 302
    page = visit("leader").get(path).text
    assert "不议的理由：等勘查报告" in page and reference in page


def test_the_order_is_changed_with_a_button(visit: Visit, huiyin: World) -> None:
    meeting, first, _ = agendas.standing(huiyin)
    second = huiyin.raised()
    item = agendas.put_on(huiyin, meeting, second)
    path = f"/meetings/{meeting}"
    clerk = visit("clerk")
    assert clerk.post(f"{path}/order", page=path, item=item, to="up").status_code == 302
    page = clerk.get(path).text
    assert page.index(second) < page.index(first)
    assert clerk.post(f"{path}/order", page=path, item="unknown", to="up").status_code == 404


def test_a_meeting_is_changed_and_cancelled_from_its_page(visit: Visit, huiyin: World) -> None:
    meeting = agendas.arranged(huiyin)
    path = f"/meetings/{meeting}"
    clerk = visit("clerk")
    assert clerk.post(path, page=path, kind="special", held_on="2026-12-01").status_code == 302
    assert "专题会议" in clerk.get(path).text
    wrong = clerk.post(path, page=path, kind="special", held_on="2020-12-01")
    assert wrong.status_code == 422 and 'value="2020-12-01"' in wrong.text
    assert clerk.post(f"{path}/cancel", page=path).status_code == 302
    assert "已撤销" in clerk.get(path).text and meeting not in clerk.get("/meetings").text


def test_a_meeting_that_was_held_stands_among_the_past_ones(visit: Visit, huiyin: World) -> None:
    meeting, _, item = agendas.standing(huiyin)
    agendas.decided(huiyin, item)
    with clock.at(LATER):
        page = visit("leader").get("/meetings").text
    past = page.partition("已经召开")[2]
    assert meeting in past and 'data-label="已议定">1 件' in past
    assert NOW < LATER


def test_an_agenda_asks_no_more_of_the_database_the_longer_it_is(visit: Visit, huiyin: World) -> None:
    meeting = agendas.arranged(huiyin)
    leader, asked = visit("leader"), list[str]()
    with huiyin.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def statements() -> int:
        asked.clear()
        assert leader.get(f"/meetings/{meeting}").status_code == 200
        return len(asked)

    agendas.put_on(huiyin, meeting, huiyin.coordinated())
    statements()
    few = statements()
    for _ in range(3):
        agendas.put_on(huiyin, meeting, huiyin.coordinated())
    # Beside it stand the numbers of the desk, counted anew after a change.
    assert statements() <= few + 1
