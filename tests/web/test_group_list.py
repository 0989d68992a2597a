"""各组汇总: what the groups confirmed, for whoever may look into it, and what still waits to be received."""

import re

import pytest

from tests import campaigning, contacting
from tests.web.conftest import Visit
from tests.world import World

pytestmark = [pytest.mark.requirement("S2-26"), pytest.mark.usefixtures("monday")]
PAGE = "/campaigns/reports"
WAITING = f"{PAGE}?waiting=reports_to_receive"


def rows(text: str) -> list[str]:
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


@pytest.fixture
def confirmed(huiyin: World) -> str:
    """The campaign's public id; the first group confirmed what it counted."""
    public_id = campaigning.begun(huiyin)
    huiyin.visited()
    campaigning.moved(huiyin, "confirm", by="secretary")
    return public_id


READERS: list[str] = ["secretary", "clerk", "leader", "auditor"]


def test_an_empty_page_says_when_something_will_stand_there(visit: Visit, huiyin: World) -> None:
    campaigning.begun(huiyin)
    for who in READERS:
        assert "还没有小组汇总" in visit(who).get(PAGE).text
        assert "没有等着接收的汇总" in visit(who).get(WAITING).text


ALLOWED: list[str] = ["secretary", "clerk", "director", "leader", "auditor"]


def test_a_confirmed_group_stands_there_with_who_and_when(visit: Visit, confirmed: str) -> None:
    for who in ALLOWED:
        (row,) = rows(visit(who).get(PAGE).text)
        assert row.startswith("东亭街道工委会") and "许建国" in row and "小组已确认" in row


OTHERS: list[str] = ["member", "dept", "admin"]


def test_nobody_else_has_the_page(visit: Visit, confirmed: str) -> None:
    for who in OTHERS:
        assert visit(who).get(PAGE).status_code == 403


def test_a_row_opens_the_page_of_the_group(visit: Visit, confirmed: str, huiyin: World) -> None:
    with huiyin.reading():
        group = campaigning.group_id(huiyin)
    assert f'href="/campaigns/{confirmed}/groups/{group}"' in visit("clerk").get(PAGE).text


def test_what_was_received_no_longer_waits_but_still_stands(
    visit: Visit, confirmed: str, huiyin: World
) -> None:
    clerk = visit("clerk")
    waiting = clerk.get(WAITING).text
    assert len(rows(waiting)) == 1 and "汇总待接收" in waiting
    campaigning.moved(huiyin, "receive", by="clerk")
    assert rows(clerk.get(WAITING).text) == []
    assert f'href="{PAGE}"' in clerk.get(WAITING).text
    assert "办公室已收" in rows(clerk.get(PAGE).text)[0]


def test_what_was_given_back_says_so_and_waits_for_nobody_in_the_office(
    visit: Visit, confirmed: str, huiyin: World
) -> None:
    campaigning.moved(huiyin, "reopen", by="clerk", reason="漏了一次走访")
    assert "填报中" in rows(visit("clerk").get(PAGE).text)[0]
    assert rows(visit("clerk").get(WAITING).text) == []


def test_a_secretary_of_another_group_and_another_committee_find_nothing(
    visit: Visit, huiyin: World, confirmed: str
) -> None:
    campaigning.moved(huiyin, "reopen", by="clerk", reason="漏了一次走访")
    with huiyin.writing():
        unit = huiyin.actor("member2").posts[0].unit_id
        secretary = contacting.person(huiyin, "secretary")
        secretary.posts[0].unit_id = unit
    assert rows(visit("secretary").get(PAGE).text) == []
    assert rows(visit("dt-clerk").get(PAGE).text) == []


NO_QUEUES: list[str] = ["nothing", "to_select", "reports"]


def test_a_queue_that_is_none_is_refused(visit: Visit) -> None:
    clerk = visit("clerk")
    for name in NO_QUEUES:
        assert clerk.get(f"{PAGE}?waiting={name}").status_code == 422
