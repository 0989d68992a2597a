"""工作制度: read by everybody, written by the director, every version kept (S1-43)."""

import re

import pytest

from tests.actions.test_work_rules import FIRST, SECOND, written
from tests.web.conftest import Visit
from tests.web.test_every_page import EVERYBODY
from tests.world import World
from tracker.rules import periods

pytestmark = pytest.mark.requirement("S1-43")
PATH = "/work-rules"


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_reads_them_and_the_deadlines_beside_them(visit: Visit, huiyin: World, who: str) -> None:
    written(huiyin)
    browser = visit(who)
    page = browser.get(PATH).text
    assert "<h3>一、受理登记</h3>" in page and "当天登记，一事一号" in page
    assert f"{periods.days('reply_complex')} 个工作日" in page and "承办单位答复（疑难）" in page
    assert (f'href="{PATH}/edit"' in page) is (who == "director")
    assert f'href="{PATH}"' in browser.get("/help").text


def test_they_stand_behind_the_help_in_the_navigation(visit: Visit) -> None:
    page = visit("member").get(PATH).text
    assert re.search(r'href="/help"[^>]*aria-current="page"', page)


def test_an_empty_page_says_who_writes_them(visit: Visit) -> None:
    assert f'href="{PATH}/edit"' in visit("director").get(PATH).text
    assert "办公室负责人写好以后" in visit("member").get(PATH).text


def test_the_director_publishes_a_version_and_the_old_one_stays_readable(visit: Visit, huiyin: World) -> None:
    written(huiyin)
    director = visit("director")
    form = director.get(f"{PATH}/edit").text
    assert FIRST.splitlines()[1] in form
    sent = director.post(f"{PATH}/edit", page=f"{PATH}/edit", text=SECOND, why="增加审核反馈", version="1")
    assert sent.status_code == 302
    page = visit("dept").get(PATH).text
    assert "第 2 版" in page and "办公室逐件审核" in page and "代替第 1 版：增加审核反馈" in page
    old = visit("dept").get(f"{PATH}/1").text
    assert "这是旧版本" in old and "办公室逐件审核" not in old
    for unknown in ("3", "0", "01", "x"):
        assert visit("dept").get(f"{PATH}/{unknown}").status_code == 404


def test_two_directors_do_not_overwrite_each_other(visit: Visit, huiyin: World) -> None:
    written(huiyin)
    written(huiyin, SECOND)
    director = visit("director2")
    sent = director.post(
        f"{PATH}/edit", page=f"{PATH}/edit", text=SECOND + "\n三、附则", why="附则", version="1"
    )
    assert sent.status_code == 409
    assert "三、附则" in sent.text and "刚才有人改过" in sent.text


def test_a_version_without_a_word_why_is_refused_with_the_text_kept(visit: Visit) -> None:
    sent = visit("director").post(f"{PATH}/edit", page=f"{PATH}/edit", text=FIRST, version="0")
    assert sent.status_code == 422 and FIRST.splitlines()[1] in sent.text


@pytest.mark.requirement("T22")
def test_what_looks_like_html_is_shown_as_it_was_typed(visit: Visit, huiyin: World) -> None:
    written(huiyin, "一、受理登记\n<script>alert(1)</script>当天登记，一事一号，不漏登。")
    page = visit("member").get(PATH).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;当天登记" in page


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "director"])
def test_nobody_else_opens_the_form(visit: Visit, who: str) -> None:
    browser = visit(who)
    assert browser.get(f"{PATH}/edit").status_code == 403
    assert browser.post(f"{PATH}/edit", page="/account", text=FIRST, why="试试").status_code == 403
