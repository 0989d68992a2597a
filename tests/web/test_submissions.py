"""Pages of what members hand in: the list, the form, the page of one, and where matters are carried on."""

import csv
import io
import re
from typing import Any

import pytest
from sqlalchemy import select

from tests.web.conftest import Visit
from tests.world import MATTER, World
from tracker.extensions import db
from tracker.models import Case, Conversion, Submission

pytestmark = pytest.mark.usefixtures("monday")

READERS = ("member", "secretary", "clerk", "director", "leader")
OTHERS = ("member2", "dept", "auditor", "admin", "dt-member", "dt-clerk")


def words(text: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", text.partition("<main")[2]).split())


def stored(world: World) -> Submission:
    """The newest; inside an open transaction."""
    return db.session.scalars(select(Submission).order_by(Submission.id.desc()).limit(1)).one()


def titles(text: str) -> set[str]:
    return set(re.findall(r"标题(.)号", text.partition("<tbody")[2]))


@pytest.fixture
def three(huiyin: World) -> World:
    huiyin.submitted("suggestion", title="标题一号", submitted_on="2026-11-18")
    huiyin.submitted("brief", title="标题二号", submitted_on="2026-11-20")
    huiyin.submitted("talent_lead", title="标题三号", by="member2")
    return huiyin


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "一二三"),
        ("kind=brief", "二"),
        ("kind=lead", "三"),
        ("state=submitted", "一二三"),
        ("state=kept", ""),
        ("from=2026-11-20", "二三"),
        ("to=2026-11-18", "一"),
        ("group=group2", "三"),
        ("member=nobody", ""),
        ("campaign=none", ""),
        ("waiting=to_select", "一二三"),
        ("waiting=to_send_up", ""),
    ],
)
def test_filters_narrow_the_rows(query: str, found: str, three: World, visit: Visit) -> None:
    assert titles(visit("clerk").get(f"/submissions?{query}").text) == set(found)


@pytest.mark.parametrize(
    ("who", "found"), [("member", "一二"), ("member2", "三"), ("secretary", "一二"), ("leader", "一二三")]
)
def test_everybody_lists_what_one_may_read(who: str, found: str, three: World, visit: Visit) -> None:
    assert titles(visit(who).get("/submissions").text) == set(found)


def test_the_file_holds_the_rows_of_the_screen(three: World, visit: Visit) -> None:
    data = visit("clerk").get("/submissions/export?kind=lead").data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["日期", "种类", "标题", "委员", "小组", "状态"]
    assert rows[1:] == [["11月23日", "引才线索", "标题三号", "陈丽华", "教育界别组", "待处理"]]


def test_ticked_rows_alone_are_taken(three: World, visit: Visit) -> None:
    with three.reading():
        ids = list(db.session.scalars(select(Submission.public_id)))
    sent = visit("member").post("/submissions/bulk", page="/", act="export", ids=ids)
    assert len(sent.data.decode().strip().splitlines()) == 3
    back = visit("member").post("/submissions/bulk?kind=brief", page="/", act="", ids=ids)
    assert back.location == "/submissions?kind=brief"


