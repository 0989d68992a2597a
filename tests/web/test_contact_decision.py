"""向群众公布: the office ticks what residents may read, plans days, and prints the notice."""

import pytest

from tests import contacting
from tests.contacting import decided, kept, opened, planned
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.actions import people as accounts
from tracker.incoming.people import PersonEdit

pytestmark = [pytest.mark.requirement("S1-32"), pytest.mark.usefixtures("monday")]
PAGE = "/workstations/public"


def seen(world: World) -> str:
    with world.reading():
        return contacting.fingerprint(world)


@pytest.mark.parametrize(
    "who, status",
    [
        ("member", 403), ("secretary", 403), ("clerk", 200), ("director", 200),
        ("dept", 403), ("leader", 403), ("auditor", 403), ("admin", 403),
    ],
)  # fmt: skip
def test_who_decides(who: str, status: int, visit: Visit) -> None:
    browser = visit(who)
    assert browser.get(PAGE).status_code == status
    sent = browser.post(PAGE, page="/account", seen="old").status_code
    assert sent == (409 if status == 200 else 403)


@pytest.mark.parametrize(
    "who, status",
    [("member", 403), ("secretary", 200), ("clerk", 200), ("director", 200), ("leader", 403), ("admin", 403)],
)
def test_who_prints_the_notice(who: str, status: int, huiyin: World, visit: Visit, paperless: None) -> None:
    opened(huiyin)
    assert visit(who).get("/workstations/poster").status_code == status


def test_there_is_no_notice_of_a_page_that_is_closed(visit: Visit, paperless: None) -> None:
    answer = visit("clerk").get("/workstations/poster")
    assert answer.status_code == 409 and "联系页还没有开放" in answer.text


def test_what_is_ticked_is_published_and_what_is_not_ticked_is_taken_off(huiyin: World, visit: Visit) -> None:
    one, other = kept(huiyin), kept(huiyin, key="group2", name="企业会客厅")
    clerk = visit("clerk")
    ticked = {"open": "1", "members": "1", "stations[]": [one, other], "seen": seen(huiyin)}
    assert clerk.post(PAGE, page=PAGE, **ticked).location == PAGE
    shown = visit().get("/contact/xs").text
    assert "邻里议事工作室" in shown and "企业会客厅" in shown
    ticked = {"open": "1", "members": "1", "stations[]": [other], "seen": seen(huiyin)}
    clerk.post(PAGE, page=PAGE, **ticked)
    shown = visit().get("/contact/xs").text
    assert "邻里议事工作室" not in shown and "企业会客厅" in shown
    clerk.post(PAGE, page=PAGE, seen=seen(huiyin))
    assert visit().get("/contact/xs").status_code == 404


def test_the_form_shows_what_was_decided(huiyin: World, visit: Visit) -> None:
    assert "还没有工作室" in visit("clerk").get(PAGE).text
    public_id = opened(huiyin)
    kept(huiyin, key="group2", name="企业会客厅")
    shown = visit("clerk").get(PAGE).text
    assert shown.count('value="1" checked') == 2 and shown.count(" checked") == 4
    assert f'value="{public_id}" checked' in shown
    assert "打印公示海报" in shown and "http://127.0.0.1:8000/contact/xs" in shown


def test_an_old_form_is_refused_and_keeps_its_ticks(huiyin: World, visit: Visit) -> None:
    public_id = kept(huiyin)
    clerk, old = visit("clerk"), seen(huiyin)
    decided(huiyin)
    answer = clerk.post(PAGE, page=PAGE, open="1", seen=old, **{"stations[]": public_id})
    check_page(answer)
    assert answer.status_code == 409 and f'value="{public_id}" checked' in answer.text


