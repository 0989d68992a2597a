"""The list of letters: numbers, states and deadlines; whom a letter is to stands in no row and no file."""

import csv
import io
import re
from datetime import timedelta

import pytest

from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.extensions import clock

pytestmark = pytest.mark.usefixtures("monday", "paperless")

CANARIES = ("欧阳", "13912342186", "401室", "更换电缆", "反馈函》", "周文博", "沈立")


def rows(text: str) -> list[str]:
    """Each row's words, blanks pressed together."""
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def stages(huiyin: World) -> dict[str, str]:
    """A letter at each stage of its life: state → public id."""
    return {
        state: huiyin.letter(huiyin.handled(), state)
        for state in ("draft", "submitted", "approved", "issued")
    }


FILTERS: dict[str, set[str]] = {
    "": {"草稿", "待签发", "已签发", "待送达"},
    "state=draft": {"草稿"},
    "state=submitted": {"待签发"},
    "state=voided": set(),
    "waiting=to_sign": {"待签发"},
    "waiting=to_issue": {"已签发"},
    "waiting=to_deliver": {"待送达"},
    "waiting=to_sign&state=draft": set(),
}


def test_filters_narrow_the_rows(stages: dict[str, str], visit: Visit) -> None:
    director = visit("director")
    for query, states in FILTERS.items():
        found = rows(director.get(f"/letters?{query}").text)
        shown = {state for row in found for state in ("草稿", "待签发", "已签发", "待送达") if state in row}
        assert shown == states and len(found) == len(states), query


@pytest.mark.parametrize(
    "query", ["state=flying", "state=draft,issued", "waiting=flying", "limit=0", "after=%1B"]
)
def test_an_address_with_a_fault_is_refused_with_a_sentence(query: str, visit: Visit) -> None:
    answer = visit("clerk").get(f"/letters?{query}")
    assert answer.status_code == 422
    assert "内容需要改正" in answer.text


def test_a_letter_without_a_number_says_so_and_has_no_date(huiyin: World, visit: Visit) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference)
    (row,) = rows(visit("clerk").get("/letters").text)
    assert row.startswith("未编号") and reference in row and "11月23日" in row


def test_an_issued_letter_shows_number_date_and_what_is_left(stages: dict[str, str], visit: Visit) -> None:
    (row,) = rows(visit("clerk").get("/letters?state=issued").text)
    assert row.startswith("锡政协办函〔2026〕1号") and "剩 2 个工作日（11月25日）" in row


def test_a_letter_that_was_not_taken_there_in_time_is_late(stages: dict[str, str], visit: Visit) -> None:
    with clock.at(NOW + timedelta(days=14)):
        (row,) = rows(visit("clerk").get("/letters?waiting=to_deliver").text)
    assert "已逾期" in row


@pytest.mark.requirement("T01")
def test_nobody_s_list_says_whom_a_letter_is_to_or_who_wrote_it(stages: dict[str, str], visit: Visit) -> None:
    for who in ("clerk", "director", "member", "secretary", "auditor"):
        browser = visit(who)
        listed = "".join(rows(browser.get("/letters").text))
        assert "反馈函" in listed, who
        for text in (listed, browser.get("/letters/export").text):
            assert [word for word in CANARIES if word in text] == [], who


def test_everybody_lists_the_letters_one_may_read(stages: dict[str, str], visit: Visit) -> None:
    for who, seen in (("member", 4), ("member2", 0), ("secretary", 4), ("dt-clerk", 0)):
        browser = visit(who)
        assert len(rows(browser.get("/letters").text)) == seen, who
        assert len(lines(browser.get("/letters/export").data)) == seen + 1, who


@pytest.mark.parametrize("who", ["leader", "dept", "admin"])
def test_who_reads_no_letter_has_no_list_of_them(who: str, visit: Visit) -> None:
    for path in ("/letters", "/letters/export"):
        assert visit(who).get(path).status_code == 403


