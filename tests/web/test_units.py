"""Units: added, renamed, taken out of use, and kept while they have work."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Event, OrgUnit


def address(huiyin: World, key: str) -> str:
    with huiyin.reading():
        return f"/units/{_unit(key).public_id}"


def in_use(huiyin: World, key: str) -> bool:
    with huiyin.reading():
        return _unit(key).is_active


def _unit(key: str) -> OrgUnit:
    """The first committee's unit of that key."""
    return db.session.scalars(select(OrgUnit).where(OrgUnit.key == key).order_by(OrgUnit.id)).all()[0]


def _foreign(key: str) -> OrgUnit:
    """The other committee's unit of that key."""
    return db.session.scalars(select(OrgUnit).where(OrgUnit.key == key).order_by(OrgUnit.id)).all()[1]


def add(browser: Browser, **form: str) -> TestResponse:
    return browser.post("/units/new", page="/units/new", **form)


def test_a_unit_gets_a_new_name(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "housing")
    assert browser.post(path, page="/units", name="区住建局", is_active="1").status_code == 302
    assert "区住建局" in browser.get("/units").text


def test_a_unit_with_open_work_stays(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    browser, path = visit("admin"), address(huiyin, "housing")
    answer = browser.post(path, page="/units", name="区住房和城乡建设局")
    assert answer.status_code == 409
    assert "办完再停用" in answer.text
    assert in_use(huiyin, "housing")


def test_a_unit_without_work_is_taken_out_of_use(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "education")
    assert browser.post(path, page="/units", name="区教育局").status_code == 302
    assert not in_use(huiyin, "education")


def test_a_refused_name_is_kept_beside_its_fault(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "housing")
    answer = browser.post(path, page="/units", name="区教育局", is_active="1")
    check_page(answer)
    assert answer.status_code == 422
    assert "已经有叫这个名字的单位了" in answer.text
    assert 'value="区教育局" required' in answer.text


def test_a_unit_is_added_below_another_and_can_be_used_at_once(huiyin: World, visit: Visit) -> None:
    browser = visit("admin")
    form = browser.get("/units/new").text
    assert "承办单位</option>" in form and 'value="committee"' not in form
    with huiyin.reading():
        housing, lineage = _unit("housing").public_id, _unit("housing").lineage
    answer = add(browser, name="区房产管理处", kind="department", parent=housing)
    assert answer.status_code == 302
    page = browser.get("/units").text
    assert "“区房产管理处”已添加" in page
    with huiyin.reading():
        made = db.session.scalars(select(OrgUnit).where(OrgUnit.name == "区房产管理处")).one()
        assert made.lineage == (*lineage, made.id)
        event = db.session.scalars(select(Event).where(Event.verb == "add_unit")).one()
        assert (event.object_kind, event.object_id) == ("unit", made.id)
        place = f"unit-{made.public_id}"
    assert answer.location == f"/units#{place}"
    assert f'id="{place}"' in page
    assert "区房产管理处" in visit("clerk").get("/cases/new").text


def test_a_unit_with_faults_is_not_added_and_what_was_typed_is_kept(huiyin: World, visit: Visit) -> None:
    browser = visit("admin")
    with huiyin.reading():
        top, foreign = _unit("root").public_id, _foreign("root").public_id
    faulty = [
        ({"name": "", "kind": "department", "parent": top}, "f-name-error"),
        ({"name": "区教育局", "kind": "department", "parent": top}, "f-name-error"),
        ({"name": "区水利局", "kind": "committee", "parent": top}, "f-kind-error"),
        ({"name": "区水利局", "kind": "department", "parent": foreign}, "f-parent-error"),
        ({"name": "区水利局", "kind": "department", "parent": ""}, "f-parent-error"),
    ]
    for form, fault in faulty:
        answer = add(browser, **form)
        check_page(answer)
        assert answer.status_code == 422
        assert f'id="{fault}"' in answer.text
        assert f'value="{form["name"]}"' in answer.text


def test_another_committee_may_have_a_unit_of_the_same_name(huiyin: World, visit: Visit) -> None:
    with huiyin.reading():
        top, foreign = _unit("root").public_id, _foreign("root").public_id
    assert add(visit("admin"), name="区水利局", kind="department", parent=top).status_code == 302
    assert add(visit("dt-admin"), name="区水利局", kind="department", parent=foreign).status_code == 302
    assert "区水利局" in visit("dt-admin").get("/units").text


@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("clerk", 403), ("director", 403), ("auditor", 403), ("dept", 403)]
)
def test_who_may_add_a_unit(who: str, status: int, visit: Visit) -> None:
    browser = visit(who)
    assert browser.get("/units/new").status_code == status
    assert browser.post("/units/new", page="/").status_code == (422 if status == 200 else status)


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 403), ("auditor", 403), ("dt-admin", 404), ("admin", 422)]
)
def test_who_may_not_and_what_is_missing(who: str, status: int, huiyin: World, visit: Visit) -> None:
    path = address(huiyin, "housing")
    assert visit(who).post(path, page="/", name="").status_code == status
