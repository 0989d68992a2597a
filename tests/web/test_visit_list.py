"""The list of visits: who went where in which circle, never to whom."""

import csv
import io
import re

import pytest

from tests import campaigning
from tests.web.conftest import Visit
from tests.world import World
from tracker.queries import people

pytestmark = pytest.mark.usefixtures("monday")

MET = {"name": "欧阳桂兰", "phone": "13912342186"}


def rows(text: str) -> list[str]:
    """Each row's words, blanks pressed together."""
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def three(huiyin: World) -> World:
    """Three visits of two members of two groups in two circles."""
    huiyin.visited(reported="走访一号", visited_on="2026-11-18", circle="living")
    huiyin.visited(reported="走访二号", visited_on="2026-11-20", circle="sector", channel="phone")
    huiyin.visited(reported="走访三号", visited_on="2026-11-22", circle="friends", by="member2")
    return huiyin


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "一二三"),
        ("circle=sector", "二"),
        ("circle=friends", "三"),
        ("from=2026-11-20", "二三"),
        ("to=2026-11-20", "一二"),
        ("from=2026-11-20&to=2026-11-20", "二"),
        ("from=2026-11-21&to=2026-11-19", ""),
        ("group=group", "一二"),
        ("group=group2", "三"),
        ("group=group2&circle=living", ""),
        ("group=nowhere", ""),
        ("member=nobody", ""),
    ],
)
def test_filters_narrow_the_rows(query: str, found: str, three: World, visit: Visit) -> None:
    text = "".join(rows(visit("clerk").get(f"/visits?{query}").text))
    assert set(re.findall("走访(.)号", text)) == set(found)


def test_one_member_s_visits_are_found_by_the_member_s_own_id(three: World, visit: Visit) -> None:
    with three.reading():
        member = people.by_login("xs-member2")
        assert member is not None
        public_id = member.public_id
    (row,) = rows(visit("clerk").get(f"/visits?member={public_id}").text)
    assert "走访三号" in row and "陈丽华" in row and "教育界别组" in row


@pytest.mark.parametrize(
    "query", ["circle=square", "from=tomorrow", "to=2026-13-01", "from=0001-01-01", "limit=-1", "after=%00"]
)
@pytest.mark.parametrize("path", ["/visits", "/visits/export"])
def test_an_address_with_a_fault_is_refused(path: str, query: str, visit: Visit) -> None:
    if path.endswith("export") and query.startswith("after"):
        path = "/visits"
    assert visit("clerk").get(f"{path}?{query}").status_code in (400, 422)


@pytest.mark.parametrize(
    ("who", "found"),
    [("member", "一二"), ("member2", "三"), ("secretary", "一二"), ("leader", "一二三"), ("dt-clerk", "")],
)
def test_everybody_lists_the_visits_one_may_read(who: str, found: str, three: World, visit: Visit) -> None:
    text = "".join(rows(visit(who).get("/visits").text))
    assert set(re.findall("走访(.)号", text)) == set(found)


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "director"])
def test_a_file_names_nobody_who_was_met_and_repeats_nothing_that_was_said(
    who: str, huiyin: World, visit: Visit
) -> None:
    huiyin.visited(contact=MET, address="云林苑12号楼", consent_process=True, reported="楼道灯坏了三个月")
    answer = visit(who).get("/visits/export")
    heads, row = lines(answer.data)
    assert heads == ["日期", "委员", "小组", "圈子", "方式", "人数", "提出诉求", "其他活动"]
    assert row == ["11月20日", "吴海燕", "东亭街道工委会", "生活圈", "当面", "1", "0", ""]


def test_what_was_said_is_shown_in_one_short_line(huiyin: World, visit: Visit) -> None:
    huiyin.visited(reported="楼道灯\n坏了" + "很久" * 40)
    (row,) = rows(visit("clerk").get("/visits").text)
    gist = row.split()[1:3]
    assert gist[0] == "楼道灯" and gist[1].startswith("坏了很久") and gist[1].endswith("…")
    assert len(" ".join(gist)) == 42


