"""Units: added, renamed, taken out of use, and kept while they have work."""

import re

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import Event, OrgUnit, Person


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


# --- the tree


def listed(text: str) -> list[str]:
    """Each row's first words: the unit as it is indented, and whether it is in use."""
    found = re.findall(r'<td class="lead">(.*?)</td>', text, re.S)
    return [re.sub("<[^>]+>", "", row).strip() for row in found]


def test_the_committee_stands_on_top_and_its_units_below(visit: Visit) -> None:
    first, *below = listed(visit("admin").get("/units").text)
    assert first == "锡山区政协"
    assert len(below) == 6 and "区教育局" in below and "东台市政协" not in below


def test_a_unit_below_another_stands_right_after_it_and_deeper(huiyin: World, visit: Visit) -> None:
    with huiyin.reading():
        parent = _unit("housing").public_id
    add(visit("admin"), name="区房产管理处", kind="department", parent=parent)
    text = visit("admin").get("/units").text
    units = listed(text)
    assert units[units.index("区住房和城乡建设局") + 1].endswith("区房产管理处")
    assert "\u3000\u3000区房产管理处" in text and "\u3000\u3000区教育局" not in text


def test_a_row_counts_people_and_open_work(huiyin: World, visit: Visit) -> None:
    huiyin.coordinated()
    huiyin.handled()
    row = re.search(r"区住房和城乡建设局.*?</tr>", visit("admin").get("/units").text, re.S)
    assert row and re.findall(r'<td class="num"[^>]*>(\d+)</td>', row[0]) == ["1", "1"]


def test_who_was_stopped_counts_no_more(huiyin: World, visit: Visit) -> None:
    with huiyin.writing():
        db.session.scalars(select(Person).where(Person.login == "xs-dept")).one().is_active = False
    row = re.search(r"区住房和城乡建设局.*?</tr>", visit("admin").get("/units").text, re.S)
    assert row and re.findall(r'<td class="num"[^>]*>(\d+)</td>', row[0]) == ["0", "0"]


def test_the_committee_itself_cannot_be_taken_out_of_use(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "root")
    answer = browser.post(path, page="/units", name="锡山区政协")
    assert answer.status_code == 409 and "不能停用" in answer.text
    assert in_use(huiyin, "root")


def test_a_unit_out_of_use_is_offered_nowhere_and_can_be_used_again(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "education")
    browser.post(path, page="/units", name="区教育局")
    assert any(
        unit.startswith("区教育局") and "已停用" in unit for unit in listed(browser.get("/units").text)
    )
    for page in ("/units/new", "/people/new"):
        assert "区教育局" not in browser.get(page).text, page
    assert "区教育局" not in visit("clerk").get("/cases/new").text
    browser.post(path, page="/units", name="区教育局", is_active="1")
    assert "区教育局" in browser.get("/units/new").text


def test_the_name_of_a_unit_out_of_use_is_not_given_away(huiyin: World, visit: Visit) -> None:
    browser = visit("admin")
    browser.post(address(huiyin, "education"), page="/units", name="区教育局")
    with huiyin.reading():
        top = _unit("root").public_id
    answer = add(browser, name="区教育局", kind="department", parent=top)
    assert answer.status_code == 422 and "恢复使用即可" in answer.text


def test_saving_a_unit_as_it_is_changes_nothing(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "housing")
    answer = browser.post(path, page="/units", name="区住房和城乡建设局", is_active="1")
    assert answer.status_code == 302 and in_use(huiyin, "housing")


@pytest.mark.parametrize("name", ["", " ", "局", "长" * 81, "区教育局"])
def test_a_faulty_new_name_changes_nothing(name: str, huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), address(huiyin, "housing")
    answer = browser.post(path, page="/units", name=name, is_active="1")
    assert answer.status_code == 422
    assert "区住房和城乡建设局" in listed(visit("admin").get("/units").text)


def test_a_new_name_is_read_in_the_work_that_is_under_way(huiyin: World, visit: Visit) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    visit("admin").post(address(huiyin, "housing"), page="/units", name="区住建局", is_active="1")
    assert "区住建局" in visit("clerk").get(f"/assignments/{share}").text


def test_a_tree_does_not_grow_without_end(huiyin: World, visit: Visit) -> None:
    browser, statuses = visit("admin"), []
    with huiyin.reading():
        parent = _unit("root").public_id
    for depth in range(8):
        answer = add(browser, name=f"第{depth}层", kind="department", parent=parent)
        statuses.append(answer.status_code)
        parent = answer.location.rpartition("unit-")[2] if answer.location else parent
    assert statuses == [302] * 7 + [422] and "层级太深" in answer.text


@pytest.mark.requirement("T22")
def test_markup_in_a_name_is_words(huiyin: World, visit: Visit) -> None:
    visit("admin").post(address(huiyin, "housing"), page="/units", name="<b>局</b>", is_active="1")
    assert "&lt;b&gt;局&lt;/b&gt;" in visit("admin").get("/units").text
