"""What every list shares: boxes and acts on many rows, chips, tabs, pages, files."""

import re

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.web.test_lists import rows, sheet
from tests.world import NOW, World
from tracker.web import listing

pytestmark = pytest.mark.usefixtures("monday")

LISTS = ("/cases", "/assignments", "/letters", "/visits")


def boxes(page: str) -> list[tuple[str, str, str]]:
    """Name, value and form of every row's box."""
    return re.findall(r'type="checkbox" name="([^"]+)" value="([^"]+)" form="([^"]+)"', page)


def tick(browser: Browser, path: str, act: str) -> str:
    """Tick every row of a list as the page offers it, press a button, and read what is said."""
    page = browser.get(path).text
    address = re.search(r'<form class="bulk" id="bulk" method="post" action="([^"]+)"', page)
    assert address and f'name="act" value="{act}"' in page
    form: dict[str, list[str]] = {}
    for name, value, _ in boxes(page):
        form.setdefault(name, []).append(value)
    answer = browser.post(address[1].replace("&amp;", "&"), page="/", act=act, **form)
    return browser.get(answer.location).text if answer.status_code == 302 else answer.text


def test_rows_are_ticked_under_the_name_the_list_reads(huiyin: World, visit: Visit) -> None:
    reference = huiyin.fed_back()
    assert "结案 1 件" in tick(visit("director"), "/cases", "close")
    with huiyin.reading():
        assert huiyin.case(reference).closed_at is not None


