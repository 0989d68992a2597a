"""The page of a group within a campaign, from the first correction to the office's receipt."""

import pytest

from tests import campaigning
from tests.campaigning import begun
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.actions import submissions
from tracker.incoming.schema import read
from tracker.incoming.submissions import SubmissionIn

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def page(huiyin: World) -> str:
    """The address of the first group's page; one visit counts for it."""
    campaign = begun(huiyin)
    huiyin.visited(circle="living", persons_count=2, contact={"kind": "public_person"})
    with huiyin.reading():
        return f"/campaigns/{campaign}/groups/{campaigning.group_id(huiyin)}"


def sent(browser: Browser, page: str, what: str, status: int = 302, **form: str) -> str:
    answer = browser.post(f"{page}/{what}", page=page, **form)
    assert answer.status_code == status, answer.text
    if answer.mimetype == "text/html" and status != 302:
        check_page(answer)
    return answer.text


@pytest.mark.parametrize(
    "who, status",
    [
        ("secretary", 200), ("clerk", 200), ("director", 200), ("leader", 200), ("auditor", 200),
        ("member", 404), ("dept", 404), ("admin", 404), ("dt-clerk", 404),
    ],
)  # fmt: skip
def test_who_opens_a_groups_page(who: str, status: int, page: str, visit: Visit) -> None:
    assert visit(who).get(page).status_code == status


@pytest.mark.requirement("S2-26")
def test_a_group_confirms_the_office_receives_and_a_change_is_marked(
    page: str, visit: Visit, huiyin: World
) -> None:
    secretary, clerk = visit("secretary"), visit("clerk")
    sent(secretary, page, "moves", move="confirm")
    assert "小组已确认" in clerk.get(page).text
    sent(clerk, page, "moves", move="receive")
    with huiyin.reading():
        assert campaigning.report(huiyin).state == "office_received"
    shown = clerk.get(page).text
    assert "办公室已收" in shown and "周文博" in shown
    assert "<dt>小组确认</dt>" in shown
    sent(clerk, page, "moves", 422, move="reopen", reason="")
    sent(clerk, page, "moves", move="reopen", reason="数字不对，请再核一遍")
    shown = clerk.get(page).text
    assert "数字不对，请再核一遍" in shown and "<dt>小组确认</dt>" not in shown


def test_the_campaign_says_where_a_group_stands(page: str, visit: Visit, huiyin: World) -> None:
    address = page.partition("/groups")[0]
    sent(visit("secretary"), page, "moves", move="confirm")
    board = visit("clerk").get(address).text
    assert "小组已确认" in board and "填报中" in board
    # The Xishan committee shows no circles: more people met there change nothing one sees.
    huiyin.visited(circle="living")
    assert "确认后有变化" not in visit("clerk").get(address).text
    handed_in(huiyin)
    assert "确认后有变化" in visit("clerk").get(address).text
    assert "有变化" in visit("secretary").get(page).text


def handed_in(huiyin: World, **changes: str) -> None:
    given = {
        "kind": "suggestion",
        "title": "共用实验室",
        "text": "在园区设立共用实验室，减轻企业负担。",
    } | changes
    with huiyin.writing():
        submissions.submit(read(SubmissionIn, given), by=huiyin.actor("member"))


@pytest.mark.requirement("S2-20")
def test_a_correction_is_shown_beside_the_count_and_taken_back(page: str, visit: Visit) -> None:
    secretary = visit("secretary")
    sent(secretary, page, "corrections", 422, figure="participants", value="3", reason="")
    typed = {"figure": "participants", "value": "3", "reason": "两人一同走访，没有登记"}
    again = sent(secretary, page, "corrections", 422, **typed)
    assert "本组只有 1 位委员" in again and 'name="sure"' in again
    sent(secretary, page, "corrections", sure="1", **typed)
    shown = secretary.get(page).text
    assert "两人一同走访，没有登记" in shown
    board = visit("clerk").get(page.partition("/groups")[0]).text
    assert "统计 1" in board and "两人一同走访，没有登记" in board
    ending = shown.split("/corrections/")[1].partition('"')[0]
    sent(secretary, page, f"corrections/{ending}")
    assert "统计 1" not in visit("clerk").get(page.partition("/groups")[0]).text
    sent(visit("director"), page, "corrections", 403, figure="participants", value="3", reason="代为更正")


@pytest.mark.requirement("S2-19")
def test_duties_and_findings_are_written_down(page: str, visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    with huiyin.reading():
        office = campaigning.group_id(huiyin, "office")
    sent(clerk, page, "duties", unit=office)
    sent(clerk, page, "duties", 422, unit=office)
    sent(clerk, page, "findings", found_on="2026-11-20", finding="两位委员尚未走访", action="月底前补齐")
    sent(clerk, page, "findings", 422, found_on="2026-12-20", finding="两位委员尚未走访")
    shown = clerk.get(page).text
    assert "两位委员尚未走访" in shown and "月底前补齐" in shown
    board = clerk.get(page.partition("/groups")[0]).text
    assert "联系分工和督查" in board and "政协办公室" in board
    ending = shown.split("/duties/")[1].partition('"')[0]
    sent(clerk, page, f"duties/{ending}")
    sent(visit("secretary"), page, "findings", 403, found_on="2026-11-20", finding="自己督查自己")
    assert "还没有指定联系这个组的单位" in clerk.get(page).text


@pytest.mark.requirement("S2-21")
def test_a_groups_own_words(page: str, visit: Visit) -> None:
    secretary = visit("secretary")
    sent(secretary, page, "story", story="走访了三十户，<b>办成</b>五件事。")
    shown = secretary.get(page).text
    assert "&lt;b&gt;办成" in shown
    sent(secretary, page, "story", 409, story="旧稿", version="9")


@pytest.mark.parametrize("what", ["moves", "corrections", "story", "duties", "findings", "duties/x/end"])
def test_nobody_else_writes(what: str, page: str, visit: Visit) -> None:
    for who, status in (("leader", 403), ("auditor", 403), ("member", 404)):
        assert visit(who).post(f"{page}/{what}", page="/account", move="confirm").status_code == status


def test_what_is_not_there_is_not_found(page: str, visit: Visit) -> None:
    clerk = visit("clerk")
    assert clerk.get(page + "x").status_code == 404
    assert clerk.post(f"{page}/corrections/x/end", page=page).status_code == 404
