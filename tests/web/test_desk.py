"""待我办理: every number opens a list with that many rows; each role finds its own work."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.campaigning import begun
from tests.conftest import build
from tests.queries.stages import EVERYBODY, everything
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.extensions import clock, db
from tracker.outgoing import fonts

_COUNT = re.compile(r'<li><a href="([^"]+)" class="[^"]*"><b class="num">(\d+)</b><span>([^<]+)</span>')


@pytest.fixture(scope="module")
def busy(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Something at every stage; the tests that share it only read."""
    instance = tmp_path_factory.mktemp("desk")
    shutil.copy(sqlite_template, instance / "huiyin.db")
    world = World(build(f"sqlite:///{instance / 'huiyin.db'}", instance))
    everything(world)
    yield world
    with world.app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_number_opens_a_list_with_that_many_rows(who: str, busy: World) -> None:
    with clock.at(NOW):
        browser = Browser(busy.app, who)
        numbers = _COUNT.findall(browser.get("/").text)
        assert numbers
        for url, number, label in numbers:
            page = browser.get(url.replace("&amp;", "&") + "&limit=200").text
            assert page.count("<tr data-row>") == int(number), (label, url)


RARE = ("导入待核对", "汇总待接收", "汇编待初审", "汇编待终审", "汇编退回修改")


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("member", {"导入待核对": "1"}),
        ("secretary", {"导入待核对": "1"}),
        ("admin", {"导入待核对": "1"}),
        ("clerk", {"导入待核对": "5", "汇总待接收": "1", "汇编待初审": "1", "汇编退回修改": "1"}),
        ("director", {"汇编待初审": "3", "汇编待终审": "1", "汇总待接收": "1"}),
        ("leader", {}),
        ("auditor", {}),
        ("dept", {}),
    ],
)
def test_papers_wait_with_whoever_has_to_act_and_nothing_is_said_of_none(
    who: str, told: dict[str, str], busy: World, visit: Visit
) -> None:
    """Forms that were read, booklets to approve by others than who edited them, reports to receive."""
    with clock.at(NOW):
        text = visit(who).get("/").text
        assert not any(label in text for label in RARE)
        found = {label: number for _, number, label in _COUNT.findall(Browser(busy.app, who).get("/").text)}
    assert {label: found[label] for label in RARE if label in found} == told


def test_a_list_of_what_waits_says_so_and_leads_back_to_all(busy: World) -> None:
    clerk = Browser(busy.app, "clerk")
    for path, label in (
        ("/imports?waiting=forms_to_confirm", "导入待核对"),
        ("/booklets?waiting=booklets_sent_back", "汇编退回修改"),
        ("/campaigns/reports?waiting=reports_to_receive", "汇总待接收"),
    ):
        page = clerk.get(path)
        check_page(page)
        assert f'aria-label="去掉筛选 视图：{label}"' in page.text
        assert clerk.get(f"{path}x").status_code == 422


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/imports?waiting=forms_to_confirm", "没有等着核对的导入"),
        ("/booklets?waiting=booklets_to_check", "没有等着您的汇编"),
        ("/campaigns/reports?waiting=reports_to_receive", "没有等着接收的汇总"),
        ("/campaigns/reports", "还没有小组汇总"),
    ],
)
def test_where_nothing_waits_the_list_says_that(path: str, says: str, visit: Visit) -> None:
    assert says in visit("clerk").get(path).text


def test_a_member_sees_own_cases_and_no_others(huiyin: World, visit: Visit) -> None:
    huiyin.raised(summary="自己登记的一件事")
    huiyin.raised(summary="别人登记的一件事", by="member2")
    text = visit("member").get("/").text
    assert "自己登记的一件事" in text
    assert "别人登记的一件事" not in text


@pytest.mark.requirement("S1-19")
def test_a_member_sees_first_what_a_running_campaign_still_asks(huiyin: World, visit: Visit) -> None:
    assert "我的任务" not in visit("member").get("/").text
    board = f"/campaigns/{begun(huiyin)}"
    huiyin.visited(contact={"kind": "public_person"}, persons_count=2)
    with clock.at(NOW):
        page = visit("member").get("/").text
        others = visit("member2").get("/").text
    tasks, deadlines = page.index("我的任务"), page.index("最紧的十件")
    assert tasks < deadlines and f'href="{board}"' in page
    assert 'href="/visits/new">联系社会群众' in page and 'value="2" max="3"' in page
    assert 'value="0" max="3"' in others