def test_a_department_ticks_and_accepts(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    assert "签收 1 件" in tick(visit("dept"), "/assignments", "accept")


def test_ticked_letters_are_numbered(huiyin: World, visit: Visit) -> None:
    huiyin.letter(huiyin.handled(), "approved")
    assert "编号并定稿 1 件" in tick(visit("clerk"), "/letters?state=approved", "issue")


@pytest.mark.parametrize("path", LISTS)
def test_ticked_rows_become_a_file(huiyin: World, visit: Visit, path: str) -> None:
    huiyin.letter(huiyin.handled())
    huiyin.visited()
    browser = visit("clerk")
    number = len(boxes(browser.get(path).text))
    assert number
    assert len(list(sheet(tick(browser, path, "export").encode()))) == number + 1


@pytest.mark.parametrize(
    "who, path", [("leader", "/cases"), ("leader", "/assignments"), ("leader", "/visits")]
)
def test_who_can_do_nothing_to_rows_has_no_boxes(huiyin: World, visit: Visit, who: str, path: str) -> None:
    huiyin.coordinated()
    huiyin.visited()
    page = visit(who).get(path).text
    assert rows(page) and boxes(page) == [] and 'class="bulk"' not in page
    assert "data-check-all" not in page


def test_an_empty_list_has_nothing_to_tick(visit: Visit) -> None:
    page = visit("clerk").get("/cases").text
    assert 'class="bulk"' not in page and "导出" not in page


def test_nothing_ticked_is_said_and_nothing_done(huiyin: World, visit: Visit) -> None:
    reference = huiyin.fed_back()
    browser = visit("director")
    answer = browser.post("/cases/bulk?state=fed_back", page="/", act="close")
    assert answer.location == "/cases?state=fed_back"
    page = browser.get(answer.location).text
    assert "没有勾选任何一行" in page and "note-warn" in page
    with huiyin.reading():
        assert huiyin.case(reference).closed_at is None


@pytest.mark.requirement("T16")
@pytest.mark.parametrize("act", ["", "withdraw", "decline", "handle", "accept", "nonsense", "close "])
def test_only_an_act_that_is_offered_is_made_on_many_rows(huiyin: World, visit: Visit, act: str) -> None:
    reference = huiyin.fed_back()
    with huiyin.reading():
        before = huiyin.case(reference).version
    answer = visit("director").post("/cases/bulk", page="/", act=act, ids=[reference])
    assert answer.location == "/cases"
    with huiyin.reading():
        assert huiyin.case(reference).version == before


def test_the_first_five_refusals_are_told_and_the_others_counted(huiyin: World, visit: Visit) -> None:
    references = [huiyin.raised() for _ in range(7)]
    page = tick(visit("director"), "/cases", "close")
    told = [number for number in references if f"{number} 没有办" in page]
    assert len(told) == 5 and "另有 2 件没有办" in page
    assert "结案 " not in page.partition('class="flashes"')[2].partition("没有办")[0]


def test_one_row_that_fails_does_not_hold_up_the_others(huiyin: World, visit: Visit) -> None:
    first, early, last = huiyin.fed_back(), huiyin.raised(), huiyin.fed_back()
    page = tick(visit("director"), "/cases", "close")
    assert "结案 2 件" in page and f"{early} 没有办" in page
    with huiyin.reading():
        assert all(huiyin.case(number).closed_at for number in (first, last))


@pytest.mark.parametrize("chosen", [["XS-2026-999999"], ["DT-2026-000001"], ["<script>"], ["1", "2"], [""]])
def test_a_row_that_is_not_there_is_refused_by_name(huiyin: World, visit: Visit, chosen: list[str]) -> None:
    browser = visit("director")
    assert browser.post("/cases/bulk", page="/", act="close", ids=chosen).status_code == 302
    page = browser.get("/cases").text
    assert page.count("没有办：") == len(chosen) and "<script>" not in page.partition('class="flashes"')[2]


@pytest.mark.requirement("T16")
def test_another_committees_rows_are_not_reached_by_ticking(huiyin: World, visit: Visit) -> None:
    reference = huiyin.fed_back()
    visit("dt-director").post("/cases/bulk", page="/", act="close", ids=[reference])
    answer = visit("dt-director").post("/cases/bulk", page="/", act="export", ids=[reference])
    assert sheet(answer.data)[1:] == []
    with huiyin.reading():
        assert huiyin.case(reference).closed_at is None


def test_more_rows_than_a_page_can_tick_are_left_alone(
    huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "BATCH", 2)
    references = [huiyin.raised() for _ in range(3)]
    answer = visit("clerk").post("/cases/bulk", page="/", act="export", ids=references)
    assert sorted(line[0] for line in sheet(answer.data)[1:]) == references[:2]


def test_a_row_says_which_acts_it_is_ready_for(huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    huiyin.fed_back()
    page = visit("director").get("/cases").text
    assert sorted(re.findall(r'data-moves="([^"]*)"', page)) == ["close export", "export"]
    assert re.findall(r'data-moves="([^"]*)"', visit("clerk").get("/cases").text) == ["export", "export"]


# --- files


def test_the_file_is_named_after_the_list_and_the_day(huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    heading = visit("clerk").get("/cases/export").headers["Content-Disposition"]
    assert heading.startswith("attachment")
    assert "%E8%AF%89%E6%B1%82-20261123.csv" in heading
    assert "Cases-20261123.csv" in visit("clerk", "en").get("/cases/export").headers["Content-Disposition"]


def test_the_file_goes_on_beyond_one_page(
    huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "BATCH", 2)
    references = [huiyin.raised() for _ in range(5)]
    found = sheet(visit("clerk").get("/cases/export?limit=1").data)[1:]
    assert [line[0] for line in found] == references[::-1]


def test_the_file_ends_somewhere(huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "BATCH", 2)
    monkeypatch.setattr(listing, "FILE_ROWS", 3)
    for _ in range(6):
        huiyin.raised()
    assert len(sheet(visit("clerk").get("/cases/export").data)[1:]) == 4


@pytest.mark.requirement("T31")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_of_a_file_becomes_a_formula(huiyin: World, visit: Visit, start: str) -> None:
    huiyin.raised(summary=f"{start}HYPERLINK(1)")
    (line,) = sheet(visit("clerk").get("/cases/export").data)[1:]
    assert line[1].startswith("'")


def test_the_files_of_an_english_reader_are_english(huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    heads, line = sheet(visit("clerk", "en").get("/cases/export").data)
    assert all(head.isascii() for head in heads)
    assert line[4] == "Raised" and line[1] == "云林苑北门路灯连续半月不亮"


# --- chips, tabs, pages


@pytest.mark.parametrize(
    "query, chips",
    [
        ("", []),
        ("state=raised", ["状态：已提出"]),
        ("waiting=to_coordinate", ["视图：待协调"]),
        ("area=0101&category=B01", ["类别：城乡建设 / 市政照明", "地区：东亭街道 云林社区"]),
        ("area=9999", ["地区：9999"]),
        ("overdue=1", ["逾期：只看已逾期"]),
        ("from=2026-11-01&to=2026-11-30", ["提出不早于：2026-11-01", "提出不晚于：2026-11-30"]),
        ("disposition=merged", ["处置：已并案"]),
        ("q=%3Cb%3E", ["关键词：&lt;b&gt;"]),
        ("limit=5&after=&nonsense=1&state=", []),
    ],
)
def test_every_filter_that_is_on_stands_as_a_chip(
    huiyin: World, visit: Visit, query: str, chips: list[str]
) -> None:
    page = visit("clerk").get(f"/cases?{query}").text
    assert sorted(re.findall(r"去掉筛选 ([^\"]+)\"", page)) == sorted(chips)


def test_taking_a_filter_off_leaves_the_others_and_goes_to_the_first_page(
    huiyin: World, visit: Visit
) -> None:
    for _ in range(3):
        huiyin.raised()
    browser = visit("clerk")
    first = browser.get("/cases?state=raised&area=01&limit=1").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following and "limit" not in following[1]
    second = browser.get(following[1].replace("&amp;", "&")).text
    assert 'href="/cases?area=01" aria-label="去掉筛选 状态' in second
    assert '<a href="/cases?state=raised&amp;area=01">回到第一页</a>' in second
    assert "回到第一页" not in first


@pytest.mark.parametrize("limit", ["0", "-1", "201", "abc", "1.5", "99999999999999999999"])
def test_a_page_of_impossible_size_is_refused(visit: Visit, limit: str) -> None:
    assert visit("clerk").get(f"/cases?limit={limit}").status_code == 422


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("after", ["zzz", "%00", "MQ==", "-1", "9" * 400, "路", "%F0%9F%92%A1"])
def test_a_place_in_the_pages_that_is_made_up_breaks_nothing(visit: Visit, path: str, after: str) -> None:
    assert visit("clerk").get(f"{path}?after={after}").status_code in (200, 400, 422)


def test_tabs_carry_their_counts_and_one_is_open(huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    huiyin.raised()
    browser = visit("clerk")
    page = browser.get("/cases?waiting=to_coordinate").text
    tabs = page.partition('class="tabs"')[2].partition("</nav>")[0]
    assert re.findall(r'aria-current="page">([^<]+) <span class="num">(\d+)<', tabs) == [("待协调", "2")]
    alone = browser.get("/cases").text.partition('class="tabs"')[2].partition("</nav>")[0]
    assert re.findall(r'aria-current="page">([^<]+)<', alone) == ["全部"]
    both = browser.get("/cases?waiting=to_coordinate&state=raised").text
    assert "aria-current" not in both.partition('class="tabs"')[2].partition("</nav>")[0]


def test_what_is_counted_up_to_a_hundred_says_more_beyond(
    huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.numbers.CAP", 1)
    huiyin.raised()
    browser = visit("clerk")
    assert '待协调 <span class="num">1</span>' in browser.get("/cases").text
    huiyin.raised()
    assert '待协调 <span class="num">1+</span>' in browser.get("/cases").text


def test_a_late_case_is_late_in_the_list_and_in_its_file(huiyin: World, visit: Visit) -> None:
    huiyin.raised(at=NOW.replace(month=10))
    browser = visit("clerk")
    (row,) = rows(browser.get("/cases?waiting=overdue").text)
    assert "tag-late" in row and "已逾期" in row
    (line,) = sheet(browser.get("/cases/export?overdue=1").data)[1:]
    assert re.fullmatch(r"已逾期 \d+ 个工作日 \d+月\d+日 17:30", line[6])