def test_a_row_says_how_many_people_and_cases_there_were(huiyin: World, visit: Visit) -> None:
    case = {
        "summary": "楼道灯坏了",
        "narrative": "楼道灯坏了三个月，一直没人修。",
        "area": "0101",
        "source": "visit",
    }
    huiyin.visited(persons_count=12, cases=[case, case | {"summary": "护栏松动"}])
    assert lines(visit("clerk").get("/visits/export").data)[1][5:7] == ["12", "2"]


def test_a_committee_without_circles_neither_filters_by_them_nor_shows_them(
    three: World, visit: Visit
) -> None:
    text = visit("clerk").get("/visits").text
    assert 'name="circle"' not in text and "界别圈" not in "".join(rows(text))
    assert 'name="circle"' in visit("dt-clerk").get("/visits").text


def test_a_member_alone_chooses_no_group(three: World, visit: Visit) -> None:
    assert 'name="group"' not in visit("member").get("/visits").text
    assert 'name="group"' in visit("clerk").get("/visits").text


@pytest.mark.parametrize(("who", "offered"), [("member", True), ("clerk", False), ("leader", False)])
def test_only_members_are_asked_to_write_a_visit_down(who: str, offered: bool, visit: Visit) -> None:
    text = visit(who).get("/visits").text
    assert "这里还没有走访" in text
    assert ('href="/visits/new"' in text.partition("<main")[2]) is offered


def test_the_chips_say_what_is_filtered_and_each_comes_off_alone(three: World, visit: Visit) -> None:
    text = visit("clerk").get("/visits?circle=living&from=2026-11-01").text
    assert "去掉筛选 走访不早于：2026-11-01" in text
    assert 'href="/visits?circle=living"' in text and 'href="/visits?from=2026-11-01"' in text


def test_ticked_rows_alone_are_taken_and_nobody_else_s(three: World, visit: Visit) -> None:
    page = visit("clerk").get("/visits").text
    boxes = re.findall(r'type="checkbox" name="([^"]+)" value="([^"]+)"', page)
    assert len(boxes) == 3
    sent = {name: [value for _, value in boxes] for name, _ in boxes}
    taken = lines(visit("member").post("/visits/bulk", page="/", act="export", **sent).data)[1:]
    assert [line[0] for line in taken] == ["11月20日", "11月18日"]


@pytest.mark.parametrize("act", ["", "delete"])
def test_there_is_no_other_act_on_visits(act: str, three: World, visit: Visit) -> None:
    answer = visit("clerk").post("/visits/bulk?circle=living", page="/", act=act, ids=["x"])
    assert answer.location == "/visits?circle=living"
    assert len(rows(visit("clerk").get("/visits").text)) == 3


@pytest.mark.parametrize("who", ["leader", "dept", "auditor"])
def test_who_may_take_no_file_takes_none_by_ticking_either(who: str, visit: Visit) -> None:
    assert visit(who).post("/visits/bulk", page="/", act="export").status_code == 403


def test_pages_follow_each_other_without_gap_or_repeat(huiyin: World, visit: Visit) -> None:
    for number in range(5):
        huiyin.visited(reported=f"走访{number}号")
    browser, path, seen = visit("clerk"), "/visits?limit=2", []
    while path:
        text = browser.get(path).text
        seen += re.findall(r"走访(\d)号", "".join(rows(text)))
        following = re.search(r'rel="next" href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") + "&limit=2" if following else ""
    assert seen == ["4", "3", "2", "1", "0"]


@pytest.mark.requirement("S1-09")
def test_visits_are_found_by_the_drive_they_were_made_within(visit: Visit, huiyin: World) -> None:
    browser = visit("clerk")
    assert 'name="drive"' not in browser.get("/visits").text
    campaigning.begun(huiyin)
    huiyin.visited(drive="三解三促", reported="三促时说的事")
    huiyin.visited(reported="平常说的事")
    page = browser.get("/visits?drive=三解三促").text
    assert "三促时说的事" in page and "平常说的事" not in page
    assert lines(browser.get("/visits/export?drive=三解三促").data)[1][-1] == "三解三促"
