"""Forms of activities and workstations: the field that is named, what stays in the form, an older version."""

import re

import pytest
from sqlalchemy import select

from tests import campaigning, contacting, inviting
from tests.actions.conftest import everything
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Event

pytestmark = pytest.mark.usefixtures("monday")
EVENT = {
    "kind": "symposium", "title": "东亭街道居民座谈会", "held_on": "2026-11-20", "form": "activity_week",
    "place": "云林社区二楼", "people_count": "32", "report": "谈了路灯和停车。",
}  # fmt: skip
STUDIO = {
    "kind": "studio", "name": "邻里议事工作室", "place": "春江路12号", "keepers": "吴海燕",
    "reception": "每周三上午", "opened_on": "2026-11-02",
}  # fmt: skip


def faults(text: str) -> set[str]:
    return set(re.findall(r'id="f-([\w.-]+)-error"', text))


@pytest.fixture
def unit(huiyin: World) -> str:
    with huiyin.reading():
        return campaigning.group_id(huiyin)


WRONG: list[tuple[str, dict[str, str], str]] = [
    ("/activities", {"title": ""}, "title"),
    ("/activities", {"title": "会" * 121}, "title"),
    ("/activities", {"held_on": ""}, "held_on"),
    ("/activities", {"held_on": "2026-02-30"}, "held_on"),
    ("/activities", {"people_count": "-1"}, "people_count"),
    ("/activities", {"people_count": "很多"}, "people_count"),
    ("/activities", {"unit": ""}, "unit"),
    ("/activities", {"unit": "nobody"}, "unit"),
    ("/workstations", {"name": "室"}, "name"),
    ("/workstations", {"kind": "castle"}, "kind"),
    ("/workstations", {"opened_on": "2026-11-24"}, "opened_on"),
    ("/workstations", {"reception": "周" * 121}, "reception"),
    ("/workstations", {"unit": ""}, "unit"),
]


