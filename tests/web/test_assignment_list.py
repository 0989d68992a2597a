"""The list of assignments: the office looks across departments, a department sees its own and no summary."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.web.conftest import Visit
from tests.world import NOW, TRANSFER, World
from tracker.extensions import clock

pytestmark = pytest.mark.usefixtures("monday")

SUMMARY = "云林苑北门路灯连续半月不亮"
WHY = "经现场核实，这条路的照明由市政养护单位负责，不归我局管理。"
BOTH = (("housing", "lead"), ("transport", "co"))


def rows(text: str) -> list[str]:
    """Each row's words, blanks pressed together."""
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def numbers(text: str) -> list[str]:
    return re.findall(r'<td class="ref num">([^<]+)</td>', text)


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def share(huiyin: World, reference: str) -> str:
    return huiyin.shares(reference)[0]


def test_the_office_has_one_row_a_department(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated(units=BOTH)
    found = rows(visit("clerk").get("/assignments").text)
    assert len(found) == 2
    assert "区交通运输局" in found[0] and "会办" in found[0]
    assert "区住房和城乡建设局" in found[1] and "主办" in found[1]
    assert all(SUMMARY in row for row in found)


@pytest.mark.requirement("T05")
def test_a_department_reads_the_transfer_text_and_never_the_summary(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated(units=BOTH)
    browser = visit("dept")
    for text in (browser.get("/assignments").text, browser.get("/assignments/export").text):
        assert TRANSFER[:30] in text
        assert SUMMARY not in text and "区交通运输局" not in text


def test_a_draft_is_the_office_s_alone(huiyin: World, visit: Visit) -> None:
    huiyin.drafted(huiyin.raised(), "housing")
    assert len(rows(visit("clerk").get("/assignments").text)) == 1
    assert rows(visit("dept").get("/assignments").text) == []


# Of three: dispatched to one department, accepted by another, replied by the first.
FILTERS: dict[str, set[int]] = {
    "": {1, 2, 3},
    "state=dispatched": {1},
    "state=accepted": {2},
    "state=replied": {3},
    "state=waived": set(),
    "waiting=to_accept": {1},
    "waiting=working": {2},
    "waiting=to_review": {3},
    "waiting=overdue": set(),
    "overdue=true": set(),
    "unit=housing": {1, 3},
    "unit=transport": {2},
    "unit=transport&state=replied": set(),
    "unit=nowhere": set(),
}


def test_filters_narrow_the_rows(huiyin: World, visit: Visit) -> None:
    references = [
        huiyin.coordinated(),
        huiyin.coordinated(units=(("transport", "lead"),)),
        huiyin.replied(),
    ]
    huiyin.move_share(share(huiyin, references[1]), "accept")
    clerk = visit("clerk")
    for query, found in FILTERS.items():
        seen = numbers(clerk.get(f"/assignments?{query}").text)
        assert {references.index(number) + 1 for number in seen} == found, query


@pytest.mark.parametrize(
    "query", ["state=flying", "waiting=flying", "overdue=maybe", "limit=0", "limit=201", "limit=x"]
)
@pytest.mark.parametrize("path", ["/assignments", "/assignments/export"])
def test_an_address_with_a_fault_is_refused_with_a_sentence(path: str, query: str, visit: Visit) -> None:
    answer = visit("clerk").get(f"{path}?{query}")
    assert answer.status_code == 422
    assert "内容需要改正" in answer.text


def test_what_is_not_ours_in_the_address_is_passed_over(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    assert len(rows(visit("clerk").get("/assignments?utm_source=x&state=&unit=").text)) == 1


def test_late_rows_say_how_late_and_the_filter_finds_them(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    with clock.at(NOW + timedelta(days=70)):
        browser = visit("clerk")
        (row,) = rows(browser.get("/assignments?overdue=true").text)
        assert "已逾期" in row
        assert rows(browser.get("/assignments?waiting=overdue").text) == [row]


def test_an_answered_row_has_no_deadline_any_more(huiyin: World, visit: Visit) -> None:
    huiyin.replied()
    with clock.at(NOW + timedelta(days=70)):
        (row,) = rows(visit("clerk").get("/assignments").text)
    assert "逾期" not in row and "剩" not in row


def test_views_count_what_they_open(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    huiyin.move_share(share(huiyin, huiyin.coordinated()), "accept")
    browser = visit("dept")
    page = browser.get("/assignments").text
    tabs = re.findall(r'href="(/assignments\?waiting=\w+)"[^>]*>([^<]+)<[^>]*>(\d+)<', page)
    assert {label.strip() for _, label, count in tabs if count != "0"} >= {"待签收", "办理中"}
    for address, _, count in tabs:
        assert len(rows(browser.get(address).text)) == int(count), address


def test_a_department_is_offered_no_choice_of_departments(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    assert 'name="unit"' not in visit("dept").get("/assignments").text
    assert 'name="unit"' in visit("clerk").get("/assignments").text


@pytest.mark.parametrize("query", ["", "state=accepted"])
def test_an_empty_list_says_what_would_stand_there(query: str, visit: Visit) -> None:
    said = visit("dept").get(f"/assignments?{query}").text
    assert ("没有符合这些条件的" if query else "还没有交办") in said
    assert "data-check-all" not in said and "data-bulk" not in said


def test_pages_follow_each_other_and_keep_the_filter(huiyin: World, visit: Visit) -> None:
    references = [huiyin.coordinated() for _ in range(3)]
    browser, path, seen = visit("clerk"), "/assignments?limit=2&unit=housing", []
    while path:
        text = browser.get(path).text
        seen.append(numbers(text))
        following = re.search(r'rel="next" href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") + "&limit=2" if following else ""
        assert not path or "unit=housing" in path
    assert seen == [references[:0:-1], references[:1]]


@pytest.mark.parametrize(
    ("who", "ready"), [("dept", ["accept export", "export"]), ("clerk", ["export"] * 2), ("leader", [])]
)
def test_a_row_says_for_which_acts_it_is_ready(
    who: str, ready: list[str], huiyin: World, visit: Visit
) -> None:
    huiyin.replied()
    huiyin.coordinated()
    page = visit(who).get("/assignments").text
    assert re.findall(r'data-moves="([^"]*)"', page) == ready


def test_of_several_ticked_the_ready_ones_are_accepted_and_the_others_named(
    huiyin: World, visit: Visit
) -> None:
    open_one, answered = huiyin.coordinated(), huiyin.replied()
    browser = visit("dept")
    ids = [share(huiyin, open_one), share(huiyin, answered)]
    answer = browser.post("/assignments/bulk?unit=housing", page="/", act="accept", ids=ids)
    assert answer.location == "/assignments?unit=housing"
    told = browser.get("/assignments").text
    assert "签收 1 件" in told and f"{answered} 没有办" in told


@pytest.mark.parametrize("ids", [[], ["no-such-share"], ["'"]])
def test_an_act_on_nothing_says_so(ids: list[str], visit: Visit) -> None:
    browser = visit("dept")
    assert browser.post("/assignments/bulk", page="/", act="accept", ids=ids).status_code == 302
    assert "没有勾选任何一行" in browser.get("/assignments").text


@pytest.mark.parametrize("act", ["", "revoke", "reply", "close", "approve_reply"])
def test_no_other_act_is_made_on_many_rows(act: str, huiyin: World, visit: Visit) -> None:
    reference = huiyin.replied()
    ids = huiyin.shares(reference)
    for who in ("director", "dept"):
        assert visit(who).post("/assignments/bulk", page="/", act=act, ids=ids).status_code == 302
    with huiyin.reading():
        assert [one.state for one in huiyin.case(reference).assignments] == ["replied"]


def test_the_file_has_the_filter_s_rows_and_says_how_late(huiyin: World, visit: Visit) -> None:
    reference = huiyin.coordinated(units=BOTH)
    with clock.at(NOW + timedelta(days=70)):
        answer = visit("clerk").get("/assignments/export?unit=transport")
    heads, row = lines(answer.data)
    assert heads == ["编号", "事由", "分工", "时限类别", "状态", "承办单位", "时限", "更新"]
    assert row[0] == reference and row[2] == "会办" and row[5] == "区交通运输局"
    assert row[6].startswith("已逾期") and "月" in row[6]


def test_a_file_is_named_after_the_list_and_the_day_in_shanghai(huiyin: World, visit: Visit) -> None:
    with clock.at(NOW.replace(hour=17)):
        named = visit("clerk").get("/assignments/export").headers["Content-Disposition"]
    assert named == f"attachment; filename*=UTF-8''{quote('交办-20261124.csv')}"


def test_another_department_s_row_is_in_no_file_even_when_ticked(huiyin: World, visit: Visit) -> None:
    ids = huiyin.shares(huiyin.coordinated())
    answer = visit("dept2").post("/assignments/bulk", page="/", act="export", ids=ids)
    assert lines(answer.data)[1:] == []


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("admin", 403), ("auditor", 200)])
def test_who_may_take_ticked_rows_away(who: str, status: int, huiyin: World, visit: Visit) -> None:
    ids = huiyin.shares(huiyin.coordinated())
    assert visit(who).post("/assignments/bulk", page="/", act="export", ids=ids).status_code == status


def test_rows_of_another_committee_do_not_exist(huiyin: World, visit: Visit) -> None:
    ids = huiyin.shares(huiyin.coordinated())
    browser = visit("dt-clerk")
    assert rows(browser.get("/assignments").text) == []
    assert lines(browser.post("/assignments/bulk", page="/", act="export", ids=ids).data)[1:] == []
