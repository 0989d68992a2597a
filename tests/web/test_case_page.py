"""The page of a case: who sees what, which acts it offers, and what a refused act leaves on it."""

import pytest
from sqlalchemy import event

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import NARRATIVE, REPLY, TRANSFER, World
from tracker.extensions import db
from tracker.models import Case, Event

pytestmark = pytest.mark.usefixtures("monday")

TELLING = NARRATIVE + "我叫欧阳桂兰，电话13912342186，住云林苑12号楼3单元401室。"


def post(browser: Browser, path: str, **form: str) -> str:
    answer = browser.post(path, **form)
    if answer.status_code != 302:
        check_page(answer)
    return answer.text


@pytest.mark.parametrize(
    "who, status",
    [("member", 200), ("member2", 404), ("secretary", 200), ("clerk", 200), ("director", 200),
     ("leader", 200), ("auditor", 200), ("dept", 404), ("admin", 404),
     ("dt-clerk", 404), ("dt-director", 404)],
)  # fmt: skip
def test_who_opens_a_case(visit: Visit, huiyin: World, who: str, status: int) -> None:
    reference = huiyin.coordinated()
    assert visit(who).get(f"/cases/{reference}").status_code == status


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "director", "leader", "auditor"])
def test_the_page_is_whole_at_every_stage(visit: Visit, huiyin: World, who: str) -> None:
    both = (("housing", "lead"), ("transport", "co"))
    letter_of = huiyin.handled()
    huiyin.letter(letter_of, "issued")
    declined, merged, master = huiyin.raised(), huiyin.raised(), huiyin.coordinated()
    huiyin.move(declined, "decline", note="不属于受理范围")
    huiyin.move(merged, "merge", into=master)
    stages = [huiyin.raised(), huiyin.coordinated(units=both), huiyin.replied(units=both)]
    stages += [letter_of, declined, merged, master]
    browser = visit(who)
    for reference in stages:
        assert browser.get(f"/cases/{reference}").status_code == 200


@pytest.mark.requirement("T08")
@pytest.mark.parametrize(
    "who, story, phone",
    [("member", TELLING, "13912342186"), ("clerk", TELLING, "139****2186"),
     ("director", TELLING, "139****2186"), ("leader", "〔姓名〕", "139****2186"),
     ("secretary", "〔姓名〕", ""), ("auditor", "", "")],
)  # fmt: skip
def test_everybody_reads_as_much_as_the_post_allows(
    visit: Visit, huiyin: World, who: str, story: str, phone: str
) -> None:
    reference = huiyin.raised(narrative=TELLING)
    text = visit(who).get(f"/cases/{reference}").text
    assert story in text
    assert phone in text
    aside = text.partition('class="col-aside"')[2]
    if who != "member":
        assert "13912342186" not in aside
    if who in ("leader", "secretary", "auditor"):
        assert "13912342186" not in text and "欧阳桂兰" not in text
    if who in ("secretary", "auditor"):
        assert "139****2186" not in text