@pytest.mark.requirement("S2-25")
def test_a_member_hands_in_and_is_told_what_comes(huiyin: World, visit: Visit) -> None:
    browser = visit("member")
    answer = browser.post(
        "/submissions/new", page="/submissions/new", kind="brief", text=MATTER, client_id="a"
    )
    with huiyin.reading():
        found = stored(huiyin)
        assert answer.location == f"/submissions/{found.public_id}"
        assert (found.title, found.member.login) == (MATTER.split("。")[0], "xs-member")
    said = words(browser.get(answer.location).text)
    assert "待处理" in said and "撤回" in said and "录用" not in said


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "brief", "text": "字" * 1501}, "不超过 1500 字"),
        ({"kind": "", "text": MATTER}, "请填写这一项"),
        ({"kind": "brief", "text": ""}, "请填写这一项"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(given: dict[str, Any], told: str, visit: Visit) -> None:
    answer = visit("member").post("/submissions/new", page="/submissions/new", title="留住的标题", **given)
    assert answer.status_code == 422
    assert told in answer.text and "留住的标题" in answer.text


def test_the_office_must_say_for_whom(huiyin: World, visit: Visit) -> None:
    browser = visit("clerk")
    page = browser.get("/submissions/new").text
    member = re.search(r'<option value="([^"]+)">吴海燕', page)
    assert member and "陈丽华" in page
    refused = browser.post("/submissions/new", page="/submissions/new", kind="brief", text=MATTER)
    assert refused.status_code == 422 and "请选是哪位委员的" in refused.text
    browser.post("/submissions/new", page="/submissions/new", kind="brief", text=MATTER, member=member[1])
    with huiyin.reading():
        assert stored(huiyin).member.login == "xs-member"


def test_a_secretary_chooses_among_the_own_group_and_a_member_not_at_all(visit: Visit) -> None:
    secretary, member = (
        visit("secretary").get("/submissions/new").text,
        visit("member").get("/submissions/new").text,
    )
    assert "吴海燕" in secretary and "陈丽华" not in secretary
    assert 'name="member"' not in member


@pytest.mark.requirement("S1-22")
def test_from_a_visit_what_was_heard_is_there_already(huiyin: World, visit: Visit) -> None:
    place = huiyin.visited(reported="三个小区缺充电桩")
    browser = visit("member")
    assert f'href="/submissions/new?visit={place}"' in browser.get(f"/visits/{place}").text
    page = browser.get(f"/submissions/new?visit={place}").text
    assert "三个小区缺充电桩" in page and f'name="visit" value="{place}"' in page
    browser.post("/submissions/new", page="/submissions/new", kind="brief", text=MATTER, visit=place)
    assert MATTER.split("。")[0] in browser.get(f"/visits/{place}").text
    assert visit("member2").get(f"/submissions/new?visit={place}").status_code == 404


@pytest.mark.parametrize("upto", ["submitted", "selected", "edited", "signed", "sent_up"])
@pytest.mark.parametrize("who", READERS)
def test_who_may_read_it_opens_it_in_every_state(who: str, upto: str, huiyin: World, visit: Visit) -> None:
    answer = visit(who).get(f"/submissions/{huiyin.brief(upto)}")
    assert answer.status_code == 200
    assert MATTER[:10] in answer.text


@pytest.mark.parametrize("who", OTHERS)
def test_to_others_it_does_not_exist(who: str, huiyin: World, visit: Visit) -> None:
    assert visit(who).get(f"/submissions/{huiyin.submitted()}").status_code == 404


def test_a_brief_goes_its_way_by_the_buttons_of_its_page(huiyin: World, visit: Visit) -> None:
    public_id = huiyin.submitted()
    page, clerk, director = f"/submissions/{public_id}", visit("clerk"), visit("director")

    def press(browser: Any, name: str, **given: Any) -> None:
        answer = browser.post(f"{page}/moves", page=page, move=name, **given)
        assert answer.status_code == 302, (name, answer.text)

    press(clerk, "select")
    press(clerk, "check", edited_title="核稿标题", edited_text="核稿正文")
    press(director, "sign")
    press(clerk, "send_up", **{"sent_to[]": ["city", "province"], "sent_up_on": "2026-11-23"})
    press(clerk, "adopt", level="province", manner="single", adopted_on="2026-11-23", place="专报第 3 期")
    press(clerk, "leader_note", office="区政府分管领导", text="请住建局阅处", noted_on="2026-11-23")
    press(clerk, "tell", reason="已获省级采用")
    said = words(visit("member").get(page).text)
    for word in (
        "委员原文",
        "核稿标题",
        "核稿正文",
        "省级采用",
        "专报第 3 期",
        "请住建局阅处",
        "已获省级采用",
        "市政协、省政协",
    ):
        assert word in said, word


def test_a_refused_step_stays_open_with_what_was_typed(huiyin: World, visit: Visit) -> None:
    page = f"/submissions/{huiyin.brief('signed')}"
    answer = visit("clerk").post(
        f"{page}/moves", page=page, move="send_up", sent_up_on="2027-01-01", note="留住的话"
    )
    assert answer.status_code == 422
    assert "留住的话" in answer.text and "没有办成" in answer.text


def test_the_editor_sees_why_another_must_sign(huiyin: World, visit: Visit) -> None:
    public_id = huiyin.brief("selected")
    huiyin.move_submission(public_id, "check", by="director", edited_title="标题", edited_text="正文")
    assert "请另一位负责人签发" in words(visit("director").get(f"/submissions/{public_id}").text)


def test_what_the_office_notes_for_itself_is_not_told_to_the_writer(huiyin: World, visit: Visit) -> None:
    public_id = huiyin.brief("edited")
    huiyin.move_submission(public_id, "send_back", by="director", reason="内部：标题太长")
    page = f"/submissions/{public_id}"
    assert "标题太长" in visit("clerk").get(page).text
    assert "标题太长" not in visit("member").get(page).text


def test_the_writer_corrects_until_the_office_begins(huiyin: World, visit: Visit) -> None:
    public_id, browser = huiyin.submitted(), visit("member")
    page = f"/submissions/{public_id}/edit"
    assert browser.post(page, page=page, title="", text="x").status_code == 422
    assert browser.post(page, page=page, title="新标题", text="新的正文").status_code == 302
    assert "新标题" in browser.get(f"/submissions/{public_id}").text
    huiyin.move_submission(public_id, "select")
    assert browser.get(page).status_code == 302
    assert f'href="{page}"' not in browser.get(f"/submissions/{public_id}").text


@pytest.mark.requirement("S2-13")
def test_a_lead_shows_how_the_talks_go(huiyin: World, visit: Visit) -> None:
    public_id = huiyin.submitted("investment_lead")
    page, browser = f"/submissions/{public_id}", visit("member")
    given = {
        "done_on": "2026-11-23",
        "policy_sent": "1",
        "willingness": "visiting",
        "next_step": "下周来看场地",
    }
    assert browser.post(f"{page}/moves", page=page, move="follow_up", **given).status_code == 302
    said = words(browser.get(page).text)
    assert "愿意来考察" in said and "政策已送" in said and "下周来看场地" in said and "跟进中" in said


@pytest.mark.requirement("S2-06")
def test_a_widespread_case_becomes_a_brief_and_both_pages_say_so(huiyin: World, visit: Visit) -> None:
    reference, clerk = huiyin.raised(), visit("clerk")
    page = f"/submissions/for/{reference}"
    assert f'href="{page}"' in clerk.get(f"/cases/{reference}").text
    form = clerk.get(page).text
    assert "路灯" in form and "欧阳桂兰" not in form
    answer = clerk.post(
        page, page=page, into="brief", title="背街小巷照明亟待改善", text="多处路灯损坏，建议统一排查。"
    )
    assert reference in clerk.get(answer.location).text
    member = visit("member")
    assert "来自诉求" in words(member.get(answer.location).text)
    assert "背街小巷照明亟待改善" in words(member.get(f"/cases/{reference}").text)
    with huiyin.reading():
        assert stored(huiyin).member.login == "xs-member"


@pytest.mark.requirement("T03")
@pytest.mark.parametrize("text", ["欧阳桂兰反映路灯损坏", "请联系 13912342186 核实"])
def test_what_tells_who_it_is_does_not_leave_the_case(text: str, huiyin: World, visit: Visit) -> None:
    page = f"/submissions/for/{huiyin.raised()}"
    answer = visit("clerk").post(page, page=page, into="brief", title="照明亟待改善", text=text)
    assert answer.status_code == 422 and "还能看出是谁" in answer.text
    with huiyin.reading():
        assert db.session.scalars(select(Conversion)).all() == []


@pytest.mark.requirement("S2-06")
@pytest.mark.parametrize("into", ["research_topic", "proposal_lead"])
def test_a_case_or_a_submission_becomes_a_topic(into: str, huiyin: World, visit: Visit) -> None:
    reference, public_id, clerk = huiyin.raised(), huiyin.submitted("suggestion"), visit("clerk")
    clerk.post(f"/submissions/for/{reference}", page="/", into=into, title="关于夜间照明的调研")
    assert "关于夜间照明的调研" in words(clerk.get(f"/cases/{reference}").text)
    page = f"/submissions/{public_id}"
    assert clerk.post(f"{page}/topic", page=page, into=into, title="").status_code == 422
    assert clerk.post(f"{page}/topic", page=page, into=into, title="关于充电桩的调研").status_code == 302
    assert "关于充电桩的调研" in words(visit("member").get(page).text)


def test_a_submission_becomes_a_case_of_its_writer(huiyin: World, visit: Visit) -> None:
    public_id, clerk = huiyin.submitted("suggestion"), visit("clerk")
    page = f"/submissions/{public_id}/case"
    assert MATTER[:8] in clerk.get(page).text
    refused = clerk.post(page, page=page, summary="增设充电桩", narrative=MATTER)
    assert refused.status_code == 422
    answer = clerk.post(page, page=page, summary="增设充电桩", narrative=MATTER, area="0101")
    with huiyin.reading():
        case = db.session.scalars(select(Case)).one()
        assert (case.raised_by.login, case.group.key if case.group else "") == ("xs-member", "group")
        assert answer.location == f"/cases/{case.reference}"
    assert "来自报送" in words(visit("member").get(answer.location).text)
    assert answer.location in visit("member").get(f"/submissions/{public_id}").text


@pytest.mark.requirement("S2-06")
def test_the_register_tells_what_became_what(huiyin: World, visit: Visit) -> None:
    reference, public_id, clerk = huiyin.raised(), huiyin.submitted("suggestion"), visit("clerk")
    assert "还没有转化" in words(clerk.get("/submissions/conversions").text)
    clerk.post(
        f"/submissions/for/{reference}", page="/", into="suggestion", title="照明改造", text="统一排查"
    )
    clerk.post(f"/submissions/{public_id}/topic", page="/", into="proposal_lead", title="充电桩提案")
    clerk.post(
        f"/submissions/{public_id}/case", page="/", summary="增设充电桩", narrative=MATTER, area="0101"
    )
    page = clerk.get("/submissions/conversions").text
    found = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in page.split("<tr data-row>")[1:]]
    assert [row.split()[1:4] for row in found] == [
        ["老旧小区充电桩不足", "诉求", "增设充电桩"],
        ["老旧小区充电桩不足", "提案线索", "充电桩提案"],
        ["云林苑北门路灯连续半月不亮", "发展建议", "照明改造"],
    ]
    assert visit("member").get("/submissions/conversions").status_code == 403


