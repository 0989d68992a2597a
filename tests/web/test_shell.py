"""The frame around every page: where a role may go, its one act, its bell, its language."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World
from tracker.actions import cases
from tracker.extensions import db
from tracker.incoming.cases import NoteIn
from tracker.models import Event, Membership, Notice, OrgUnit, Person

pytestmark = pytest.mark.usefixtures("monday")

PLACES = {
    "member": ["待我办理", "诉求", "走访", "三个一", "联系对象", "函件", "活动", "导入表格", "帮助"],
    "secretary": [
        "待我办理", "诉求", "交办", "走访", "三个一", "联系对象", "函件", "活动", "导入表格", "委员", "帮助",
    ],
    "clerk": [
        "待我办理", "诉求", "交办", "走访", "三个一", "联系对象", "函件", "会议议题", "活动", "导入表格",
        "汇编", "定期汇总", "委员", "帮助",
    ],
    "director": [
        "待我办理", "诉求", "交办", "走访", "三个一", "联系对象", "函件", "会议议题", "活动", "汇编",
        "定期汇总", "委员", "帮助",
    ],
    "dept": ["待我办理", "交办", "帮助"],
    "leader": [
        "待我办理", "诉求", "交办", "走访", "三个一", "联系对象", "会议议题", "活动", "汇编", "定期汇总",
        "帮助",
    ],
    "auditor": ["待我办理", "诉求", "交办", "函件", "会议议题", "活动", "汇编", "定期汇总", "人员", "帮助"],
    "admin": ["待我办理", "导入表格", "人员", "单位", "帮助"],
}  # fmt: skip


def part(text: str, opening: str, closing: str = "</nav>") -> str:
    assert opening in text
    return text.partition(opening)[2].partition(closing)[0]


def side(text: str) -> dict[str, str]:
    """Label → address of the navigation at the left."""
    found = part(text, '<nav class="side"')
    links = re.findall(r'<a href="([^"]+)".*?<span>([^<]+)</span>', found)
    return {label: address for address, label in links}


def here(text: str) -> list[str]:
    """Labels marked as the place one is at, in the navigation at the left."""
    found = part(text, '<nav class="side"')
    return re.findall(r'aria-current="page">.*?<span>([^<]+)</span>', found)


def bottom(text: str) -> list[str]:
    return re.findall(r"<span>([^<]+)</span>", part(text, '<nav class="bottom"'))


def also(huiyin: World, login: str, role: str, unit: str) -> None:
    """One more post for somebody."""
    with huiyin.writing():
        person = db.session.query(Person).filter_by(login=f"xs-{login}").one()
        where = db.session.query(OrgUnit).filter_by(committee_id=person.committee_id, key=unit).one()
        person.posts.append(Membership(unit_id=where.id, role=role))


@pytest.mark.parametrize("who", PLACES)
def test_a_role_is_shown_the_places_it_may_open_and_no_others(who: str, visit: Visit) -> None:
    browser = visit(who)
    found = side(browser.get("/help").text)
    assert list(found) == PLACES[who]
    assert {browser.get(address).status_code for address in found.values()} == {200}


@pytest.mark.parametrize("who", PLACES)
def test_every_place_has_an_english_name(who: str, visit: Visit) -> None:
    labels = list(side(visit(who, "en").get("/help").text))
    assert len(labels) == len(PLACES[who])
    assert all(label.isascii() for label in labels)


def test_two_posts_open_the_places_of_both_once(visit: Visit, huiyin: World) -> None:
    also(huiyin, "member", "secretary", "group")
    labels = re.findall(r"<span>([^<]+)</span>", part(visit("member").get("/help").text, '<nav class="side"'))
    assert labels == PLACES["secretary"]


@pytest.mark.parametrize(
    "path, marked",
    [
        ("/", ["待我办理"]),
        ("/help", ["帮助"]),
        ("/cases", ["诉求"]),
        ("/cases?state=raised", ["诉求"]),
        ("/cases/new", ["诉求"]),
        ("/cases/{case}", ["诉求"]),
        ("/cases/{case}/coordinate", ["诉求"]),
        ("/assignments", ["交办"]),
        ("/search?q=路灯", []),
        ("/account", []),
        ("/no-such-page", []),
    ],
)
def test_the_place_one_is_at_is_marked(visit: Visit, huiyin: World, path: str, marked: list[str]) -> None:
    reference = huiyin.raised()
    assert here(visit("clerk").get(path.format(case=reference)).text) == marked


@pytest.mark.parametrize("who", PLACES)
def test_a_phone_shows_four_places_and_the_rest_in_the_menu(who: str, visit: Visit) -> None:
    text = visit(who).get("/help").text
    act = re.search(r'class="btn btn-go top-act"[^>]*>([^<]*)<', text)
    four = PLACES[who][:4]
    assert bottom(text) == ([*four[:2], act[1], *four[2:]] if act else four)
    more = re.findall(r"</svg>([^<]+)</a>", part(text, '<ul class="menu-more">', "</ul>"))
    assert more == PLACES[who][4:]


# --- the one act


@pytest.mark.parametrize(
    "who, language, label, address",
    [
        ("member", "zh", "记一次走访", "/visits/new"),
        ("clerk", "zh", "登记诉求", "/cases/new"),
        ("director", "zh", "待签发", "/letters?waiting=to_sign"),
        ("member", "en", "Record a visit", "/visits/new"),
        ("clerk", "en", "Register a case", "/cases/new"),
    ],
)
def test_the_one_act_of_a_role_leads_where_it_is_done(
    visit: Visit, who: str, language: str, label: str, address: str
) -> None:
    browser = visit(who, language)
    text = browser.get("/help").text
    assert f'<a class="btn btn-go top-act" href="{address}" data-key="n">{label}</a>' in text
    assert browser.get(address).status_code == 200


@pytest.mark.parametrize("who", ["secretary", "dept", "leader", "auditor", "admin"])
def test_others_have_no_one_act(visit: Visit, who: str) -> None:
    text = visit(who).get("/help").text
    assert "top-act" not in text and "bottom-act" not in text


def test_a_director_who_is_a_clerk_too_registers(visit: Visit, huiyin: World) -> None:
    also(huiyin, "director", "clerk", "office")
    assert 'href="/cases/new" data-key="n">登记诉求</a>' in visit("director").get("/help").text


# --- numbers


def waits(browser: Browser) -> str:
    """The number beside 待我办理."""
    found = re.search(r'待我办理</span><span class="side-count num">(\d+)<', browser.get("/help").text)
    return found[1] if found else ""


def test_the_number_beside_the_desk_counts_what_one_owes(visit: Visit, huiyin: World) -> None:
    everyone = ("clerk", "dept", "director", "member", "leader", "auditor", "dt-clerk")
    assert [waits(visit(who)) for who in everyone] == [""] * 7
    huiyin.raised()
    huiyin.raised(by="member2")
    huiyin.coordinated()
    assert [waits(visit(who)) for who in everyone] == ["2", "1", "", "", "", "", ""]


def test_what_is_done_is_owed_no_longer(visit: Visit, huiyin: World) -> None:
    reference = huiyin.raised()
    browser = visit("clerk")
    assert waits(browser) == "1"
    huiyin.move(reference, "decline", note="不属于受理范围")
    # A refusal has to be told, which is owed too.
    assert waits(browser) == "1"
    huiyin.move(reference, "feed_back", told="oral")
    assert waits(browser) == ""


def bell(browser: Browser) -> tuple[str, str]:
    """What is read aloud, and the figure."""
    text = part(browser.get("/help").text, '<a class="bell" href="/notices"', "</a>")
    said, figure = re.search(r'aria-label="([^"]+)"', text), re.search(r'bell-count num">([^<]+)<', text)
    return said[1] if said else "", figure[1] if figure else ""


def told(huiyin: World, login: str, times: int) -> None:
    """So many things happened that this person is told of."""
    reference = huiyin.raised()
    with huiyin.writing():
        case, office, reader = huiyin.case(reference), huiyin.actor("director"), huiyin.actor(login)
        for _ in range(times):
            cases.note(case, NoteIn(text="已电话催过"), by=office)
        events = db.session.query(Event.id).filter_by(verb="note")
        db.session.add_all(
            Notice(committee_id=reader.committee_id, person_id=reader.id, event_id=id, template="case.note")
            for (id,) in events
        )


@pytest.mark.parametrize("times, figure", [(0, ""), (1, "1"), (99, "99"), (100, "99+")])
def test_the_bell_counts_what_was_not_read(visit: Visit, huiyin: World, times: int, figure: str) -> None:
    told(huiyin, "clerk", times)
    assert bell(visit("clerk"))[1] == figure
    assert bell(visit("clerk2")) == ("通知，0 条未读", "")


# --- language


@pytest.mark.parametrize(
    "path", ["/", "/cases?state=raised&q=路灯 %26 <b>", "/search?q=%22%3E%3Cscript%3E", "/help", "/nowhere"]
)
def test_changing_the_language_leads_back_to_the_same_page(visit: Visit, path: str) -> None:
    browser = visit("clerk")
    field = re.search(r'name="next" value="([^"]*)"', browser.get(path).text)
    assert field
    answer = browser.post("/language", page="/help", language="en", next=unescape(field[1]))
    back, asked = urlsplit(answer.location), urlsplit(path)
    assert (back.path, parse_qsl(back.query)) == (asked.path, parse_qsl(asked.query))
    assert browser.get(answer.location).text.count('<html lang="en">') == 1


def test_a_chosen_language_stands_above_the_browsers(visit: Visit) -> None:
    browser = visit("clerk", "en-GB,en;q=0.9")
    assert "My desk" in browser.get("/").text
    browser.post("/language", page="/help", language="zh", next="/")
    page = browser.get("/").text
    assert "待我办理" in page and '<html lang="zh-CN">' in page


@pytest.mark.parametrize("code", ["fr", "", "zh-CN", "en'; --"])
def test_a_language_we_do_not_speak_is_refused(visit: Visit, code: str) -> None:
    browser = visit("clerk")
    assert browser.post("/language", page="/help", language=code, next="/").status_code == 422
    assert '<html lang="zh-CN">' in browser.get("/").text


@pytest.mark.requirement("T21")
@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test", "/\\evil.test", ""])
def test_the_way_back_stays_in_the_house(visit: Visit, target: str) -> None:
    assert visit("clerk").post("/language", page="/help", language="en", next=target).location == "/"


# --- whose frame


def test_the_committee_stands_beside_the_name_of_the_service(visit: Visit) -> None:
    own = {
        who: part(visit(who).get("/help").text, '<span class="brand-of">', "<")
        for who in ("clerk", "dt-clerk")
    }
    assert own == {"clerk": "锡山区政协", "dt-clerk": "东台市政协"}


@pytest.mark.parametrize("who", PLACES)
def test_everybody_is_reminded_that_secrets_stay_out(visit: Visit, who: str) -> None:
    assert "本系统不得录入国家秘密" in visit(who).get("/help").text
    assert "国家秘密" not in visit(who, "en").get("/help").text


def test_a_stranger_has_no_frame(visit: Visit) -> None:
    text = visit().get("/sign-in").text
    for inside in ('class="side"', 'class="bottom"', 'class="bell"', 'class="find"', "锡山区政协"):
        assert inside not in text
