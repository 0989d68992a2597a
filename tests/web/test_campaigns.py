"""活动: opening a campaign, its board for each role, exemptions, the annex as a file."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from tests import campaigning
from tests.outgoing import pdf_contents
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.actions import group_reports
from tracker.extensions import db
from tracker.incoming.group_reports import FindingIn, StoryIn
from tracker.models import Committee, Person

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def board(visit: Visit, huiyin: World) -> str:
    """The address of a running campaign."""
    answer = visit("clerk").post("/campaigns", page="/campaigns", preset="two_way", year="2026")
    assert answer.status_code == 302, answer.text
    huiyin.visited(circle="living", persons_count=2)
    return answer.location


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "director", "leader", "auditor"])
def test_who_takes_part_finds_the_campaigns(who: str, visit: Visit, board: str) -> None:
    page = visit(who).get("/campaigns")
    assert page.status_code == 200 and board in page.text
    assert ("开始统计" in page.text) == (who in ("clerk", "director"))


@pytest.mark.parametrize("who", ["dept", "admin"])
def test_departments_and_the_administrator_have_none(who: str, visit: Visit, board: str) -> None:
    assert visit(who).get("/campaigns").status_code == 403
    assert visit(who).get(board).status_code in (403, 404)


def test_a_campaign_of_another_committee_does_not_exist(visit: Visit, board: str) -> None:
    assert visit("dt-clerk").get(board).status_code == 404


@pytest.mark.requirement("S1-17")
def test_a_member_sees_what_is_still_owed_and_nobody_elses(visit: Visit, board: str) -> None:
    page = visit("member").get(board).text
    assert "我的任务" in page and "联系社会群众" in page and 'value="2" max="3"' in page
    assert "各组完成情况" not in page and "陈丽华" not in page


def test_the_office_sees_groups_and_opens_one(visit: Visit, board: str) -> None:
    page = visit("clerk").get(board).text
    assert "各组完成情况" in page and "吴海燕" not in page
    group = (
        page.split("各组完成情况")[-1]
        .split('scope="row"><a href="')[1]
        .split('"')[0]
        .replace("&amp;", "&")
        .partition("#")[0]
    )
    opened = visit("clerk").get(group).text
    assert "吴海燕" in opened and "2/3 差 1" in opened


@pytest.mark.requirement("S2-45")
def test_the_annex_opens_its_visits_and_comes_as_a_file(visit: Visit, board: str) -> None:
    summary = visit("clerk").get(board).text.partition('id="summary"')[2]
    link = summary.partition('href="/visits?')[2].partition('"')[0].replace("&amp;", "&")
    assert "走访困难群众" in visit("clerk").get(f"/visits?{link}").text
    answer = visit("clerk").get(f"{board}/summary.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].isascii()
    assert answer.data.decode("utf-8-sig").splitlines()[-1] == '"汇总","1","0","0","0"'
    assert visit("member").get(f"{board}/summary.csv").status_code == 403


@pytest.mark.requirement("S2-43")
def test_circles_are_columns_where_the_committee_visits_by_circles(visit: Visit, huiyin: World) -> None:
    clerk = visit("dt-clerk")
    address = clerk.post("/campaigns", page="/campaigns", preset="three_circles", year="2026").location
    page = clerk.get(address).text
    assert "界别圈人数" in page and "调研摸排和解难献策阶段" in page and "已结束" in page


def test_an_exemption_is_given_and_ended(visit: Visit, board: str, huiyin: World) -> None:
    with huiyin.reading():
        unit = huiyin.actor("member").posts[0].unit_id
    clerk = visit("clerk")
    page = f"{board}?group={unit}"
    who = clerk.get(page).text.partition('name="who"')[2].split('<option value="')[1].split('"')[0]
    assert (
        clerk.post(f"{board}/exemptions", page=page, who=who, reason="", group=str(unit)).status_code == 422
    )
    given = clerk.post(f"{board}/exemptions", page=page, who=who, reason="长期驻外", group=str(unit))
    assert given.status_code == 302
    shown = clerk.get(page).text
    assert "长期驻外" in shown and "免" in shown
    ending = shown.split('class="exemption" method="post" action="')[1].split('"')[0]
    assert clerk.post(ending, page=page, group=str(unit)).status_code == 302
    assert "长期驻外" not in clerk.get(page).text


def test_a_preset_or_year_that_is_none_is_named(visit: Visit) -> None:
    clerk = visit("clerk")
    answer = clerk.post("/campaigns", page="/campaigns", preset="nonsense", year="2026")
    assert answer.status_code == 422 and "预设里没有这项活动" in answer.text
    assert clerk.post("/campaigns", page="/campaigns", preset="two_way", year="999").status_code == 422


OWN = {"name": "开门纳谏", "starts_on": "2026-11-01", "ends_on": "2027-02-28", "visits": "2", "leads": "1"}


def test_where_no_preset_has_one_the_office_draws_up_a_campaign(visit: Visit, huiyin: World) -> None:
    with huiyin.writing():
        for committee in db.session.scalars(select(Committee)):
            committee.preset = "plain"
    clerk = visit("clerk")
    assert "请用“自拟活动”" in clerk.get("/campaigns").text
    assert "由政协办公室开展" in visit("member").get("/campaigns").text
    answer = clerk.post("/campaigns/own", page="/campaigns", **OWN)
    assert answer.status_code == 302
    board = clerk.get(str(answer.location)).text
    assert "2026年11月1日—2027年2月28日" in board and "走访群众" in board and "双招双引" in board
    again = clerk.post("/campaigns/own", page="/campaigns", **OWN)
    assert again.status_code == 409 and "已经有了" in again.text and "开门纳谏" in again.text
    assert visit("secretary").post("/campaigns/own", page="/account", **OWN).status_code == 403


@pytest.mark.parametrize("ends_on", ["2026-10-31", "2027-11-02"])
def test_a_campaign_ends_after_it_began_and_within_a_year(visit: Visit, ends_on: str) -> None:
    answer = visit("clerk").post("/campaigns/own", page="/campaigns", **OWN | {"ends_on": ends_on})
    check_page(answer)
    assert answer.status_code == 422 and "一年以内" in answer.text and 'value="开门纳谏"' in answer.text


@pytest.mark.requirement("S1-44")
def test_the_board_tells_participation_and_who_is_silent(visit: Visit, board: str) -> None:
    page = visit("clerk").get(board).text
    assert "1 / 2 人，50%" in page
    silent = page.partition("还没有动作的委员")[2].partition("</dl>")[0]
    assert "陈丽华" in silent and "吴海燕" not in silent
    assert "每周走访次数" in page and "2026年11月16日" in page


@pytest.mark.requirement("S1-45")
def test_a_row_of_the_plan_is_ticked_off(visit: Visit, board: str) -> None:
    clerk = visit("clerk")
    action = clerk.get(board).text.partition("/plan/")[2].partition('"')[0]
    address = f"{board}/plan/{action}"
    late = clerk.post(address, page=board, done_on="2026-12-20", evidence="纪要")
    assert late.status_code == 422 and "落实日期不能晚于今天" in late.text
    assert clerk.post(address, page=board, done_on="2026-11-20", evidence="会议纪要第3号").status_code == 302
    assert "会议纪要第3号" in visit("member").get(board).text
    assert visit("member").post(address, page="/account").status_code == 403
    assert clerk.post(f"{board}/plan/none-such", page=board, done_on="2026-11-20").status_code == 404


@pytest.mark.requirement("S2-16")
def test_a_visit_reported_late_is_marked_in_the_list(visit: Visit, board: str, huiyin: World) -> None:
    assert "迟报" not in visit("clerk").get("/visits").text
    huiyin.visited(visited_on="2026-11-02")
    assert "迟报" in visit("clerk").get("/visits").text


def test_the_participants_number_opens_the_visits_they_went_on(
    visit: Visit, board: str, huiyin: World
) -> None:
    with huiyin.reading():
        group, other = campaigning.group_id(huiyin), campaigning.group_id(huiyin, "group2")
    assert "走访困难群众" in visit("clerk").get(f"/visits?went={group}").text
    assert "走访困难群众" not in visit("clerk").get(f"/visits?went={other}").text
    assert "走访困难群众" in visit("clerk").get("/visits?contact=public_person").text
    assert "走访困难群众" not in visit("clerk").get("/visits?contact=enterprise").text


@pytest.mark.requirement("S2-21")
def test_the_pack_and_the_supervision_sheet_are_the_offices(visit: Visit, board: str, huiyin: World) -> None:
    with huiyin.writing():
        clerk = huiyin.actor("clerk")
        found = campaigning.report(huiyin)
        group_reports.supervise(found, FindingIn(found_on=date(2026, 11, 20), finding="一位未走访"), by=clerk)
        group_reports.write_story(found, StoryIn(story="走访了三十户。"), by=clerk)
    pack = visit("clerk").get(f"{board}/pack.pdf")
    words = pdf_contents.text(pack.data)
    for part in (
        "总结会议材料",
        "走访了三十户。",
        "一位未走访",
        "教育界别组：陈丽华",
        "未提交书面情况。",
    ):
        assert part in words, part
    sheet = pdf_contents.text(visit("director").get(f"{board}/supervision.pdf").data)
    assert "督查情况表" in sheet and "一位未走访" in sheet and "走访了三十户" not in sheet
    for who, status in (("secretary", 403), ("leader", 403), ("member", 403), ("dept", 404)):
        assert visit(who).get(f"{board}/pack.pdf").status_code == status


@pytest.mark.requirement("S1-09")
def test_the_board_says_how_many_visits_were_made_within_each_drive(
    visit: Visit, board: str, huiyin: World
) -> None:
    assert "其中“三解三促”中" in visit("clerk").get(board).text
    huiyin.visited(drive="三解三促", reported="三促时说的事")
    page = visit("clerk").get(board).text
    link = page.partition('其中“三解三促”中</dt><dd><a href="')[2].partition('"')[0].replace("&amp;", "&")
    rows = visit("clerk").get(link).text
    assert "三促时说的事" in rows and "走访困难群众" not in rows
    # Whoever may not read visits sees the number alone.
    assert "其中“三解三促”中</dt><dd>1 次" in visit("auditor").get(board).text
    assert "其中“三解三促”中" not in visit("member").get(board).text


@pytest.mark.requirement("S1-09")
def test_the_office_names_what_counts_too(visit: Visit, board: str) -> None:
    clerk = visit("clerk")
    answer = clerk.post(f"{board}/drives", page=board, drives="大走访\r\n\r\n三解三促\r\n大走访")
    assert answer.status_code == 302
    assert "大走访、三解三促" in visit("member").get(board).text
    refused = clerk.post(f"{board}/drives", page=board, drives="一")
    assert refused.status_code == 422 and ">\n一</textarea>" in refused.text
    assert 'href="#f-drives"' in refused.text and 'id="f-drives-error"' in refused.text
    assert clerk.post(f"{board}/drives", page=board, drives="").status_code == 302
    assert "一并计入" not in visit("member").get(board).text
    assert visit("secretary").post(f"{board}/drives", page=board, drives="大走访").status_code == 403
    assert 'name="drives"' not in visit("secretary").get(board).text


@pytest.mark.requirement("S1-21")
def test_the_board_says_how_many_members_who_are_a_bridge_took_part(
    visit: Visit, board: str, huiyin: World
) -> None:
    assert "有桥梁身份的委员参与" not in visit("clerk").get(board).text
    with huiyin.writing():
        for login in ("xs-member", "xs-member2"):
            db.session.query(Person).filter_by(login=login).one().bridges = ["professional"]
    page = visit("clerk").get(board).text
    assert '有桥梁身份的委员参与</dt><dd><a href="/members?bridge=any">1 / 2 人</a>' in page
    assert "有桥梁身份的委员参与</dt><dd>1 / 2 人" in visit("leader").get(board).text
    assert ">1 / 1 人</a>" in visit("secretary").get(board).text
    assert "有桥梁身份的委员参与" not in visit("member").get(board).text


@pytest.mark.requirement("S2-16")
@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_how_visits_came_in_opens_exactly_these(who: str, huiyin: World, visit: Visit, board: str) -> None:
    huiyin.visited(visited_on="2026-11-02", at=NOW)
    browser = visit(who)
    page = browser.get(board).text
    for number, words in (("2", "走访"), ("1", "迟报")):
        found = re.search(rf'<dt>{words}</dt><dd><a href="([^"]+)">{number} 次</a>', page)
        assert found, words
        assert browser.get(found[1].replace("&amp;", "&")).text.count("<tr data-row>") == int(number)
    assert "<dt>补报</dt><dd>0 次</dd>" in page
    week = re.search(r'<th scope="row"><a href="([^"]+)">2026年11月2日</a>', page)
    assert week and browser.get(week[1].replace("&amp;", "&")).text.count("<tr data-row>") == 1


def test_a_members_figure_opens_what_was_counted(huiyin: World, visit: Visit, board: str) -> None:
    huiyin.visited(contact={"kind": "enterprise"})
    huiyin.visited(by="member2", contact={"kind": "enterprise"})
    clerk = visit("clerk")
    page = clerk.get(board).text
    group = page.split("各组完成情况")[-1].split('scope="row"><a href="')[1].split('"')[0].partition("#")[0]
    members = clerk.get(group.replace("&amp;", "&")).text.split('id="members"')[1].split("</section>")[0]
    found = re.findall(r'<a href="(/visits\?[^"]+)"><span[^>]*>.*?(\d+)/\d', members, re.S)
    assert len(found) == 2
    for url, number in found:
        rows = clerk.get(url.replace("&amp;", "&"))
        assert rows.text.count("<tr data-row>") == 1 and number in ("1", "2")
    assert "陈丽华" not in members
