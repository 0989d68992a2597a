"""修改走访, the companions of a visit, and places to go to again."""

import re

import pytest

from tests import campaigning
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Visit as VisitRow

pytestmark = pytest.mark.usefixtures("monday")

CONTACT = {"contact": {"name": "沈桂芳", "phone": "13612345678"}, "address": "云林苑3号楼201室"}
FORM = {
    "contact.name": "沈桂芬", "contact.kind": "public_person", "persons_count": "2", "area": "0101",
    "address": "云林苑3号楼202室", "visited_on": "2026-11-21", "channel": "phone", "reported": "又说了两点。",
    "consent_process": "1", "version": "1",
}  # fmt: skip


def test_the_form_shows_what_stands_and_stores_what_is_put_right(visit: Visit, huiyin: World) -> None:
    place = f"/visits/{huiyin.visited(**CONTACT)}"
    browser = visit("member")
    page = browser.get(f"{place}/edit").text
    assert (
        'value="沈桂芳"' in page and 'value="云林苑3号楼201室"' in page and "走访困难群众</textarea>" in page
    )
    assert browser.post(f"{place}/edit", **FORM).status_code == 302
    page = browser.get(place).text
    assert "又说了两点。" in page and "沈桂芬" in page and "云林社区" in page and "沈桂芳" not in page


def test_who_was_slower_or_forgot_something_keeps_what_was_typed(visit: Visit, huiyin: World) -> None:
    place = f"/visits/{huiyin.visited(**CONTACT)}"
    browser = visit("member")
    for changes, status in (({"version": "7"}, 409), ({"reported": ""}, 422), ({"consent_process": ""}, 422)):
        sent = {name: value for name, value in (FORM | changes).items() if value}
        refused = browser.post(f"{place}/edit", **sent)
        assert refused.status_code == status and 'value="沈桂芬"' in refused.text
    with huiyin.reading():
        assert db.session.query(VisitRow).one().reported == "走访困难群众"


@pytest.mark.parametrize(
    ("who", "status"),
    [("member2", 404), ("secretary", 403), ("clerk", 403), ("dept", 404), ("dt-member", 404)],
)
def test_nobody_else_opens_it(visit: Visit, huiyin: World, who: str, status: int) -> None:
    place = f"/visits/{huiyin.visited()}"
    assert visit(who).get(f"{place}/edit").status_code == status


@pytest.mark.requirement("S2-29")
def test_companions_are_chosen_by_name_and_shown(visit: Visit, huiyin: World) -> None:
    browser = visit("member")
    page = browser.get("/visits/new").text
    found = re.search(r'name="visitors\[\]" value="([\w-]+)">\s*([^<\s]+)', page)
    assert found
    given = {name: value for name, value in FORM.items() if name != "version"} | {"visitors[]": found[1]}
    saved = browser.post("/visits/new", **given)
    assert saved.status_code == 302
    assert found[2] in browser.get(saved.location).text
    like = saved.location.rpartition("/")[2]
    assert f'value="{found[1]}" checked' in browser.get(f"/visits/new?like={like}").text


def test_one_s_own_places_are_offered_again_each_once(visit: Visit, huiyin: World) -> None:
    for _ in range(2):
        huiyin.visited(**CONTACT, area="0101")
    huiyin.visited(by="member2", address="别人去的地方", area="0101")
    page = visit("member").get("/visits/new").text
    assert page.count('data-address="云林苑3号楼201室"') == 1
    assert "别人去的地方" not in page


@pytest.mark.requirement("S1-09")
def test_a_correction_may_change_the_drive(visit: Visit, huiyin: World) -> None:
    campaigning.begun(huiyin)
    place = f"/visits/{huiyin.visited(**CONTACT, drive='三解三促')}"
    browser = visit("member")
    assert 'value="三解三促" selected' in browser.get(f"{place}/edit").text
    assert "三解三促" in browser.get(place).text
    assert browser.post(f"{place}/edit", **FORM, drive="").status_code == 302
    assert "三解三促" not in browser.get(place).text
    assert "三解三促</option>" in browser.get(f"{place}/edit").text