def test_a_station_that_gives_a_phone_away_is_named(huiyin: World, visit: Visit) -> None:
    public_id = kept(huiyin, name="找老吴", place="请打13912342186")
    ticked = {"open": "1", "stations[]": public_id, "seen": seen(huiyin)}
    answer = visit("clerk").post(PAGE, page=PAGE, **ticked)
    check_page(answer)
    assert answer.status_code == 422 and "“找老吴”的名称、地点或接待日里有电话" in answer.text


def test_the_register_shows_what_is_public_and_leads_on(huiyin: World, visit: Visit) -> None:
    public_id = kept(huiyin)
    assert "公示海报" not in visit("clerk").get("/workstations").text
    decided(huiyin, [public_id])
    clerk, member = visit("clerk").get("/workstations").text, visit("member").get("/workstations").text
    assert "已公布" in clerk and "公示海报" in clerk and PAGE in clerk
    assert "已公布" in member and "公示海报" not in member and PAGE not in member
    assert "http://127.0.0.1:8000/contact/xs" in member


def test_days_are_planned_and_taken_back_on_the_page_of_the_station(huiyin: World, visit: Visit) -> None:
    public_id = kept(huiyin)
    address, secretary = f"/workstations/{public_id}", visit("secretary")
    day = {"held_on": "2026-11-25", "hours": "上午9:00—11:30"}
    assert secretary.post(f"{address}/plan", page=address, **day).status_code == 302
    shown = secretary.get(address).text
    assert "2026年11月25日 星期三" in shown and "上午9:00—11:30" in shown and "待登记" not in shown
    again = secretary.post(f"{address}/plan", page=address, **day)
    check_page(again)
    assert again.status_code == 422 and "这一天已经在计划里了" in again.text
    row = shown.split('name="day" value="')[1].partition('"')[0]
    assert secretary.post(f"{address}/cancel", page=address, day=row).status_code == 302
    assert "2026年11月25日" not in secretary.get(address).text
    assert secretary.post(f"{address}/cancel", page=address, day=row).status_code == 404


@pytest.mark.parametrize("act", ["plan", "cancel"])
@pytest.mark.parametrize("who, status", [("member", 403), ("leader", 403), ("dt-clerk", 404), ("dept", 404)])
def test_others_plan_nothing(act: str, who: str, status: int, huiyin: World, visit: Visit) -> None:
    address = f"/workstations/{kept(huiyin)}/{act}"
    assert visit(who).post(address, page="/account", held_on="2026-11-25", day="x").status_code == status


def test_a_planned_day_that_is_over_waits_to_be_written_down(huiyin: World, visit: Visit) -> None:
    public_id = kept(huiyin)
    day = planned(huiyin, public_id)
    with huiyin.writing():
        station = contacting.station(huiyin, public_id)
        next(one for one in station.planned if one.public_id == day).held_on = contacting.OPENED
    assert "待登记" in visit("secretary").get(f"/workstations/{public_id}").text
    assert "0 次" in visit("secretary").get("/workstations").text


def test_the_administrator_leaves_a_member_out(huiyin: World, visit: Visit) -> None:
    opened(huiyin)
    with huiyin.reading():
        member = contacting.person(huiyin, "member2")
        address, unit = f"/people/{member.public_id}", member.posts[0].unit.public_id
    admin = visit("admin")
    assert "姓名可以公布" in admin.get(address).text
    form = {"name": "陈丽华", "is_active": "1", "posts.0.unit": unit, "posts.0.role": "member"}
    assert admin.post(address, page=address, **form).status_code == 302
    assert "陈丽华" not in visit().get("/contact/xs").text
    assert admin.post(address, page=address, is_listed="1", **form).status_code == 302
    assert "陈丽华" in visit().get("/contact/xs").text


def test_an_edit_that_does_not_say_so_leaves_it_as_it_was(huiyin: World) -> None:
    with huiyin.writing():
        member = contacting.person(huiyin, "member2")
        accounts.edit(member, PersonEdit(is_listed=False), by=huiyin.actor("admin"))
        accounts.edit(member, PersonEdit(title="组长"), by=huiyin.actor("admin"))
        assert not member.is_listed
