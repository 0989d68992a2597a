"""Units: renamed, taken out of use, and kept while they have work."""

import pytest
from sqlalchemy import select

from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import db
from tracker.models import OrgUnit


def address(huiyin: World, key: str) -> str:
    with huiyin.reading():
        return f"/units/{_unit(key).public_id}"


def in_use(huiyin: World, key: str) -> bool:
    with huiyin.reading():
        return _unit(key).is_active


def _unit(key: str) -> OrgUnit:
    """The first committee's unit of that key."""
    return db.session.scalars(select(OrgUnit).where(OrgUnit.key == key).order_by(OrgUnit.id)).all()[0]


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


@pytest.mark.parametrize(
    ("who", "status"), [("clerk", 403), ("auditor", 403), ("dt-admin", 404), ("admin", 422)]
)
def test_who_may_not_and_what_is_missing(who: str, status: int, huiyin: World, visit: Visit) -> None:
    path = address(huiyin, "housing")
    assert visit(who).post(path, page="/", name="").status_code == status
