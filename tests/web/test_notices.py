"""The bell: what happened, read one by one or all at once, and nobody else's."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.web.conftest import Visit
from tests.web.tricks import TRICKS
from tests.world import NOW, World
from tracker.actions import cases, notices
from tracker.extensions import clock, db
from tracker.incoming.cases import NoteIn
from tracker.models import Event, Notice
from tracker.outgoing.notices import NOTICES, Template
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


# --- the page


def bell(huiyin: World, template: str, about: str = "case", login: str = "clerk") -> str:
    """A line behind one person's bell about the newest event of a kind of thing; the case's number."""
    reference = huiyin.coordinated()
    with huiyin.writing():
        query = select(Event.id).where(Event.object_kind == about).order_by(Event.id.desc()).limit(1)
        person = people.by_login(f"xs-{login}")
        assert person is not None
        notices.tell(db.session.scalars(query).one(), [person.id], template)
    return reference


def lines(text: str) -> list[str]:
    """Each row's words."""
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def test_nothing_to_tell_leads_back_to_the_desk(visit: Visit) -> None:
    text = visit("clerk").get("/notices").text
    assert "没有通知" in text and "全部标为已读" not in text and lines(text) == []


def test_a_line_is_a_sentence_a_number_and_a_moment(huiyin: World, visit: Visit) -> None:
    with clock.at(NOW):
        reference = bell(huiyin, "case.raise")
        (line,) = lines(visit("clerk").get("/notices").text)
    assert line == f"有新诉求等待协调交办 未读 {reference} 09:00"


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "09:00"), (1, "昨天"), (2, "11月23日"), (60, "2026年11月23日")]
)
def test_the_moment_is_told_as_people_do(days: int, shown: str, huiyin: World, visit: Visit) -> None:
    with clock.at(NOW):
        bell(huiyin, "case.raise")
    with clock.at(NOW + timedelta(days=days)):
        (line,) = lines(visit("clerk").get("/notices").text)
    assert line.endswith(f" {shown}")


@pytest.mark.parametrize(
    "template", sorted(name for name, row in NOTICES.items() if isinstance(row, Template))
)
def test_every_sentence_can_be_read_in_both_languages(template: str, huiyin: World, visit: Visit) -> None:
    bell(huiyin, template)
    browser = visit("clerk")
    row = NOTICES[template]
    assert isinstance(row, Template) and row.text in browser.get("/notices").text
    browser.post("/language", page="/", language="en", next="/notices")
    assert not re.search("[\u4e00-\u9fff]", lines(browser.get("/notices").text)[0])


def test_a_line_of_a_silent_event_still_says_something(huiyin: World, visit: Visit) -> None:
    bell(huiyin, "case.close")
    assert "有新的进展" in lines(visit("clerk").get("/notices").text)[0]


def test_a_line_about_a_share_opens_the_share(huiyin: World, visit: Visit) -> None:
    reference = bell(huiyin, "assignment.dispatch", about="assignment", login="dept")
    assert f'value="/assignments/{huiyin.shares(reference)[0]}"' in visit("dept").get("/notices").text


@pytest.mark.requirement("T21")
@pytest.mark.parametrize("target", TRICKS[:8])
def test_reading_a_line_leads_nowhere_else(target: str, huiyin: World, visit: Visit) -> None:
    bell(huiyin, "case.raise")
    browser = visit("clerk")
    action = re.search(r'action="(/notices/\d+)"', browser.get("/notices").text)
    assert action and browser.post(action[1], page="/notices", next=target).location == "/notices"


def test_a_line_that_was_read_stays_and_can_be_opened_again(huiyin: World, visit: Visit) -> None:
    bell(huiyin, "case.raise")
    browser = visit("clerk")
    action = re.search(r'action="(/notices/\d+)"', browser.get("/notices").text)
    assert action
    for _ in range(2):
        assert browser.post(action[1], page="/notices").location == "/notices"
    (line,) = lines(browser.get("/notices").text)
    assert "未读" not in line
    with huiyin.reading():
        assert db.session.scalars(select(Notice)).one().read_at is not None


def test_reading_all_reads_nobody_else_s(huiyin: World, visit: Visit) -> None:
    told(huiyin)
    told(huiyin, "clerk2")
    visit("clerk").post("/notices/all", page="/notices")
    assert "通知，1 条未读" in visit("clerk2").get("/").text


def test_an_older_page_follows(huiyin: World, visit: Visit) -> None:
    reference = huiyin.raised()
    with huiyin.writing():
        clerk, case = huiyin.actor("clerk"), huiyin.case(reference)
        for _ in range(52):
            event = cases.note(case, NoteIn(text="已电话问过"), by=clerk)
            notices.tell(event.id, [clerk.id or 0], "case.raise")
    browser = visit("clerk")
    first = browser.get("/notices").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert len(lines(first)) == 50 and following
    second = browser.get(following[1]).text
    assert len(lines(second)) == 2 and 'rel="next"' not in second


@pytest.mark.parametrize("after", ["x", "%00", "9" * 40])
def test_a_made_up_place_in_the_list_is_refused(after: str, visit: Visit) -> None:
    assert visit("clerk").get(f"/notices?after={after}").status_code in (400, 422)


@pytest.mark.requirement("T20")
def test_a_line_is_not_read_by_merely_opening_the_page(huiyin: World, visit: Visit) -> None:
    told(huiyin)
    browser = visit("clerk")
    for _ in range(2):
        assert "通知，1 条未读" in browser.get("/notices").text