def test_what_was_sent_the_way_of_a_brief_asks_for_one_until_it_is_written(
    huiyin: World, visit: Visit
) -> None:
    reference, clerk = huiyin.quick("brief"), visit("clerk")
    assert "写成社情民意信息" in words(clerk.get(f"/cases/{reference}").text)
    clerk.post(f"/submissions/for/{reference}", page="/", into="brief", title="照明改造", text="统一排查")
    assert "写成社情民意信息" not in words(clerk.get(f"/cases/{reference}").text)


@pytest.mark.parametrize("who", ["director", "clerk"])
def test_an_accusation_is_never_carried_on(who: str, huiyin: World, visit: Visit) -> None:
    reference = huiyin.raised(is_accusation=True)
    page = f"/submissions/for/{reference}"
    answer = visit(who).post(page, page="/", into="proposal_lead", title="某某问题")
    assert answer.status_code == (409 if who == "director" else 404)


def test_what_was_taken_back_is_not_carried_on(huiyin: World, visit: Visit) -> None:
    public_id = huiyin.submitted()
    huiyin.move_submission(public_id, "withdraw", by="member")
    page = f"/submissions/{public_id}"
    assert "登记为诉求" not in visit("clerk").get(page).text
    assert (
        visit("clerk").post(f"{page}/topic", page="/", into="proposal_lead", title="题目").status_code == 409
    )


@pytest.mark.requirement("T22")
def test_markup_in_what_was_written_is_words(huiyin: World, visit: Visit) -> None:
    text = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    page = visit("clerk").get(f"/submissions/{huiyin.submitted(title=text, text=text)}").text
    assert "<img src=x" not in page and "{{ 7*7 }}" in page


def test_the_pages_are_there_in_english(huiyin: World, visit: Visit) -> None:
    browser, public_id = visit("clerk"), huiyin.brief("sent_up")
    browser.post("/language", page="/", language="en", next="/")
    for path in ("/submissions", f"/submissions/{public_id}", "/submissions/new"):
        said = words(browser.get(path).text)
        assert not [
            word for word in ("委员原文", "报送", "标题", "核稿") if word in said.replace("三个一", "")
        ], path
