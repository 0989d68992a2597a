"""定期汇总: every number opens as many rows, periods follow each other, each file is what its name says."""

import io
import re
from html import unescape

import pytest
from python_calamine import CalamineWorkbook

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World

pytestmark = [pytest.mark.requirement("S1-47"), pytest.mark.usefixtures("monday")]
# The Monday of the tests lies in the week that has just begun.
LAST_WEEK = "/digests?period=week&on=2026-11-18"


def cells(page: str, what: str) -> list[tuple[str, str]]:
    """The two cells of a row: the address behind the number, empty where there is none, and the number."""
    row = page.partition(f'scope="row">{what}</th>')[2].partition("</tr>")[0]
    found = re.findall(r"<td[^>]*>(?:<a href=\"([^\"]*)\">)?([^<]*)", row)
    return [(unescape(url), number.strip()) for url, number in found]


def rows(browser: Browser, url: str) -> int:
    return browser.get(url).text.count("<tr data-row>")


@pytest.fixture
def busy(huiyin: World) -> World:
    """Two visits last week, one the week before, one today; a case of today and one of last week."""
    for day, persons in (("2026-11-16", 2), ("2026-11-22", 5), ("2026-11-15", 4), ("2026-11-23", 9)):
        huiyin.visited(visited_on=day, persons_count=persons)
    huiyin.raised()
    return huiyin


READERS: list[str] = ["clerk", "director", "leader"]


def test_a_number_of_visits_opens_as_many(busy: World, visit: Visit) -> None:
    for who in READERS:
        browser = visit(who)
        now, before = cells(browser.get(LAST_WEEK).text, "走访次数")
        assert (now[1], before[1]) == ("2", "1")
        assert [rows(browser, url) for url, _number in (now, before)] == [2, 1]


def test_people_met_are_added_up_over_the_same_rows(busy: World, visit: Visit) -> None:
    clerk = visit("clerk")
    now, before = cells(clerk.get(LAST_WEEK).text, "走访人数")
    assert (now[1], before[1]) == ("7", "4")
    assert rows(clerk, now[0]) == 2 and rows(clerk, before[0]) == 1


def test_cases_that_were_raised_are_opened_by_their_days(busy: World, visit: Visit) -> None:
    clerk = visit("clerk")
    now, before = cells(clerk.get("/digests?period=week&on=2026-11-23").text, "新提出诉求")
    assert (now[1], before[1]) == ("1", "0")
    assert rows(clerk, now[0]) == 1 and rows(clerk, before[0]) == 0


PLAIN: list[str] = ["参与走访委员", "三个一成果", "新树典型"]


def test_what_no_list_is_narrowed_to_is_only_a_number(busy: World, visit: Visit) -> None:
    page = visit("clerk").get(LAST_WEEK).text
    for what in PLAIN:
        assert [url for url, _number in cells(page, what)] == ["", ""]


OVER: list[tuple[str, str, str]] = [
    ("week", "2026年11月16日", "2026年11月22日"),
    ("month", "2026年10月1日", "2026年10月31日"),
    ("quarter", "2026年7月1日", "2026年9月30日"),
]


def test_without_a_day_it_is_the_last_period_that_is_over(visit: Visit) -> None:
    clerk = visit("clerk")
    for period, first, last in OVER:
        assert f"{first}—{last}" in clerk.get(f"/digests?period={period}").text


def test_the_periods_lead_to_each_other_and_never_into_the_future(visit: Visit) -> None:
    clerk = visit("clerk")
    over = unescape(clerk.get("/digests?period=week").text)
    assert 'href="/digests?period=week&on=2026-11-09"' in over
    assert 'href="/digests?period=week&on=2026-11-23"' in over and "下一期" in over
    running = unescape(clerk.get("/digests?period=week&on=2026-11-23").text)
    assert 'href="/digests?period=week&on=2026-11-16"' in running
    assert "下一期" not in running and "2026-11-30" not in running


def test_the_tab_that_stands_open_keeps_its_day_and_the_others_begin_anew(visit: Visit) -> None:
    page = unescape(visit("clerk").get("/digests?period=month&on=2026-08-20").text)
    assert 'href="/digests?period=month&on=2026-08-01"' in page
    assert 'href="/digests?period=week"' in page and 'href="/digests?period=quarter"' in page


ADDRESSES: list[tuple[str, int]] = [
    ("period=day", 422),
    ("on=2026-02-30", 422),
    ("on=yesterday", 422),
    ("period=&on=", 200),
    ("on=2024-02-29", 200),
    ("page=9", 200),
]


def test_an_address_that_names_no_period_is_refused(visit: Visit) -> None:
    clerk = visit("clerk")
    for query, status in ADDRESSES:
        assert clerk.get(f"/digests?{query}").status_code == status


OFFERED: list[tuple[str, bool, bool]] = [
    ("clerk", True, True),
    ("director", True, True),
    ("leader", False, False),
    ("auditor", False, False),
]


def test_who_is_offered_files_and_sending_may_have_them(visit: Visit, paperless: None) -> None:
    for who, takes, sends in OFFERED:
        browser = visit(who)
        page = browser.get("/digests").text
        assert ('href="/digests/pdf?' in page) is takes and ('href="/digests/xlsx?' in page) is takes
        assert ('action="/digests/send"' in page) is sends
        assert browser.get("/digests/xlsx").status_code == (200 if takes else 403)
        assert browser.get("/digests/pdf").status_code == (200 if takes else 403)
        assert browser.post("/digests/send", page="/search", period="week").status_code == (
            302 if sends else 403
        )


def test_the_files_are_of_the_period_on_the_screen(busy: World, visit: Visit, paperless: None) -> None:
    clerk = visit("clerk")
    page = unescape(clerk.get(LAST_WEEK).text)
    book = clerk.get(re.findall(r'href="(/digests/xlsx[^"]*)"', page)[0])
    assert book.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert book.headers["Content-Disposition"].startswith("attachment;")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.data)).get_sheet_by_index(0)
    assert sheet.to_python()[-1][:2] == ["全部", 2]
    paper = clerk.get(re.findall(r'href="(/digests/pdf[^"]*)"', page)[0])
    assert paper.mimetype == "application/pdf" and paper.headers["Content-Disposition"].isascii()


def test_what_was_sent_is_counted_for_its_own_period(visit: Visit) -> None:
    clerk = visit("clerk")
    for times in (1, 2):
        sent = clerk.post("/digests/send", page="/digests", period="week", on="2026-11-18")
        assert sent.location == "/digests?period=week&on=2026-11-16"
        page = clerk.get(sent.location).text
        assert f"已发送 {times} 次" in page and "再发一次" in page
    assert "已发送" not in clerk.get("/digests?period=week&on=2026-11-11").text
    assert "已发送" not in clerk.get("/digests?period=month&on=2026-11-18").text
    assert clerk.post("/digests/send", page="/digests", period="decade").status_code == 422


def test_another_committee_s_week_is_empty(busy: World, visit: Visit) -> None:
    page = visit("dt-clerk").get(LAST_WEEK).text
    assert [number for _url, number in cells(page, "走访次数")] == ["0", "0"]
    assert "东亭街道工委会" in page and "一次也没有" not in page


def test_a_group_without_a_visit_is_one_to_be_reminded(busy: World, visit: Visit) -> None:
    behind = visit("clerk").get(LAST_WEEK).text.partition('id="behind"')[2].partition("</section>")[0]
    assert "教育界别组" in behind and "本期没有走访" in behind and "东亭街道工委会" not in behind
