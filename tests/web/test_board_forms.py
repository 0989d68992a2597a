"""Forms of a campaign's board and of a group's page: what is refused, what is kept, what is done once."""

import re
from html import unescape
from typing import Any

import pytest

from tests import campaigning, contacting
from tests.actions.conftest import everything
from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def board(huiyin: World) -> str:
    return f"/campaigns/{campaigning.begun(huiyin)}"


@pytest.fixture
def group(board: str, huiyin: World) -> str:
    with huiyin.reading():
        return f"{board}/groups/{campaigning.group_id(huiyin)}"


def faults(text: str) -> set[str]:
    return set(re.findall(r'id="f-([\w.-]+)-error"', text))


def sent(browser: Browser, path: str, status: int, **form: Any) -> str:
    answer = browser.post(path, page="/search", **form)
    if answer.status_code not in (302, 404):
        check_page(answer)
    assert answer.status_code == status, answer.text
    return answer.location or answer.text


YEARS: list[tuple[str, int]] = [
    ("1999", 422),
    ("2026", 302),
    ("", 422),
    ("x", 422),
    ("12026", 422),
    ("-1", 422),
]


def test_a_campaign_begins_in_a_year_that_can_be(visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    for year, status in YEARS:
        answer = clerk.post("/campaigns", page="/campaigns", preset="two_way", year=year)
        assert answer.status_code == status
    assert len(everything(huiyin)["campaign"]) == 1


def test_the_same_campaign_is_not_begun_twice_in_a_year(board: str, visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    again = sent(clerk, "/campaigns", 409, preset="two_way", year="2026")
    assert "error-summary" in again and len(everything(huiyin)["campaign"]) == 1
    assert clerk.post("/campaigns", page="/campaigns", preset="two_way", year="2027").status_code == 302


OTHERS: list[str] = ["member", "secretary", "leader", "auditor", "dept", "admin"]


def test_who_does_not_run_campaigns_begins_none(visit: Visit, huiyin: World) -> None:
    for who in OTHERS:
        assert visit(who).post("/campaigns", page="/search", preset="two_way", year="2026").status_code == 403
    assert everything(huiyin)["campaign"] == []


LOOKERS: list[str] = ["member", "secretary", "leader", "auditor"]


def test_who_only_looks_at_a_board_changes_nothing(board: str, visit: Visit, huiyin: World) -> None:
    before = everything(huiyin)["exemption"]
    for who in LOOKERS:
        browser = visit(who)
        for end in ("exemptions", "exemptions/x/end", "plan/x", "drives"):
            assert browser.post(f"{board}/{end}", page="/search", reason="长期驻外").status_code == 403, end
    assert everything(huiyin)["exemption"] == before


def first(page: str, action: str) -> str:
    return unescape(re.findall(rf'action="([^"]*{action}[^"]*)"', page)[0])


def test_a_refused_exemption_keeps_the_group_open_and_the_words(
    board: str, visit: Visit, huiyin: World
) -> None:
    with huiyin.reading():
        unit = str(huiyin.actor("member").posts[0].unit_id)
    clerk = visit("clerk")
    text = sent(clerk, f"{board}/exemptions", 422, who="nobody", reason="留住的理由", group=unit)
    assert 'value="留住的理由"' in text or "留住的理由</textarea>" in text
    assert "吴海燕" in text.partition('id="members"')[2]


def test_from_a_task_a_campaign_does_not_have_nobody_is_exempt(
    board: str, visit: Visit, huiyin: World
) -> None:
    with huiyin.reading():
        given = {"who": contacting.person(huiyin, "member").public_id, "reason": "长期驻外"}
    clerk = visit("clerk")
    assert "联系社会群众" in sent(clerk, f"{board}/exemptions", 422, **given, quota="visit")
    assert everything(huiyin)["exemption"] == []
    sent(clerk, f"{board}/exemptions", 302, **given, quota="enterprise")
    assert len(everything(huiyin)["exemption"]) == 1


def test_an_exemption_ends_once(board: str, visit: Visit, huiyin: World) -> None:
    clerk = visit("clerk")
    with huiyin.reading():
        unit = str(huiyin.actor("member").posts[0].unit_id)
    page = clerk.get(f"{board}?group={unit}").text
    who = page.partition('name="who"')[2].split('<option value="')[1].split('"')[0]
    assert sent(clerk, f"{board}/exemptions", 302, who=who, reason="长期驻外", group=unit).endswith(unit)
    ending = first(clerk.get(f"{board}?group={unit}").text, "/exemptions/")
    action = next(
        found for found in re.findall(r'action="([^"]+)"', clerk.get(f"{board}?group={unit}").text)
        if found.endswith("/end")
    )  # fmt: skip
    assert ending and clerk.post(action, page="/search").status_code == 302
    assert clerk.post(action, page="/search").status_code in (302, 404, 409)
    assert clerk.post(f"{board}/exemptions/nobody/end", page="/search").status_code == 404


PLAN: list[tuple[dict[str, str], int]] = [
    ({"done_on": "2026-11-23"}, 302),
    ({"done_on": "2026-11-24"}, 422),
    ({"done_on": "2026-02-30"}, 422),
    ({"done_on": "2026-11-20", "evidence": "据" * 2001}, 422),
]


def test_a_row_of_the_plan_is_done_by_today(board: str, visit: Visit) -> None:
    clerk = visit("clerk")
    action = first(clerk.get(board).text, "/plan/")
    for given, status in PLAN:
        answer = sent(clerk, action, status, **given)
        if status == 302:
            assert answer == f"{board}#plan"
            assert clerk.get(board).text.count("2026年11月23日") > 0


# --- the page of a group
WRONG: list[tuple[str, str, dict[str, str], str]] = [
    ("secretary", "corrections", {"figure": "stars", "value": "3", "reason": "漏登一次"}, "figure"),
    ("secretary", "corrections", {"figure": "briefs", "value": "-1", "reason": "漏登一次"}, "value"),
    ("secretary", "corrections", {"figure": "briefs", "value": "三", "reason": "漏登一次"}, "value"),
    ("secretary", "corrections", {"figure": "briefs", "value": "3", "reason": "漏"}, "reason"),
    ("secretary", "story", {"story": "走" * 20_001}, "story"),
    ("clerk", "findings", {"found_on": "2026-11-24", "finding": "两位未走访"}, "found_on"),
    ("clerk", "findings", {"found_on": "", "finding": "两位未走访"}, "found_on"),
    ("clerk", "findings", {"found_on": "2026-11-20", "finding": ""}, "finding"),
    ("clerk", "duties", {"unit": ""}, "unit"),
    ("clerk", "duties", {"unit": "nobody"}, "unit"),
]


def test_a_refused_form_of_a_group_is_open_again_with_its_words(
    group: str, visit: Visit, huiyin: World
) -> None:
    browsers = {who: visit(who) for who in ("secretary", "clerk")}
    tokens = {who: browser.token("/search") for who, browser in browsers.items()}
    before = everything(huiyin)
    for who, form, given, field in WRONG:
        sent = given | {"csrf_token": tokens[who]}
        answer = browsers[who].client.post(f"{group}/{form}", data=sent)
        check_page(answer)
        assert answer.status_code == 422
        assert len(faults(answer.text) & {field, f"correction-{field}"}) == 1, (form, field)
        kept = [value for name, value in given.items() if name not in (field, "figure", "unit") and value]
        assert all(value in answer.text for value in kept)
    assert everything(huiyin) == before


@pytest.mark.requirement("S2-26")
def test_a_step_is_done_once_and_only_in_its_order(group: str, visit: Visit) -> None:
    secretary, clerk = visit("secretary"), visit("clerk")
    sent(clerk, f"{group}/moves", 409, move="receive")
    sent(secretary, f"{group}/moves", 302, move="confirm")
    sent(secretary, f"{group}/moves", 409, move="confirm")
    sent(secretary, f"{group}/moves", 403, move="receive")
    sent(clerk, f"{group}/moves", 409, move="receive", version="99")
    sent(clerk, f"{group}/moves", 302, move="receive")
    for name in ("", "publish"):
        assert clerk.post(f"{group}/moves", page="/search", move=name).status_code == 422
    assert "办公室已收" in clerk.get(group).text


def test_a_figure_is_corrected_anew_and_only_the_last_counts(group: str, visit: Visit) -> None:
    secretary = visit("secretary")
    for value in ("3", "5"):
        sent(secretary, f"{group}/corrections", 302, figure="briefs", value=value, reason=f"补记到{value}条")
    page = secretary.get(group).text
    assert "补记到5条" in page
    assert page.count("/corrections/") == 1
    board = visit("clerk").get(group.partition("/groups")[0]).text
    assert "更正为 5" in board and "更正为 3" not in board


def test_a_unit_that_looks_after_the_group_is_named_once_and_not_itself(
    group: str, visit: Visit, huiyin: World
) -> None:
    clerk = visit("clerk")
    with huiyin.reading():
        own, other = campaigning.group_id(huiyin), campaigning.group_id(huiyin, "group2")
        department = campaigning.group_id(huiyin, "housing")
    for unit in (own, department):
        sent(clerk, f"{group}/duties", 422, unit=unit)
    sent(clerk, f"{group}/duties", 302, unit=other)
    sent(clerk, f"{group}/duties", 422, unit=other)
    ending = first(clerk.get(group).text, "/duties/.+/end")
    assert clerk.post(ending, page="/search").status_code == 302
    sent(clerk, f"{group}/duties", 302, unit=other)


def test_another_committee_s_group_is_not_found_in_ours(board: str, visit: Visit, huiyin: World) -> None:
    world = World(huiyin.app, "dt")
    with world.reading():
        theirs = campaigning.group_id(world)
    with huiyin.reading():
        department = campaigning.group_id(huiyin, "housing")
    for unit in (theirs, department, "nobody"):
        assert visit("clerk").get(f"{board}/groups/{unit}").status_code == 404
