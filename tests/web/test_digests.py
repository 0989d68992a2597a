"""Every figure of a digest opens the rows behind it, and there are as many."""

import re

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World
from tracker.actions import exemplars

pytestmark = [pytest.mark.usefixtures("monday"), pytest.mark.requirement("S1-47")]
WEEK = "/digests?period=week&on=2026-11-23"


@pytest.fixture
def busy(huiyin: World) -> World:
    """A case fed back that is an example, one raised, and one fed back that became an accusation."""
    good, told = huiyin.fed_back(), huiyin.fed_back()
    huiyin.raised()
    with huiyin.writing():
        exemplars.mark(huiyin.case(good), "老人晚上敢出门了", by=huiyin.actor("clerk"))
        huiyin.case(told).is_accusation = True
    return huiyin


def figure(page: str, what: str) -> tuple[int, str]:
    """This week's number beside its label, and where it leads."""
    found = re.search(rf'{what}</th><td[^>]*><a href="([^"]+)">(\d+)<', page)
    assert found, what
    return int(found[2]), found[1].replace("&amp;", "&")


def rows(browser: Browser, address: str) -> int:
    return browser.get(address).text.count("<tr data-row")


def test_a_figure_of_cases_opens_as_many_rows_for_each_who_reads_it(visit: Visit, busy: World) -> None:
    for who in ("director", "clerk", "leader", "auditor"):
        browser = visit(who)
        page = browser.get(WEEK).text
        for what, number in {"新提出诉求": 2, "办结诉求": 1, "反馈诉求": 1}.items():
            counted, address = figure(page, what)
            assert (what, who, counted, rows(browser, address)) == (what, who, number, number)


def test_the_list_says_which_day_it_goes_by(visit: Visit, huiyin: World) -> None:
    huiyin.handled()
    clerk = visit("clerk")
    _, address = figure(clerk.get(WEEK).text, "办结诉求")
    shown = clerk.get(address).text
    assert "统计口径" in shown and "办结不早于" in shown and "提出不早于" not in shown
    assert clerk.get("/cases?counted=closed").status_code == 422


def test_the_number_of_examples_leads_to_them_and_tells_what_one_may_not_read(
    visit: Visit, busy: World
) -> None:
    page = visit("leader").get(WEEK).text
    number, address = figure(page, "新树典型")
    assert number == 1 and address.endswith("#exemplary") and "老人晚上敢出门了" in page
    page = visit("auditor").get(WEEK).text
    assert figure(page, "新树典型")[0] == 1 and 'id="exemplary"' in page
    assert "另有 1 个典型的内容您不能查看" in page and "老人晚上敢出门了" not in page
