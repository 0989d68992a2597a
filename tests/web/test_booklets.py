"""汇编 and 定期汇总: who opens what, the walk from choosing to publishing, the digest's page and files."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import NOW, RESIDENT, World
from tracker.extensions import clock
from tracker.jobs.drain import Worker

pytestmark = pytest.mark.usefixtures("monday")


AGREED = RESIDENT | {"consent_publish": True}


@pytest.fixture
def booklet(visit: Visit, huiyin: World) -> str:
    """The address of a booklet that was begun; there are two visits and an answered case to choose."""
    huiyin.visited(
        reported="北门路灯不亮，欧阳桂兰（13912342186）说晚上看不清台阶。",
        contact={"name": "欧阳桂兰", "phone": "13912342186"},
    )
    huiyin.visited(reported="走访企业，了解用工情况。")
    huiyin.fed_back(resident=AGREED)
    answer = visit("clerk").post(
        "/booklets", page="/booklets", title="走进群众", subtitle="成果汇编", chapter_by="kind"
    )
    assert answer.status_code == 302, answer.text
    return str(answer.location).removesuffix("/choose")


def _choose_all(clerk: Browser, booklet: str) -> str:
    answer = clerk.post(f"{booklet}/choose", page=f"{booklet}/choose", act="all")
    assert answer.status_code == 302, answer.text
    return clerk.get(f"{booklet}/items?show=waiting").text


def _confirm_all(clerk: Browser, booklet: str) -> None:
    ids = re.findall(r'name="ids" value="([^"]+)"', clerk.get(f"{booklet}/items").text)
    answer = clerk.client.post(f"{booklet}/items", data={"ids": ids, "csrf_token": clerk.token(booklet)})
    assert answer.status_code == 302, answer.text


def _move(who: Browser, booklet: str, name: str, **given: str) -> int:
    return who.post(f"{booklet}/moves", page=booklet, move=name, **given).status_code


def _print(huiyin: World) -> None:
    with clock.at(NOW + timedelta(minutes=1)):
        Worker(huiyin.app).run(until_empty=True)


@pytest.mark.parametrize("who", ["member", "secretary", "leader", "auditor"])
def test_only_those_who_make_it_find_an_unpublished_one(who: str, visit: Visit, booklet: str) -> None:
    reader = visit(who)
    assert "走进群众" not in reader.get("/booklets").text
    assert [reader.get(f"{booklet}{end}").status_code for end in ("", "/pdf", "/items")] == [404] * 3


@pytest.mark.parametrize("who", ["dept", "admin"])
def test_departments_and_the_administrator_have_none(who: str, visit: Visit, booklet: str) -> None:
    assert visit(who).get("/booklets").status_code == 403
    assert visit(who).get("/digests").status_code == 403


def test_a_filter_narrows_what_is_offered(visit: Visit, booklet: str) -> None:
    page = visit("clerk").get(f"{booklet}/choose?kind=visit&from=2026-11-01&to=2026-11-30").text
    assert "走访企业" in page and "全部选入（2 条）" in page
    assert "没有符合条件的内容" in visit("clerk").get(f"{booklet}/choose?quality=adopted").text
    assert visit("clerk").get(f"{booklet}/choose?from=2026-12-01&to=2026-11-01").status_code == 422


def test_ticking_nothing_says_so(visit: Visit, booklet: str) -> None:
    clerk = visit("clerk")
    clerk.post(f"{booklet}/choose", page=f"{booklet}/choose", act="ticked")
    assert "没有选中任何一条" in clerk.get(f"{booklet}/choose").text


@pytest.mark.requirement("T45")
def test_what_still_tells_somebody_is_marked_and_refused(visit: Visit, booklet: str) -> None:
    clerk = visit("clerk")
    waiting = _choose_all(clerk, booklet)
    assert "13912342186" not in waiting
    item = re.findall(r'name="ids" value="([^"]+)"', waiting)[0]
    page = f"{booklet}/items/{item}"
    words = {"chapter": "走访纪实", "title": "路灯", "text": "电话13912342186联系。", "confirm": "1"}
    answer = clerk.post(page, page=page, **words)
    assert answer.status_code == 422 and "还有能认出人的内容（电话）" in answer.text
    assert 'class="hit hit-phone"' in answer.text
    clerk.post(page, page=page, **words | {"confirm": ""})
    assert "hit hit-phone" in clerk.get(f"{booklet}/items").text
    answer = clerk.client.post(f"{booklet}/items", data={"ids": [item], "csrf_token": clerk.token(booklet)})
    assert answer.status_code == 422 and "请改去再确认" in answer.text


@pytest.mark.requirement("T45")
@pytest.mark.requirement("S2-22")
@pytest.mark.timeout(120)
def test_the_walk_from_choosing_to_a_published_book(visit: Visit, huiyin: World, booklet: str) -> None:
    clerk = visit("clerk")
    _choose_all(clerk, booklet)
    assert _move(clerk, booklet, "submit") == 409
    _confirm_all(clerk, booklet)
    assert _move(clerk, booklet, "submit") == 302
    assert "正在排队" in clerk.get(booklet).text
    assert clerk.get(f"{booklet}/pdf").status_code == 503
    _print(huiyin)
    assert "SHA-256" in clerk.get(booklet).text
    assert _move(visit("clerk2"), booklet, "check") == 302
    assert _move(clerk, booklet, "publish") == 409
    assert visit("member").get(f"{booklet}/pdf").status_code == 404
    assert _move(visit("director"), booklet, "approve") == 302
    assert _move(clerk, booklet, "publish") == 302
    member = visit("member")
    assert "走进群众" in member.get("/booklets").text
    assert member.get(f"{booklet}/pdf").data.startswith(b"%PDF")
    assert member.get(f"{booklet}/docx").status_code == 404
    word = clerk.get(f"{booklet}/docx")
    assert word.data.startswith(b"PK") and word.headers["Content-Disposition"].isascii()


@pytest.mark.requirement("T45")
def test_the_editor_sees_why_somebody_else_must_approve(visit: Visit, huiyin: World, booklet: str) -> None:
    clerk = visit("clerk")
    _choose_all(clerk, booklet)
    _confirm_all(clerk, booklet)
    _move(clerk, booklet, "submit")
    assert "要由没有参加编辑、也没有审核过的人来办" in clerk.get(booklet).text
    assert _move(clerk, booklet, "check") == 403


@pytest.mark.requirement("T45")
def test_what_reads_like_a_name_is_confirmed_by_opening_it(visit: Visit, huiyin: World, booklet: str) -> None:
    clerk = visit("clerk")
    huiyin.visited(reported="李秀珍说食堂的饭菜很好。")
    _choose_all(clerk, booklet)
    page = clerk.get(f"{booklet}/items").text
    assert "李秀珍<span" in page and "欧阳某某说晚上看不清台阶" in page
    ids = re.findall(r'name="ids" value="([^"]+)"', page)
    answer = clerk.client.post(f"{booklet}/items", data={"ids": ids, "csrf_token": clerk.token(booklet)})
    assert answer.status_code == 422 and answer.text.count("请打开这一条看过再确认") == 1
    one = f"{booklet}/items/{ids[2]}"
    words = {"chapter": "走访纪实", "title": "食堂", "text": "李秀珍说食堂的饭菜很好。", "confirm": "1"}
    assert clerk.post(one, page=one, **words).status_code == 302


def test_an_item_moves_and_is_left_out(visit: Visit, booklet: str) -> None:
    clerk = visit("clerk")
    _choose_all(clerk, booklet)
    item = re.findall(r'name="ids" value="([^"]+)"', clerk.get(f"{booklet}/items").text)[0]
    for way, status in (("down", 302), ("out", 302), ("in", 302), ("sideways", 422)):
        answer = clerk.post(f"{booklet}/items/{item}/place", page=booklet, way=way)
        assert answer.status_code == status


@pytest.mark.requirement("S1-49")
def test_an_exemplary_mark_is_set_and_taken_back_on_the_page(visit: Visit, huiyin: World) -> None:
    public_id = huiyin.visited(reported="上门讲解医保政策。")
    page = f"/visits/{public_id}"
    secretary = visit("secretary")
    answer = secretary.post("/exemplars", page=page, kind="visit", ident=public_id, reason="讲得明白")
    assert answer.status_code == 302 and "讲得明白" in secretary.get(page).text
    assert "树为典型" not in visit("member").get(page).text
    assert "讲得明白" in visit("leader").get("/digests?period=week&on=2026-11-23").text
    end = re.search(r'action="(/exemplars/[^"]+/end)"', secretary.get(page).text)
    assert end and secretary.post(end[1], page=page).status_code == 302
    assert "讲得明白" not in secretary.get(page).text


@pytest.mark.requirement("S1-47")
@pytest.mark.timeout(120)
def test_a_digest_counts_the_week_and_comes_as_files(visit: Visit, huiyin: World) -> None:
    huiyin.visited(visited_on="2026-11-20", persons_count=3)
    huiyin.fed_back(resident=AGREED)
    clerk = visit("clerk")
    page = clerk.get("/digests?period=week&on=2026-11-20").text
    row = re.search(r"走访人数</th><td[^>]*><a[^>]*>(\d+)<", page)
    assert row and row[1] == "3"
    assert "2026年11月16日—2026年11月22日" in page and "教育界别组" in page
    assert "/visits?from=2026-11-16&amp;to=2026-11-22" in page and "from=2026-11-09" in page
    assert "2026-11-20" not in clerk.get("/visits?from=2026-11-09&to=2026-11-15").text
    assert clerk.get("/digests/pdf?period=month&on=2026-11-20").data.startswith(b"%PDF")
    assert clerk.get("/digests/xlsx?period=quarter&on=2026-11-20").data.startswith(b"PK")
    assert clerk.get("/digests?period=decade").status_code == 422
    for end in ("week&on=0001-01-01", "month&on=9999-12-01", "quarter&on=9999-12-31"):
        assert clerk.get(f"/digests?period={end}").status_code == 422
    assert visit("leader").get("/digests/pdf").status_code == 403


@pytest.mark.requirement("S1-47")
def test_a_digest_is_sent_to_leaders_and_directors(visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    clerk.post("/digests/send", page="/digests", period="week", on="2026-11-16")
    assert "已发送 1 次" in clerk.get("/digests?period=week&on=2026-11-16").text
    _print(huiyin)
    assert "活动汇总已经送出" in visit("leader").get("/notices").text
    assert visit("leader").post("/digests/send", page="/digests", period="week").status_code == 403


def test_circles_are_offered_only_where_there_are_any(visit: Visit, app: Flask, booklet: str) -> None:
    page = visit("clerk").get("/booklets").text
    assert 'value="circle"' not in page and re.search(r'value="kind" checked', page)
    assert 'name="circle"' not in visit("clerk").get(f"{booklet}/choose").text
    assert 'value="circle" checked' in Browser(app, "dt-clerk").get("/booklets").text


def test_the_course_of_a_booklet_is_not_marked_internal(visit: Visit, booklet: str) -> None:
    page = visit("clerk").get(booklet).text
    assert "开始编辑" in page and 'class="audience"' not in page


def test_a_title_taken_from_a_long_sentence_ends_with_a_clause(
    visit: Visit, huiyin: World, booklet: str
) -> None:
    huiyin.visited(
        reported="走访返乡创业青年，草莓大棚进入采摘期，线上订单占四成，对镇里组织的直播培训评价好。"
    )
    shown = _choose_all(visit("clerk"), booklet)
    assert re.search(r"</?\w[^>]*>\s*走访返乡创业青年，草莓大棚进入采摘期，线上订单占四成\s*</h2>", shown)
