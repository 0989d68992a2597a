"""A person keeps the filters of a list as a tab of one's own, and gives it up again."""

import re

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Event, SavedView
from tracker.queries import saved_views

LISTS = {
    "case": ("/cases", "state=raised"),
    "assignment": ("/assignments", "state=accepted"),
    "letter": ("/letters", "state=draft"),
    "visit": ("/visits", "group=group"),
}


def keep(browser: Browser, query: str, name: str = "东亭的", noun: str = "case") -> TestResponse:
    return browser.post("/views", page="/", noun=noun, name=name, query=query)


def tabs(page: str) -> dict[str, str]:
    """Label → address of the tabs of a list."""
    found = page.partition('class="tabs"')[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]+)"[^>]*>([^<]+?) *<', found)
    return {label: address.replace("&amp;", "&") for address, label in links}


def removal(page: str) -> str:
    found = re.search(r'drop-view" method="post" action="([^"]+)"', page)
    return found[1] if found else ""


def count(huiyin: World) -> int:
    with huiyin.reading():
        return db.session.query(SavedView).count()


@pytest.mark.parametrize("noun", LISTS)
def test_filters_become_a_tab_of_ones_own_and_are_given_up(noun: str, huiyin: World, visit: Visit) -> None:
    path, query = LISTS[noun]
    browser = visit("clerk")
    page = browser.get(f"{path}?{query}").text
    assert "把这些条件存成一个视图" in page
    assert f'name="query" value="{query}"' in page
    assert keep(browser, query, noun=noun).location == f"{path}?{query}"
    page = browser.get(f"{path}?{query}").text
    assert "视图“东亭的”已存好" in page and "把这些条件存成一个视图" not in page
    assert tabs(page)["东亭的"] == f"{path}?{query}"
    assert tabs(browser.get(path).text)["东亭的"] == f"{path}?{query}"
    assert browser.post(removal(page), page="/").location == f"{path}?{query}"
    assert "东亭的" not in tabs(browser.get(path).text)
    assert count(huiyin) == 0


def test_several_filters_keep_their_values_whatever_they_hold(huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    browser = visit("clerk")
    shown = browser.get("/cases?q=路灯+%26+%3Cb%3E&area=01&after=&limit=5").text
    query = re.search(r'name="query" value="([^"]+)"', shown)
    assert query
    keep(browser, query[1].replace("&amp;", "&"))
    address = tabs(browser.get("/cases").text)["东亭的"]
    page = browser.get(address).text
    assert removal(page)
    assert "路灯 &amp; &lt;b&gt;" in page


def test_the_place_in_the_pages_is_no_part_of_a_view(visit: Visit) -> None:
    answer = keep(visit("clerk"), "state=raised&after=MQ&limit=7&nonsense=1")
    assert answer.location == "/cases?state=raised"


def test_views_are_nobody_elses(huiyin: World, visit: Visit) -> None:
    keep(visit("clerk"), "state=raised")
    other = visit("clerk2")
    assert "东亭的" not in other.get("/cases").text
    with huiyin.reading():
        public_id = db.session.query(SavedView.public_id).scalar()
    assert other.post(f"/views/{public_id}/remove", page="/").status_code == 404
    assert visit("dt-clerk").post(f"/views/{public_id}/remove", page="/").status_code == 404
    assert count(huiyin) == 1


def test_a_view_of_one_list_is_no_tab_of_another(visit: Visit) -> None:
    browser = visit("clerk")
    keep(browser, "state=raised")
    assert "东亭的" not in tabs(browser.get("/assignments").text)


def test_the_same_name_takes_the_new_filters(huiyin: World, visit: Visit) -> None:
    browser = visit("clerk")
    keep(browser, "state=raised")
    keep(browser, "state=handled")
    assert tabs(browser.get("/cases").text)["东亭的"] == "/cases?state=handled"
    assert count(huiyin) == 1


def test_nobody_keeps_more_than_anybody_could_find(
    huiyin: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_views, "MOST", 2)
    browser = visit("clerk")
    for name in ("一", "二", "三"):
        answer = keep(browser, "state=raised", name)
    assert answer.location == "/cases?state=raised"
    assert "已经存了 2 个视图" in browser.get(answer.location).text
    assert count(huiyin) == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [({"name": " "}, "请填写"), ({"name": "很" * 21}, "太长了"), ({"query": ""}, "先选好筛选条件"),
     ({"query": "state=nonsense"}, "只能是")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_on_the_list(
    given: dict[str, str], told: str, huiyin: World, visit: Visit
) -> None:
    browser = visit("clerk")
    answer = browser.post(
        "/views", page="/", **({"noun": "case", "name": "视图", "query": "state=raised"} | given)
    )
    assert answer.status_code == 302
    assert answer.location.startswith("/cases")
    assert told in browser.get("/cases").text
    assert count(huiyin) == 0


def test_a_list_that_does_not_exist_or_is_not_ones_own_has_no_views(huiyin: World, visit: Visit) -> None:
    assert keep(visit("clerk"), "role=clerk", noun="person").status_code == 422
    assert keep(visit("dept"), "state=raised").status_code == 403
    assert keep(visit("admin"), "state=raised").status_code == 403
    assert count(huiyin) == 0


def test_a_queue_that_has_its_tab_needs_no_second_one(huiyin: World, visit: Visit) -> None:
    assert "把这些条件存成一个视图" not in visit("clerk").get("/cases?waiting=to_coordinate").text
    assert "把这些条件存成一个视图" not in visit("clerk").get("/cases").text


def test_views_leave_no_trace_in_the_diary(huiyin: World, visit: Visit) -> None:
    browser = visit("clerk")
    with huiyin.reading():
        before = db.session.query(Event).count()
    keep(browser, "state=raised")
    browser.post(removal(browser.get("/cases?state=raised").text), page="/")
    with huiyin.reading():
        assert db.session.query(Event).count() == before


def test_a_list_reads_its_views_once_however_many_there_are(huiyin: World, visit: Visit) -> None:
    browser = visit("clerk")
    for name in ("一", "二", "三"):
        keep(browser, "state=raised", name)
    asked: list[str] = []
    with huiyin.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    browser.get("/cases")
    reads = [sql for sql in asked if "saved_view" in sql]
    assert len(reads) == 1
    with huiyin.reading():
        plan = db.session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + reads[0], (1, "case", 20, 0))
        steps = [row[-1] for row in plan]
        assert steps[0].startswith("SEARCH saved_view USING INDEX") and "person_id=? AND noun=?" in steps[0]