def test_a_refused_form_names_one_field_and_keeps_the_others(unit: str, visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    token, before = clerk.token("/search"), everything(huiyin)
    for room, change, field in WRONG:
        form = {"/activities": EVENT, "/workstations": STUDIO}[room] | {"unit": unit} | change
        answer = clerk.client.post(f"{room}/new", data=form | {"csrf_token": token})
        check_page(answer)
        assert answer.status_code == 422 and faults(answer.text) == {field}, change
        kept = {name: value for name, value in form.items() if name not in (field, "report")}
        assert all(f'value="{value}"' in answer.text for value in kept.values() if value)
    assert everything(huiyin) == before


def test_ticks_and_chips_stay_as_they_were_set(unit: str, visit: Visit) -> None:
    given = EVENT | {"title": "", "unit": unit, "categories[]": ["legal_aid", "advice"]}
    text = visit("clerk").post("/activities/new", page="/search", **given).text
    ticked = set(re.findall(r'name="categories\[\]" value="(\w+)"[^>]*checked', text))
    assert ticked == {"legal_aid", "advice"}
    assert re.search(r'value="activity_week"[^>]*(checked|selected)', text)


def test_a_secretary_is_offered_the_own_group_and_the_office_every_unit(visit: Visit) -> None:
    for room in ("/activities/new", "/workstations/new"):
        secretary, clerk = visit("secretary").get(room).text, visit("clerk").get(room).text
        assert "东亭街道工委会" in secretary and "教育界别组" not in secretary
        assert "东亭街道工委会" in clerk and "教育界别组" in clerk


@pytest.mark.parametrize("room", ["/activities", "/workstations"])
def test_a_secretary_writes_nothing_for_another_group(room: str, visit: Visit, huiyin: World) -> None:
    with huiyin.reading():
        other = campaigning.group_id(huiyin, "group2")
    form = {"/activities": EVENT, "/workstations": STUDIO}[room] | {"unit": other}
    assert visit("secretary").post(f"{room}/new", page="/search", **form).status_code in (403, 422)
    assert form.get("title", form.get("name")) not in visit("clerk").get(room).text


# --- one activity
def test_a_refused_change_of_an_activity_opens_its_form_again(visit: Visit, huiyin: World) -> None:
    path, clerk = f"/activities/{inviting.meeting(huiyin)}", visit("clerk")
    for change, status in (({"title": ""}, 422), ({"version": "99"}, 409)):
        answer = clerk.post(path, page=path, **EVENT | {"place": "留住的地点"} | change)
        check_page(answer)
        assert answer.status_code == status and 'value="留住的地点"' in answer.text
    assert "留住的地点" not in clerk.get(path).text


def test_an_activity_that_was_taken_back_offers_nothing_more(visit: Visit, huiyin: World) -> None:
    path, secretary = f"/activities/{inviting.meeting(huiyin)}", visit("secretary")
    assert secretary.post(f"{path}/cancel", page=path).location == "/activities"
    page = secretary.get(path).text
    assert "已撤下" in page and f'action="{path}/invitees"' not in page
    # A second click changes nothing.
    before = everything(huiyin)["activity"]
    assert secretary.post(f"{path}/cancel", page="/search").status_code == 302
    assert everything(huiyin)["activity"] == before


def test_who_heard_that_it_is_called_off_hears_of_no_change_after_that(visit: Visit, huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, held_on="2026-12-01")
    inviting.moved(huiyin, inviting.proposed(huiyin, meeting), "approve", by="director")
    path, secretary = f"/activities/{meeting}", visit("secretary")
    secretary.post(f"{path}/cancel", page=path)
    assert secretary.post(path, page=path, **EVENT | {"held_on": "2026-12-02"}).status_code == 302
    with huiyin.reading():
        verbs = db.session.scalars(select(Event.verb).where(Event.object_kind == "invitee")).all()
    assert "tell_cancelled" in verbs and "tell_change" not in verbs


@pytest.mark.parametrize("name", ["nothing", "to_select"])
def test_a_queue_that_is_none_is_refused(name: str, visit: Visit) -> None:
    assert visit("clerk").get(f"/activities?waiting={name}").status_code == 422


WAITS: list[tuple[str, bool]] = [
    ("director", True),
    ("clerk", False),
    ("secretary", False),
    ("leader", False),
]


def test_a_list_of_guests_waits_for_who_approves_it(visit: Visit, huiyin: World) -> None:
    meeting = inviting.meeting(huiyin)
    inviting.meeting(huiyin, title="没有名单的座谈会")
    inviting.proposed(huiyin, meeting, by="clerk")
    for who, listed in WAITS:
        page = visit(who).get("/activities?waiting=invitees_to_approve").text
        assert ("东亭街道居民座谈会" in page) is listed and "没有名单的座谈会" not in page
        assert ("没有等您审核的邀请名单" in page) is not listed


# --- one workstation
@pytest.fixture
def station(huiyin: World) -> str:
    return f"/workstations/{contacting.kept(huiyin)}"


def sent(browser: Browser, path: str, status: int = 422, **form: str) -> str:
    answer = browser.post(path, page="/search", **form)
    check_page(answer)
    assert answer.status_code == status, answer.text
    return answer.text


WRONG_DAYS: list[tuple[str, dict[str, str], str, str]] = [
    ("days", {"held_on": "2026-11-24", "members": "留住的人"}, "held_on", "留住的人"),
    ("days", {"held_on": "2026-11-20", "members": "", "note": "留住的情况"}, "members", "留住的情况"),
    (
        "days",
        {"held_on": "2026-11-20", "members": "留住的人", "people_count": "x"},
        "people_count",
        "留住的人",
    ),
    ("days", {"held_on": "", "members": "留住的人"}, "held_on", "留住的人"),
    ("plan", {"held_on": "2026-11-22", "hours": "留住的时间"}, "plan-held_on", "留住的时间"),
    ("plan", {"held_on": "2026-11-25", "hours": "时" * 41}, "plan-hours", "时" * 41),
    ("close", {"closed_on": "2026-11-24"}, "closed_on", "2026-11-24"),
    ("close", {"closed_on": "2026-11-01"}, "closed_on", "2026-11-01"),
]


def test_a_refused_day_opens_its_own_form_and_leaves_the_others_alone(station: str, visit: Visit) -> None:
    clerk = visit("clerk")
    for form, given, field, kept in WRONG_DAYS:
        text = sent(clerk, f"{station}/{form}", **given)
        assert faults(text) == {field} and kept in text
        # The form of the workstation itself still says what stands.
        assert 'value="邻里议事工作室"' in text and 'value="2026-11-02"' in text


def test_a_refused_change_of_a_workstation_keeps_what_was_typed(station: str, visit: Visit) -> None:
    clerk = visit("clerk")
    late = sent(clerk, station, 409, **STUDIO | {"name": "慢了一步的名称"}, version="99")
    assert 'value="慢了一步的名称"' in late
    wrong = sent(clerk, station, **STUDIO | {"name": "室", "keepers": "留住的人"})
    assert faults(wrong) == {"name"} and 'value="留住的人"' in wrong
    assert "慢了一步" not in clerk.get(station).text


def test_a_closed_workstation_takes_no_more_days(station: str, visit: Visit) -> None:
    clerk = visit("clerk")
    assert clerk.post(f"{station}/close", page="/search", closed_on="2026-11-20").status_code == 302
    page = clerk.get(station).text
    assert (
        "已关闭" in page and f'action="{station}/days"' not in page and f'action="{station}/plan"' not in page
    )
    assert clerk.post(f"{station}/close", page="/search", closed_on="2026-11-21").status_code == 409
    later = clerk.post(f"{station}/days", page="/search", held_on="2026-11-21", members="吴海燕")
    assert later.status_code in (409, 422)


def test_a_day_is_counted_once_it_was_held(station: str, visit: Visit) -> None:
    secretary = visit("secretary")
    day = {"held_on": "2026-11-20", "members": "吴海燕", "people_count": "6", "note": "<b>反映</b>路灯两件"}
    secretary.post(f"{station}/days", page="/search", **day)
    shown = visit("member").get(station).text
    assert "&lt;b&gt;反映&lt;/b&gt;路灯两件" in shown and 'data-label="接待人数">6' in shown
    assert "1 次" in secretary.get("/workstations").text


def test_who_only_reads_finds_words_instead_of_forms(station: str, visit: Visit, huiyin: World) -> None:
    event = f"/activities/{inviting.meeting(huiyin)}"
    for path in (station, event):
        for who in ("member", "leader", "auditor"):
            main = visit(who).get(path).text.partition("<main")[2].partition("</main>")[0]
            assert "<form" not in main, (path, who)
