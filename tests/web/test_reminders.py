"""提醒未完成: shown before it is sent, sent to those who owe, heard once a day."""

import pytest
from sqlalchemy import select

from tests import campaigning
from tests.campaigning import begun
from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.extensions import clock, db
from tracker.jobs.drain import Worker
from tracker.models import Notice, Person

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def page(huiyin: World) -> str:
    return f"/campaigns/{begun(huiyin)}/reminders"


def test_it_shows_whom_it_will_reach_and_then_nobody_twice(page: str, visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    shown = clerk.get(page).text
    assert "吴海燕" in shown and "陈丽华" in shown and "会收到的 2 人" in shown
    assert clerk.post(page, page=page).status_code == 302
    again = clerk.get(page).text
    assert "今天已经提醒过，不再重复：" in again and "提醒这" not in again
    assert clerk.post(page, page=page).status_code == 409
    with clock.at(NOW):
        Worker(huiyin.app).run(until_empty=True)
    with huiyin.reading():
        query = select(Person.login).join(Notice, Notice.person_id == Person.id).order_by(Person.login)
        told = db.session.scalars(query.where(Notice.template == "campaign.remind"))
        assert list(told) == ["xs-member", "xs-member2"]
    bell = visit("member").get("/notices").text
    assert "走访活动还有任务没完成" in bell and page.rpartition("/")[0] in bell


def test_one_group_is_reminded_alone(page: str, visit: Visit, huiyin: World) -> None:
    with huiyin.reading():
        group = campaigning.group_id(huiyin, "group2")
    clerk = visit("clerk")
    assert "吴海燕" not in clerk.get(f"{page}?group={group}").text
    assert clerk.post(page, page=page, group=group).status_code == 302
    assert "陈丽华" in clerk.get(page).text.partition("不再重复")[2]


def test_a_group_that_is_none_is_named(page: str, visit: Visit) -> None:
    assert visit("clerk").get(f"{page}?group=none-such").status_code == 422
    assert visit("clerk").post(page, page=page, group="none-such").status_code == 422


@pytest.mark.parametrize(
    "who, status",
    [
        ("secretary", 200),
        ("director", 200),
        ("member", 403),
        ("leader", 403),
        ("dept", 404),
        ("dt-clerk", 404),
    ],
)
def test_who_may_remind(who: str, status: int, page: str, visit: Visit) -> None:
    assert visit(who).get(page).status_code == status


def test_a_secretary_reaches_the_own_group(page: str, visit: Visit) -> None:
    shown = visit("secretary").get(page).text
    assert "吴海燕" in shown and "陈丽华" not in shown
