"""The bell: what happened, read one by one or all at once, and nobody else's."""

import re

from sqlalchemy import select

from tests.web.conftest import Visit
from tests.world import World
from tracker.actions import notices
from tracker.extensions import db
from tracker.models import Event, Notice
from tracker.queries import people


def told(huiyin: World, login: str = "clerk") -> str:
    """A new case, told to one person."""
    reference = huiyin.raised()
    with huiyin.writing():
        case = huiyin.case(reference)
        event = db.session.scalars(select(Event).where(Event.case_id == case.id)).one()
        person = people.by_login(f"xs-{login}")
        assert person is not None
        notices.tell(event.id, [person.id], "case.raise")
    return reference


def test_a_notice_says_what_happened_and_leads_there(huiyin: World, visit: Visit) -> None:
    reference = told(huiyin)
    browser = visit("clerk")
    text = browser.get("/notices").text
    assert "有新诉求等待协调交办" in text
    assert "云林苑" not in text
    assert "通知，1 条未读" in text
    form = re.search(r'action="(/notices/\d+)">.*?name="next" value="([^"]+)"', text, re.S)
    assert form
    answer = browser.post(form[1], page="/notices", next=form[2])
    assert answer.location == f"/cases/{reference}"
    assert "通知，0 条未读" in browser.get("/notices").text


def test_all_are_read_at_once(huiyin: World, visit: Visit) -> None:
    for _ in range(3):
        told(huiyin)
    browser = visit("clerk")
    assert "通知，3 条未读" in browser.get("/").text
    browser.post("/notices/all", page="/notices")
    assert "通知，0 条未读" in browser.get("/").text


def test_nobody_reads_anothers_notices(huiyin: World, visit: Visit) -> None:
    told(huiyin)
    with huiyin.reading():
        number = db.session.scalars(select(Notice.id)).one()
    browser = visit("clerk2")
    assert "没有通知" in browser.get("/notices").text
    for wanted in (number, 999, "x", "²"):
        assert browser.post(f"/notices/{wanted}", page="/").status_code == 404
    with huiyin.reading():
        assert db.session.scalars(select(Notice)).one().read_at is None