def test_what_is_done_of_a_campaign_stands_beside_and_asks_for_nothing(huiyin: World, visit: Visit) -> None:
    begun(huiyin)
    for kind, people in (("enterprise", 1), ("sector_person", 2), ("public_person", 4)):
        huiyin.visited(contact={"kind": kind}, persons_count=people)
    with clock.at(NOW):
        page = visit("member").get("/").text
        assert page.index("最紧的十件") < page.index("我的任务")
        assert 'class="quota quota-full"' in page and ">联系社会群众</a>" not in page
        for who in ("clerk", "secretary", "leader", "dept", "admin"):
            assert "我的任务" not in visit(who).get("/").text, who


def test_nobody_is_asked_for_anything_between_two_campaigns(huiyin: World, visit: Visit) -> None:
    begun(huiyin)
    with clock.at(NOW + timedelta(days=365)):
        assert "我的任务" not in visit("member").get("/").text


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


def test_the_frame_asks_little(busy: World) -> None:
    """Two statements for the frame, two for who is there: no page pays more for its surroundings."""
    browser = Browser(busy.app, "clerk")
    browser.get("/help")
    statements: list[str] = []
    with busy.app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    browser.get("/help")
    asked = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(asked) <= 6, asked


def test_a_refusal_keeps_the_frame_around_it(visit: Visit) -> None:
    answer = visit("member").get("/people")
    assert answer.status_code == 403
    assert "待我办理" in answer.text


def row(page: str) -> list[str]:
    """The rows of the nearest deadlines, as their words."""
    found = re.findall(r"<tr data-row>(.*?)</tr>", page, re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).strip() for each in found]


@pytest.mark.parametrize(
    ("stage", "who", "holder", "act"),
    [
        ("raised", "clerk", "待协调 委员 吴海燕 提出", "协调"),
        ("raised", "member", "待协调 委员 吴海燕 提出", "查看"),
        ("coordinated", "clerk", "区住房和城乡建设局 待签收", "查看"),
        ("coordinated", "dept", "待签收", "签收"),
        ("replied", "clerk", "区住房和城乡建设局 待审核", "审核"),
        ("handled", "clerk", "待反馈 委员 吴海燕 提出", "拟函"),
        ("handled", "leader", "待反馈 委员 吴海燕 提出", "查看"),
    ],
)
def test_a_row_says_in_whose_hands_it_is_and_what_comes_next(
    stage: str, who: str, holder: str, act: str, huiyin: World, visit: Visit
) -> None:
    getattr(huiyin, stage)()
    with clock.at(NOW):
        (only,) = row(visit(who).get("/").text)
    assert holder in only and only.endswith(act)


@pytest.mark.parametrize(
    ("upto", "words"), [("draft", "草稿"), ("submitted", "待签发"), ("issued", "待送达")]
)
def test_a_letter_on_its_way_is_whose_hands_it_is_in(
    upto: str, words: str, huiyin: World, visit: Visit
) -> None:
    huiyin.letter(huiyin.handled(), upto)
    with clock.at(NOW):
        (only,) = row(visit("clerk").get("/").text)
    assert f"反馈函 {words}" in only


