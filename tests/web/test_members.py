"""委员: where the office finds a member by group, name and what makes one a bridge."""

import pytest

from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Person

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def tagged(huiyin: World) -> World:
    with huiyin.writing():
        person = db.session.query(Person).filter_by(login="xs-member").one()
        person.bridges, person.title, person.level = ["community_cadre"], "社区党委书记", "county"
    return huiyin


@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize("who", ["clerk", "director", "secretary", "admin"])
def test_the_office_finds_the_members_who_are_a_bridge(who: str, visit: Visit, tagged: World) -> None:
    whole = visit(who).get("/members").text
    assert "吴海燕" in whole and "陈丽华" in whole and "社区党委书记" in whole and "本级委员" in whole
    found = visit(who).get("/members?bridge=community_cadre").text
    assert "吴海燕" in found and "陈丽华" not in found


@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize("who", ["member", "dept", "leader", "auditor"])
def test_nobody_else_may_open_the_list(who: str, visit: Visit) -> None:
    assert visit(who).get("/members").status_code == 403
    assert 'href="/members"' not in visit(who).get("/").text


@pytest.mark.parametrize(
    ("who", "listed"), [("clerk", True), ("secretary", True), ("admin", False), ("member", False)]
)
def test_the_way_there_stands_where_it_is_needed(who: str, listed: bool, visit: Visit) -> None:
    assert ('href="/members"' in visit(who).get("/").text) == listed


def test_what_is_nobodys_says_so_and_a_wrong_filter_is_refused(visit: Visit, tagged: World) -> None:
    clerk = visit("clerk")
    assert "没有符合这些条件的" in clerk.get("/members?bridge=professional").text
    assert clerk.get("/members?bridge=king").status_code == 422


def test_the_administrator_gives_the_tags_and_finds_people_by_them(visit: Visit, tagged: World) -> None:
    with tagged.reading():
        person = db.session.query(Person).filter_by(login="xs-member2").one()
        path, version = f"/people/{person.public_id}", str(person.version)
    browser = visit("admin")
    sent = {"name": "陈丽华", "posts.0.role": "member", "posts.0.unit": "group2", "is_active": "1"}
    tags = {"bridges[]": ["professional", "local_leader"]}
    assert browser.post(path, page=path, version=version, **sent, **tags).status_code == 302
    page = browser.get(path).text
    assert 'value="professional" checked' in page and 'value="community_cadre" checked' not in page
    listed = browser.get("/people?bridge=local_leader").text
    assert "陈丽华" in listed and "行业骨干" in listed and "吴海燕" not in listed
    assert browser.post(path, page=path, **sent).status_code == 302
    assert 'value="professional" checked' not in browser.get(path).text


def test_only_a_member_is_a_bridge_and_the_page_says_so(visit: Visit) -> None:
    sent = {"login": "xs-new", "name": "新来的人", "posts.0.role": "clerk", "posts.0.unit": "office"}
    refused = visit("admin").post(
        "/people/new", page="/people/new", **sent, **{"bridges[]": ["professional"]}
    )
    assert refused.status_code == 422
    assert 'id="f-bridges-error"' in refused.text and "只有委员才有桥梁身份" in refused.text
    assert 'value="professional" checked' in refused.text


def test_the_way_to_a_members_visits_is_for_whoever_reads_them(visit: Visit, tagged: World) -> None:
    tagged.visited(reported="第一位委员的走访")
    tagged.visited(by="member2", reported="第二位委员的走访")
    page = visit("clerk").get("/members?group=group").text
    link = page.partition('<a href="/visits?')[2].partition('"')[0]
    visits = visit("clerk").get(f"/visits?{link}").text
    assert "第一位委员的走访" in visits and "第二位委员的走访" not in visits
    assert "/visits?member=" not in visit("admin").get("/members").text
