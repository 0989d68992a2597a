"""Lists: filters in the address, pages by cursor, files with what the screen shows, acts on several rows."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Case, Membership, Person
from tracker.queries import beside

ROWS = re.compile(r"<tr data-row>.*?</tr>", re.S)


def rows(text: str) -> list[str]:
    return ROWS.findall(text)


def sheet(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"一", "二", "三"}),
        ("state=raised", {"一", "二"}),
        ("state=coordinated", {"三"}),
        ("waiting=to_coordinate&category=B", {"一", "二"}),
        ("q=老人", {"一"}),
        ("q=老人+桥", set()),
        ("area=01&overdue=1", set()),
        ("disposition=withdrawn", {"二"}),
        ("from=2026-11-23&to=2026-11-23", {"一", "二", "三"}),
        ("to=2026-11-22", set()),
        ("unit=housing", {"三"}),
        ("group=group2", {"二"}),
    ],
)
def test_filters_narrow_the_list(query: str, found: set[str], huiyin: World, visit: Visit) -> None:
    huiyin.raised(summary="诉求一号", narrative="晚上老人散步看不清台阶，希望尽快恢复照明。")
    second = huiyin.raised(summary="诉求二号", narrative="河边护栏松动，希望尽快修好。", by="member2")
    huiyin.coordinated(summary="诉求三号", narrative="公交站牌倒伏，希望尽快扶正。")
    if "disposition" in query:
        huiyin.move(second, "withdraw", reason="群众自己撤回")
    text = "".join(rows(visit("clerk").get(f"/cases?{query}").text))
    assert set(re.findall("诉求(.)号", text)) == found


def test_the_filters_that_are_on_can_be_taken_off_one_by_one(huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    text = visit("clerk").get("/cases?state=raised&q=路灯").text
    assert "去掉筛选 状态：已提出" in text
    assert 'href="/cases?q=%E8%B7%AF%E7%81%AF"' in text
    assert 'href="/cases?state=raised"' in text


def test_pages_follow_each_other_without_gap_or_repeat(huiyin: World, visit: Visit) -> None:
    references = [huiyin.raised() for _ in range(5)]
    browser, seen, path = visit("clerk"), [], "/cases?limit=2"
    while path:
        text = browser.get(path).text
        seen += re.findall(r'<td class="ref num">([^<]+)</td>', text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") + "&limit=2" if following else ""
    assert seen == references[::-1]


def test_the_file_holds_the_rows_and_columns_of_the_screen(huiyin: World, visit: Visit) -> None:
    huiyin.raised(summary="=1+1 是事由")
    huiyin.coordinated()
    browser = visit("clerk")
    answer = browser.get("/cases/export?state=raised")
    heads, *lines = sheet(answer.data)
    assert heads == ["编号", "事由", "类别", "地区", "状态", "承办单位", "时限", "更新"]
    assert [line[1] for line in lines] == ["'=1+1 是事由"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "欧阳桂兰" not in answer.text
    assert "13912342186" not in answer.text


def test_ticked_rows_alone_can_be_taken_as_a_file(huiyin: World, visit: Visit) -> None:
    one, _other = huiyin.raised(), huiyin.raised()
    answer = visit("clerk").post("/cases/bulk", page="/", act="export", ids=[one])
    assert [line[0] for line in sheet(answer.data)[1:]] == [one]


def test_a_file_never_holds_what_the_visitor_may_not_see(huiyin: World, visit: Visit) -> None:
    foreign = huiyin.raised(by="member2")
    answer = visit("member").post("/cases/bulk", page="/", act="export", ids=[foreign])
    assert sheet(answer.data)[1:] == []


def test_a_leader_takes_no_files(huiyin: World, visit: Visit) -> None:
    browser = visit("leader")
    assert browser.get("/cases/export").status_code == 403
    assert browser.post("/cases/bulk", page="/", act="export").status_code == 403
    assert "导出" not in browser.get("/cases").text


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("noun", ["cases", "assignments"])
def test_a_leader_who_is_also_a_member_takes_the_own_rows_only(
    noun: str, huiyin: World, visit: Visit
) -> None:
    own, other = huiyin.handled(by="member"), huiyin.handled(by="member2")
    with huiyin.writing():
        member, leader = huiyin.actor("member"), huiyin.actor("leader")
        person = db.session.get_one(Person, leader.id)
        person.posts.append(Membership(unit_id=member.posts[0].unit_id, role="member"))
        for case in db.session.scalars(select(Case).where(Case.reference == own)):
            case.raised_by_id = person.id
    reader = visit("leader")
    page = reader.get(f"/{noun}").text
    assert other in page and re.findall(r'data-moves="([^"]*)"', page) == ["", "export"]
    assert "您能看、但不能带走的" in page
    text = reader.get(f"/{noun}/export").data.decode("utf-8-sig")
    assert own in text and other not in text
    keys = [own, other] if noun == "cases" else huiyin.shares(own) + huiyin.shares(other)
    text = reader.post(f"/{noun}/bulk", act="export", ids=keys).data.decode("utf-8-sig")
    assert own in text and other not in text


def test_several_cases_are_closed_at_once_and_the_others_say_why_not(huiyin: World, visit: Visit) -> None:
    ready, early = huiyin.fed_back(), huiyin.raised()
    browser = visit("director")
    page = browser.get("/cases").text
    assert page.count('data-moves="close export"') == 1
    answer = browser.post("/cases/bulk", page="/", act="close", ids=[ready, early])
    assert answer.location == "/cases"
    told = browser.get("/cases").text
    assert "结案 1 件" in told
    assert f"{early} 没有办" in told
    assert "已结案" in "".join(rows(told))


def test_a_department_accepts_several_at_once(huiyin: World, visit: Visit) -> None:
    shares = [huiyin.shares(huiyin.coordinated())[0] for _ in range(3)]
    browser = visit("dept")
    browser.post("/assignments/bulk?waiting=to_accept", page="/", act="accept", ids=shares)
    assert "签收 3 件" in browser.get("/assignments").text
    assert "待签收" not in "".join(rows(browser.get("/assignments?waiting=to_accept").text))


def test_nobody_does_for_many_rows_what_they_may_not_do_for_one(huiyin: World, visit: Visit) -> None:
    reference = huiyin.fed_back()
    visit("member").post("/cases/bulk", page="/", act="close", ids=[reference])
    assert "已结案" not in "".join(rows(visit("clerk").get("/cases").text))


def test_another_departments_share_cannot_be_accepted_in_passing(huiyin: World, visit: Visit) -> None:
    reference = huiyin.coordinated()
    visit("dept2").post("/assignments/bulk", page="/", act="accept", ids=huiyin.shares(reference))
    with huiyin.reading():
        assert huiyin.case(reference).assignments[0].state == "dispatched"


def test_lists_of_letters_show_numbers_and_states(huiyin: World, visit: Visit) -> None:
    huiyin.letter(huiyin.handled(), "issued")
    text = visit("clerk").get("/letters?waiting=to_deliver").text
    assert "锡政协办函〔2026〕1号" in text
    assert "待送达" in text
    assert visit("clerk").get("/letters/export").text.count("锡政协办函") == 1


def test_lists_of_visits_leave_out_whom_one_met(huiyin: World, visit: Visit) -> None:
    huiyin.visited(
        contact={"name": "欧阳桂兰", "phone": "13912342186"}, address="云林苑12号", consent_process=True
    )
    browser = visit("clerk")
    for path in ("/visits", "/visits/export"):
        text = browser.get(path).text
        assert "吴海燕" in text
        assert "欧阳桂兰" not in text


def test_a_case_opened_from_a_list_knows_its_neighbours_there(huiyin: World, visit: Visit) -> None:
    references = [huiyin.raised(), huiyin.coordinated(), huiyin.raised()]
    browser = visit("clerk")
    link = re.search(rf'href="(/cases/{references[2]}\?list=[^"]+)"', browser.get("/cases?state=raised").text)
    assert link
    page = browser.get(link[1].replace("&amp;", "&")).text
    after = re.search(r'href="/cases/([^"?]+)[^"]*" rel="next"', page)
    assert after and after[1] == references[0]


def neighbours(page: str) -> dict[str, str]:
    """``prev`` and ``next`` → address, and ``place`` → the words for it."""
    part = page.partition('class="beside"')[2].partition("</nav>")[0]
    found = {rel: link.replace("&amp;", "&") for link, rel in re.findall(r'href="([^"]+)" rel="(\w+)"', part)}
    place = re.search(r'<span class="num">([^<]+)</span>', part)
    return found | ({"place": place[1]} if place else {})


def test_going_through_a_list_keeps_its_filters_and_tells_the_place(huiyin: World, visit: Visit) -> None:
    references = [huiyin.raised(), huiyin.coordinated(), huiyin.raised(), huiyin.raised()]
    browser = visit("clerk")
    first = re.search(r'<td class="lead"><a href="([^"]+)"', browser.get("/cases?state=raised&q=路灯").text)
    assert first
    path, seen = first[1].replace("&amp;", "&"), []
    while path:
        found = neighbours(browser.get(path).text)
        seen.append((path.partition("?")[0].rpartition("/")[2], found["place"]))
        assert "q%3D%25E8%25B7%25AF%25E7%2581%25AF" in path and "state%3Draised" in path
        path = found.get("next", "")
    newest_first = [references[3], references[2], references[0]]
    assert seen == [(number, f"第 {n}/3 件") for n, number in enumerate(newest_first, start=1)]


def test_the_whole_list_has_places_too_but_a_case_from_elsewhere_has_none(
    huiyin: World, visit: Visit
) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    assert f'href="/cases/{reference}?list="' in browser.get("/cases").text
    assert neighbours(browser.get(f"/cases/{reference}?list=").text) == {"place": "第 1/1 件"}
    assert neighbours(browser.get(f"/cases/{reference}").text) == {}


def test_a_case_that_left_the_list_still_leads_on_in_it(huiyin: World, visit: Visit) -> None:
    first, done, last = huiyin.raised(), huiyin.coordinated(), huiyin.raised()
    found = neighbours(visit("clerk").get(f"/cases/{done}?list=state%3Draised").text)
    assert found == {
        "prev": f"/cases/{last}?list=state%3Draised", "next": f"/cases/{first}?list=state%3Draised",
    }  # fmt: skip


def test_no_place_is_counted_far_down_a_list(
    huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "REACH", 2)
    references = [huiyin.raised() for _ in range(4)]
    browser = visit("clerk")
    found = [neighbours(browser.get(f"/cases/{number}?list=").text) for number in references[::-1]]
    assert [entry.get("place") for entry in found] == ["第 1/2+ 件", "第 2/2+ 件", None, None]
    assert [entry.get("next") for entry in found] == [
        *(f"/cases/{number}?list=" for number in references[2::-1]), None,
    ]  # fmt: skip


def test_the_neighbours_are_cases_one_may_read(huiyin: World, visit: Visit) -> None:
    mine = [huiyin.raised(), huiyin.raised()]
    huiyin.raised(by="member2")
    huiyin.raised(by="member2", is_accusation=True)
    assert neighbours(visit("member").get(f"/cases/{mine[1]}?list=").text) == {
        "next": f"/cases/{mine[0]}?list=", "place": "第 1/2 件",
    }  # fmt: skip


def test_an_act_on_the_page_leads_back_into_the_list(huiyin: World, visit: Visit) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    page = browser.get(f"/cases/{reference}?list=state%3Draised").text
    assert f'action="/cases/{reference}/notes?list=state%3Draised"' in page
    answer = browser.post(f"/cases/{reference}/notes?list=state%3Draised", text="已电话问过")
    assert answer.location == f"/cases/{reference}?list=state%3Draised"


def test_an_empty_list_says_what_would_be_there(visit: Visit) -> None:
    assert "还没有诉求" in visit("clerk").get("/cases").text
    assert "没有符合这些条件的" in visit("clerk").get("/cases?state=raised").text


@pytest.mark.requirement("T14")
def test_the_raiser_reads_before_the_export_that_an_accusation_stays_behind(
    huiyin: World, visit: Visit
) -> None:
    huiyin.raised()
    huiyin.raised(is_accusation=True)
    moves = re.findall(r'data-moves="([^"]*)"', visit("member").get("/cases").text)
    assert moves == ["", "export"]