@pytest.mark.requirement("T01")
def test_a_department_meets_no_trace_of_the_resident_or_the_member(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated(narrative=TELLING)
    huiyin.move(reference, "withdraw", note="欧阳桂兰自己解决了")
    other = huiyin.replied(narrative=TELLING)
    pages = ["/", "/assignments", "/search?q=夜间出行", f"/cases/{reference}", f"/cases/{other}"]
    pages += [f"/assignments/{share}" for case in (reference, other) for share in huiyin.shares(case)]
    browser = visit("dept")
    for page in pages:
        text = browser.get(page).text
        for canary in ("欧阳桂兰", "13912342186", "139****2186", "401室", "吴海燕", "上周已有一位住户摔倒"):
            assert canary not in text, (page, canary)


def test_an_accusation_is_shown_to_its_readers_only(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(is_accusation=True, narrative="某人收了礼品，请查处。")
    opened = {who: visit(who).get(f"/cases/{reference}") for who in ("member", "director", "clerk", "leader")}
    assert {who: page.status_code for who, page in opened.items()} == {
        "member": 200, "director": 200, "clerk": 404, "leader": 404,
    }  # fmt: skip
    huiyin.move(reference, "coordinate", by="director", route="refer", result="转送纪检监察组")
    after = visit("member").get(f"/cases/{reference}").text
    assert reference in after and "某人收了礼品" not in after


def test_the_transfer_text_stands_behind_its_tab(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    text = visit("clerk").get(f"/cases/{reference}?text=transfer").text
    assert TRANSFER in text and "承办单位看到的就是这段话" in text


def test_moves_that_lack_something_are_grey_and_say_what(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    text = visit("clerk").get(f"/cases/{reference}").text
    assert "还缺：" in text and "还没有审核通过的主办答复" in text
    assert "取消并案" not in text


def test_a_move_from_the_page_is_made_and_told(visit: Visit, huiyin: World) -> None:
    reference = huiyin.replied()
    for share in huiyin.shares(reference):
        huiyin.move_share(share, "approve_reply", by="clerk")
    browser = visit("clerk")
    assert browser.post(f"/cases/{reference}/moves", move="handle").status_code == 302
    assert huiyin.state(reference) == "handled"
    assert "已办理" in browser.get(f"/cases/{reference}").text


def test_a_refused_move_keeps_what_was_typed_and_opens_its_form(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    answer = browser.post(
        f"/cases/{reference}/moves", move="merge", into="XS-2026-000999", note="两处同一件事"
    )
    check_page(answer)
    assert answer.status_code == 422
    assert 'value="XS-2026-000999"' in answer.text and "两处同一件事" in answer.text
    assert "没有这件诉求，请核对编号" in answer.text
    assert '<details class="move" open' in answer.text


@pytest.mark.requirement("T36")
def test_a_move_on_a_page_that_is_out_of_date_is_refused(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    answer = browser.post(f"/cases/{reference}/moves", move="withdraw", note="本人要求", version="99")
    assert answer.status_code == 409
    assert "刚才有人改过" in answer.text
    with huiyin.reading():
        assert huiyin.case(reference).disposition is None


def test_a_move_that_is_not_this_role_s_is_forbidden(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    assert visit("leader").post(f"/cases/{reference}/moves", move="decline", note="不行").status_code == 403
    assert visit("dept").post(f"/cases/{reference}/moves", move="decline", note="不行").status_code == 404


def test_the_office_reviews_replies_without_leaving_the_case(visit: Visit, huiyin: World) -> None:
    reference = huiyin.replied()
    browser = visit("clerk")
    text = browser.get(f"/cases/{reference}").text
    assert REPLY in text
    share = huiyin.shares(reference)[0]
    answer = browser.post(f"/assignments/{share}/moves", move="approve_reply", next="case")
    assert answer.location == f"/cases/{reference}#reply-{share}"


@pytest.mark.parametrize(
    "show, seen, unseen", [("public", "提出", "发出交办"), ("internal", "发出交办", "协调交办")]
)
def test_the_timeline_tells_inside_from_outside(
    visit: Visit, huiyin: World, show: str, seen: str, unseen: str
) -> None:
    reference = huiyin.coordinated()
    text = visit("clerk").get(f"/cases/{reference}?show={show}").text.partition('id="timeline"')[2]
    assert f"<b>{seen}</b>" in text
    assert f"<b>{unseen}</b>" not in text


def test_an_address_may_hold_anything(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    odd = "?show=nonsense&_external=1&_scheme=javascript&reference=x&list=%01state%3Dno&text=other"
    answer = visit("clerk").get(f"/cases/{reference}{odd}")
    assert answer.status_code == 200
    assert "javascript:" not in answer.text


def test_the_page_knows_its_neighbours_in_the_list(visit: Visit, huiyin: World) -> None:
    first, second, third = huiyin.raised(), huiyin.coordinated(), huiyin.raised()
    browser = visit("clerk")
    every = browser.get(f"/cases/{second}").text
    assert f'href="/cases/{third}" rel="prev"' in every and f'href="/cases/{first}" rel="next"' in every
    waiting = browser.get(f"/cases/{third}?list=state%3Draised").text
    assert f'href="/cases/{first}?list=state%3Draised" rel="next"' in waiting


def test_a_note_stays_in_the_office_and_an_instruction_is_the_leader_s(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    assert visit("clerk").post(f"/cases/{reference}/notes", text="已电话催过一次").status_code == 302
    assert visit("leader").post(f"/cases/{reference}/instructions", text="请一周内解决").status_code == 302
    office, member = (visit(who).get(f"/cases/{reference}").text for who in ("clerk", "member"))
    assert "已电话催过一次" in office and "请一周内解决" in office
    assert "已电话催过一次" not in member and "请一周内解决" not in member
    assert visit("member").post(f"/cases/{reference}/notes", text="我也写一条").status_code == 403
    assert visit("clerk").post(f"/cases/{reference}/instructions", text="代领导写").status_code == 403


def test_an_empty_note_is_refused_on_the_page(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    answer = visit("clerk").post(f"/cases/{reference}/notes", text=" ")
    check_page(answer)
    assert answer.status_code == 422


def test_the_member_enters_the_resident_s_verdict(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.move(reference, "feed_back", told="oral", note="已当面告知")
    browser = visit("member")
    assert "替反映人登记评价" in browser.get(f"/cases/{reference}").text
    assert browser.post(f"/cases/{reference}/ratings", rating="dissatisfied").status_code == 302
    assert huiyin.state(reference) == "coordinated"
    assert visit("clerk").post(f"/cases/{reference}/ratings", rating="satisfied").status_code == 403


def test_being_told_by_word_of_mouth_needs_no_letter(visit: Visit, huiyin: World) -> None:
    reference = huiyin.handled()
    browser = visit("clerk")
    text = browser.get(f"/cases/{reference}").text
    assert "起草反馈函" in text and "当面或电话告知" in text
    answer = browser.post(f"/cases/{reference}/moves", move="feed_back", told="oral", note="已电话告知")
    assert answer.status_code == 302
    assert huiyin.state(reference) == "fed_back"


def test_the_pin_is_shown_once_to_be_told(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised(resident={"name": "欧阳桂兰", "consent_process": True})
    browser = visit("clerk")
    browser.post(f"/cases/{reference}/code")
    answer = browser.post(f"/cases/{reference}/letter-lock", idempotency_key="pin-1")
    assert "新的取信密码" in answer.text
    again = browser.post(f"/cases/{reference}/letter-lock", idempotency_key="pin-1")
    assert "新的取信密码" not in again.text
    assert visit("member").post(f"/cases/{reference}/letter-lock").status_code == 403


def test_looking_at_pages_writes_nothing_into_the_diary(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated()
    browser = visit("clerk")
    with huiyin.reading():
        before = db.session.query(Event).count()
    browser.get(f"/cases/{reference}")
    browser.get(f"/cases/{reference}?text=transfer&show=public")
    with huiyin.reading():
        assert db.session.query(Event).count() == before
        assert db.session.query(Case).count() == 1


def test_more_departments_ask_the_database_no_more_often(visit: Visit, huiyin: World) -> None:
    one = huiyin.replied()
    two = huiyin.replied(units=(("housing", "lead"), ("transport", "co")))
    browser = visit("clerk")

    def statements(reference: str) -> int:
        asked: list[str] = []
        with huiyin.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        browser.get(f"/cases/{reference}")
        return len(asked)

    browser.get(f"/cases/{one}")
    assert statements(two) <= statements(one) + 1
    assert statements(one) <= 40


def test_a_returned_lead_is_replaced_while_the_others_go_on(visit: Visit, huiyin: World) -> None:
    reference = huiyin.coordinated(units=(("housing", "lead"), ("transport", "co")))
    lead = huiyin.shares(reference)[0]
    huiyin.move_share(lead, "request_return", reason="这条路属于市政管养，不在本局职责范围之内，请改交。")
    huiyin.move_share(lead, "decide_return", by="clerk", granted=True)
    browser = visit("clerk")
    assert "增加承办单位" in browser.get(f"/cases/{reference}").text
    form = {"unit": "transport", "role": "lead", "sla_class": "complex"}
    twice = browser.post(f"/cases/{reference}/assignments", **form)
    check_page(twice)
    assert twice.status_code == 422
    assert "这个单位已经在承办名单里" in twice.text and 'value="complex" selected' in twice.text
    form["unit"] = "education"
    assert browser.post(f"/cases/{reference}/assignments", **form).status_code == 302
    with huiyin.reading():
        newest = huiyin.case(reference).assignments[-1]
        assert (newest.unit.key, newest.state, newest.transfer_text) == ("education", "dispatched", TRANSFER)
    assert visit("member").post(f"/cases/{reference}/assignments", **form).status_code == 403


LONG = "北门三盏路灯从十月中旬起不亮，晚上老人散步看不清台阶。" * 260


@pytest.mark.parametrize("who", ["member", "clerk", "leader"])
def test_a_very_long_story_is_whole_and_scrolls_from_the_keyboard(
    visit: Visit, huiyin: World, who: str
) -> None:
    reference = huiyin.raised(summary="云" * 80, narrative=LONG)
    text = visit(who).get(f"/cases/{reference}").text
    assert LONG in text and "<h1>" + "云" * 80 + "</h1>" in text
    assert 'class="prose story-long" tabindex="0" role="region" aria-label="全文，可滚动"' in text


def test_line_ends_and_angle_brackets_of_a_story_are_text(visit: Visit, huiyin: World) -> None:
    told = "第一行<b>\n\n第二行 & “引号” {{ 7*7 }} </div><script>"
    reference = huiyin.raised(narrative=told, summary="<img src=x onerror=alert(1)>{{ 7*7 }}")
    text = visit("clerk").get(f"/cases/{reference}").text
    assert "第一行&lt;b&gt;\n\n第二行 &amp;" in text and "{{ 7*7 }}" in text
    assert "<img src=x" not in text and "49" not in text.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    "reference", ["xs-2026-000001", "XS-2026-1", "XS-2026-999999", "ＸＳ", "%00", "a%2Fb", "-"]
)
def test_an_address_that_names_no_case_is_not_found(visit: Visit, huiyin: World, reference: str) -> None:
    huiyin.raised()
    assert visit("clerk").get(f"/cases/{reference}").status_code in (400, 404)
