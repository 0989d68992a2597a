"""服务活动 and 工作室: who sees them, who writes them down, what a faulty form says."""

import pytest

from tests import campaigning
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday")
EVENT = {"title": "义诊进社区", "held_on": "2026-11-20", "form": "activity_day", "categories[]": "legal_aid"}
STUDIO = {"kind": "studio", "name": "东亭委员工作室", "opened_on": "2026-11-02"}
ROOMS = {"/activities": EVENT, "/workstations": STUDIO}


@pytest.fixture
def unit(huiyin: World) -> str:
    with huiyin.reading():
        return campaigning.group_id(huiyin)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(
    "who, sees, writes",
    [
        ("member", 200, 403), ("secretary", 200, 422), ("clerk", 200, 422), ("director", 200, 422),
        ("leader", 200, 403), ("auditor", 200, 403), ("dept", 403, 403), ("admin", 403, 403),
    ],
)  # fmt: skip
def test_who_sees_and_who_writes(room: str, who: str, sees: int, writes: int, visit: Visit) -> None:
    browser = visit(who)
    assert browser.get(room).status_code == sees
    assert browser.post(f"{room}/new", page="/account").status_code == writes
    assert browser.get(f"{room}/new").status_code == (200 if writes == 422 else 403)


@pytest.mark.requirement("S1-24")
@pytest.mark.requirement("S1-25")
def test_a_service_event_is_written_down_corrected_and_taken_back(unit: str, visit: Visit) -> None:
    secretary = visit("secretary")
    made = secretary.post("/activities/new", page="/activities/new", unit=unit, **EVENT)
    assert made.status_code == 302
    listed = visit("member").get("/activities").text
    assert "义诊进社区" in listed and "法律援助" in listed and "政协活动日" in listed
    address = "/activities/" + listed.split('href="/activities/')[1].partition('"')[0]
    assert "保存" not in visit("member").get(address).text
    assert secretary.post(address, page=address, **EVENT | {"title": "送医上门"}).status_code == 302
    faulty = secretary.post(address, page=address, **EVENT | {"held_on": "2026-12-20"})
    check_page(faulty)
    assert faulty.status_code == 422 and "日期不能晚于今天" in faulty.text
    assert visit("leader").post(f"{address}/cancel", page="/account").status_code == 403
    assert secretary.post(f"{address}/cancel", page=address).status_code == 302
    assert "已撤下" in secretary.get("/activities").text
    assert visit("dt-clerk").get(address).status_code == 404


@pytest.mark.requirement("S1-27")
@pytest.mark.requirement("S1-29")
@pytest.mark.requirement("S1-30")
def test_a_studio_is_set_up_receives_and_closes(unit: str, visit: Visit) -> None:
    secretary = visit("secretary")
    address = secretary.post("/workstations/new", page="/workstations/new", unit=unit, **STUDIO).location
    day = {"held_on": "2026-11-20", "members": "吴海燕", "people_count": "6"}
    assert secretary.post(f"{address}/days", page=address, **day).status_code == 302
    early = secretary.post(f"{address}/days", page=address, **day | {"held_on": "2026-11-01"})
    check_page(early)
    assert early.status_code == 422 and "这一天工作室没有开放" in early.text
    shown = secretary.get(address).text
    assert "接待日记录" in shown and "吴海燕" in shown
    changed = STUDIO | {"kind": "standing_member_station", "keepers": "陈丽华", "reception": "每周三上午"}
    assert secretary.post(address, page=address, **changed).status_code == 302
    listed = visit("member").get("/workstations").text
    assert "每周三上午" in listed and "常委工作站" in listed
    assert "陈丽华" in visit("member").get(address).text
    assert visit("director").post(f"{address}/close", page=address, closed_on="2026-11-01").status_code == 422
    assert secretary.post(f"{address}/close", page=address, closed_on="2026-11-22").status_code == 302
    assert "已关闭" in secretary.get("/workstations").text
    assert visit("dt-clerk").get(address).status_code == 404


@pytest.mark.parametrize("room", ROOMS)
def test_a_faulty_form_keeps_what_was_typed(room: str, unit: str, visit: Visit) -> None:
    name = {"/activities": "title", "/workstations": "name"}[room]
    day = {"/activities": "held_on", "/workstations": "opened_on"}[room]
    form = ROOMS[room] | {day: "2026-12-20", name: "尚未举办"}
    answer = visit("clerk").post(f"{room}/new", page=f"{room}/new", unit=unit, **form)
    check_page(answer)
    assert answer.status_code == 422 and 'value="尚未举办"' in answer.text
