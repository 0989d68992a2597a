"""待我办理: every number opens a list with that many rows; each role finds its own work."""

import re

import pytest
from sqlalchemy import event

from tests.queries.stages import EVERYBODY, everything
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.extensions import clock, db
from tracker.outgoing import fonts

_COUNT = re.compile(r'<li><a href="([^"]+)" class="[^"]*"><b class="num">(\d+)</b><span>([^<]+)</span>')


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_number_opens_a_list_with_that_many_rows(who: str, huiyin: World, visit: Visit) -> None:
    everything(huiyin)
    with clock.at(NOW):
        browser = visit(who)
        numbers = _COUNT.findall(browser.get("/").text)
        assert numbers
        for url, number, label in numbers:
            page = browser.get(url.replace("&amp;", "&") + "&limit=200").text
            assert page.count("<tr data-row>") == int(number), (label, url)


def test_a_member_sees_own_cases_and_no_others(huiyin: World, visit: Visit) -> None:
    huiyin.raised(summary="自己登记的一件事")
    huiyin.raised(summary="别人登记的一件事", by="member2")
    text = visit("member").get("/").text
    assert "自己登记的一件事" in text
    assert "别人登记的一件事" not in text


def test_a_department_never_reads_a_title_or_a_member(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated(summary="标题里有欧阳桂兰")
    browser = visit("dept")
    for path in ("/", "/assignments", "/search?q=路灯", "/assignments/export"):
        text = browser.get(path).text
        assert "标题里有" not in text, path
        assert "吴海燕" not in text, path
        assert "周文博" not in text, path
    assert "签收" in browser.get("/").text


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("clerk", "协调"),
        ("director", "待签发"),
        ("member", "待告知群众"),
        ("leader", "群众不满意"),
        ("admin", "新建账号"),
    ],
)
def test_each_role_finds_its_own_words(who: str, words: str, huiyin: World, visit: Visit) -> None:
    huiyin.raised()
    assert words in visit(who).get("/").text


@pytest.mark.parametrize(("who", "told"), [("admin", True), ("clerk", False)])
def test_the_administrator_is_told_which_fonts_are_missing(
    who: str, told: bool, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "missing", lambda _directories: ["fang"])
    page = visit(who).get("/")
    check_page(page)
    assert ("函件缺少字体（仿宋）" in page.text) is told


@pytest.mark.parametrize(
    ("who", "act"), [("member", "记一次走访"), ("clerk", "登记诉求"), ("director", "待签发"), ("dept", "")]
)
def test_the_primary_act_belongs_to_the_role(who: str, act: str, visit: Visit) -> None:
    found = re.search(r'class="btn btn-go top-act"[^>]*>([^<]*)<', visit(who).get("/help").text)
    assert (found[1] if found else "") == act


def test_the_frame_asks_little(huiyin: World, visit: Visit) -> None:
    """Two statements for the frame, two for who is there: no page pays more for its surroundings."""
    everything(huiyin)
    browser = visit("clerk")
    browser.get("/help")
    statements: list[str] = []
    with huiyin.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    browser.get("/help")
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(asked) <= 6, asked


def test_a_refusal_keeps_the_frame_around_it(visit: Visit) -> None:
    answer = visit("member").get("/people")
    assert answer.status_code == 403
    assert "待我办理" in answer.text