def test_two_directors_are_each_offered_what_the_other_drafted(huiyin: World, visit: Visit) -> None:
    reference = huiyin.handled()
    letter = visit("director").post(f"/letters/for/{reference}", page="/").location.rpartition("/")[2]
    huiyin.move_letter(letter, "submit", by="director")
    assert rows(visit("director").get("/letters?waiting=to_sign").text) == []
    assert len(rows(visit("director2").get("/letters?waiting=to_sign").text)) == 1


def test_several_signed_letters_are_numbered_at_once_without_a_gap(huiyin: World, visit: Visit) -> None:
    signed = [huiyin.letter(huiyin.handled(), "approved") for _ in range(2)]
    early = huiyin.handled()
    browser, ids = visit("clerk"), [*signed, huiyin.letter(early)]
    page = browser.get("/letters").text
    assert sorted(re.findall(r'data-moves="([^"]*)"', page)) == ["export", "issue export", "issue export"]
    browser.post("/letters/bulk", page="/", act="issue", ids=ids)
    told = browser.get("/letters").text
    assert "编号并定稿 2 件" in told and f"{early} 没有办" in told
    numbers = re.findall(r"锡政协办函〔2026〕(\d+)号", "".join(rows(told)))
    assert sorted(numbers) == ["1", "2"]


@pytest.mark.parametrize("who", ["member", "secretary", "auditor"])
def test_who_may_not_number_a_letter_is_not_offered_it_and_does_not_do_it(
    who: str, huiyin: World, visit: Visit
) -> None:
    letter = huiyin.letter(huiyin.handled(), "approved")
    browser = visit(who)
    assert 'value="issue"' not in browser.get("/letters").text
    browser.post("/letters/bulk", page="/", act="issue", ids=[letter])
    assert "已签发" in rows(browser.get("/letters").text)[0]


def test_numbering_what_is_not_mine_to_see_does_nothing(huiyin: World, visit: Visit) -> None:
    letter = huiyin.letter(huiyin.handled(), "approved")
    visit("dt-clerk").post("/letters/bulk", page="/", act="issue", ids=[letter])
    assert "已签发" in rows(visit("clerk").get("/letters").text)[0]


def test_the_file_has_the_columns_of_the_list(stages: dict[str, str], visit: Visit) -> None:
    heads, row = lines(visit("clerk").get("/letters/export?state=issued").data)
    assert heads == ["文号", "诉求编号", "事由", "种类", "状态", "成文日期", "时限", "更新"]
    assert row[0] == "锡政协办函〔2026〕1号" and row[3:6] == ["反馈函", "待送达", "11月23日"]


def test_ticked_letters_alone_are_taken_as_a_file(stages: dict[str, str], visit: Visit) -> None:
    ids = [stages["draft"], stages["issued"]]
    answer = visit("clerk").post("/letters/bulk", page="/", act="export", ids=ids)
    assert sorted(line[4] for line in lines(answer.data)[1:]) == ["待送达", "草稿"]


def test_an_unknown_act_leads_back_to_the_filters_one_came_with(visit: Visit) -> None:
    answer = visit("clerk").post("/letters/bulk?state=draft&x=1", page="/", act="burn")
    assert answer.location == "/letters?state=draft"


@pytest.mark.parametrize(("query", "said"), [("", "还没有函件"), ("?state=draft", "没有符合这些条件的")])
def test_an_empty_list_says_what_would_stand_there(query: str, said: str, visit: Visit) -> None:
    assert said in visit("clerk").get(f"/letters{query}").text


def test_the_list_is_there_in_english(stages: dict[str, str], visit: Visit) -> None:
    browser = visit("clerk")
    browser.post("/language", page="/", language="en", next="/letters")
    listed = "".join(rows(browser.get("/letters").text))
    assert "Not numbered" in listed
    assert not [word for word in ("待签发", "草稿", "反馈函", "未编号", "工作日") if word in listed]