def test_co_departments_stand_below_the_lead(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated(units=(("housing", "lead"), ("transport", "co"), ("education", "co")))
    with clock.at(NOW):
        (only,) = row(visit("clerk").get("/").text)
    assert "区住房和城乡建设局 待签收 · 会办 区交通运输局、区教育局" in only


def test_only_ten_deadlines_stand_there_the_nearest_first(huiyin: World, visit: Visit) -> None:
    for days in range(12):
        huiyin.raised(summary=f"第{days}天提出", at=NOW - timedelta(days=days))
    with clock.at(NOW):
        page = visit("clerk").get("/").text
    rows = row(page)
    assert len(rows) == 10 and rows[0].startswith("第11天提出")
    assert page.count('<a class="btn btn-go" href') == 1


@pytest.mark.parametrize(("hour", "greeting"), [(1, "上午好，周文博"), (14, "晚上好，周文博")])
def test_one_is_greeted_by_name(hour: int, greeting: str, visit: Visit) -> None:
    with clock.at(NOW.replace(hour=hour)):
        assert f"<h1>{greeting}</h1>" in visit("clerk").get("/").text


@pytest.mark.parametrize(
    ("ages", "line"),
    [
        ([], "11月23日 星期一 · 没有临近的期限"),
        ([0], "11月23日 星期一 · 没有临近的期限"),
        ([4], "11月23日 星期一 · 即将到期 1 件"),
        ([40, 50], "11月23日 星期一 · 已逾期 2 件"),
        ([4, 40], "11月23日 星期一 · 即将到期 1 件，已逾期 1 件"),
    ],
)
def test_the_line_below_the_greeting_warns(ages: list[int], line: str, huiyin: World, visit: Visit) -> None:
    for days in ages:
        huiyin.raised(at=NOW - timedelta(days=days))
    with clock.at(NOW):
        assert f'<p class="page-sub">{line}</p>' in visit("clerk").get("/").text


def test_who_has_no_deadlines_is_not_warned_of_any(visit: Visit) -> None:
    with clock.at(NOW):
        assert '<p class="page-sub">11月23日 星期一</p>' in visit("admin").get("/").text


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "director", "dept", "leader", "auditor"])
def test_an_empty_desk_says_what_will_stand_there(who: str, visit: Visit) -> None:
    text = visit(who).get("/").text
    assert "没有等着办的期限" in text and "自昨天以来没有新动静" in text
    english = visit(who, "en").get("/").text
    assert "没有" not in english


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("clerk", "区住房和城乡建设局 <b>答复</b>"),
        ("member", "区住房和城乡建设局 <b>答复</b>"),
        ("dept", "区住房和城乡建设局 <b>答复</b>"),
        ("leader", "区住房和城乡建设局 <b>答复</b>"),
    ],
)
def test_what_moved_is_told_with_the_unit_that_moved_it(
    who: str, says: str, huiyin: World, visit: Visit
) -> None:
    huiyin.replied()
    with clock.at(NOW):
        assert says in visit(who).get("/").text


def test_a_department_hears_of_the_office_never_of_its_people(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    with clock.at(NOW):
        news = visit("dept").get("/").text.partition('class="recent"')[2]
    assert "政协办公室 <b>发出交办</b>" in news
    assert not any(name in news for name in ("周文博", "吴海燕", "云林苑北门"))


@pytest.mark.parametrize(
    ("rating", "tag"), [("satisfied", 'tag-ok">满意'), ("basically", 'tag-info">基本满意')]
)
def test_a_verdict_is_news_with_its_colour(rating: str, tag: str, huiyin: World, visit: Visit) -> None:
    huiyin.rated(huiyin.fed_back(), rating, by="resident")
    with clock.at(NOW):
        assert tag in visit("clerk").get("/").text.partition('class="recent"')[2]


@pytest.mark.parametrize(("hours", "told"), [(9, True), (32, True), (34, False)])
def test_news_begins_with_yesterday_morning(hours: int, told: bool, huiyin: World, visit: Visit) -> None:
    huiyin.raised(at=NOW - timedelta(hours=hours))
    with clock.at(NOW):
        assert ('class="recent"' in visit("clerk").get("/").text) == told


@pytest.mark.requirement("T16")
@pytest.mark.parametrize("who", ["clerk", "member", "leader", "secretary", "auditor"])
def test_an_accusation_is_no_news(who: str, huiyin: World, visit: Visit) -> None:
    huiyin.raised(is_accusation=True, summary="某某收受好处一事")
    with clock.at(NOW):
        assert "某某收受好处" not in visit(who).get("/").text.partition('class="recent"')[2]


def test_a_case_handled_again_is_in_the_departments_hands(huiyin: World, visit: Visit) -> None:
    reference = huiyin.fed_back()
    huiyin.rated(reference, "dissatisfied")
    with clock.at(NOW):
        (only,) = row(visit("clerk").get("/").text)
    assert "区住房和城乡建设局" in only and "反馈函" not in only
