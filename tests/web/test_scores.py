"""履职计分 on the screen and as Excel: who sees whose, every number opens its rows, the office ranks."""

import io
import re
from html import unescape

import pytest
from python_calamine import CalamineWorkbook

from tests import campaigning, scoring
from tests.outgoing.formulas import calculated
from tests.web.conftest import Visit
from tests.world import NOW, World
from tracker.actions import exemplars, group_reports
from tracker.extensions import db
from tracker.incoming.group_reports import CorrectionIn
from tracker.models import Membership, Person
from tracker.queries import reminders, visits
from tracker.rules.scoring import SCORED

pytestmark = [pytest.mark.usefixtures("monday"), pytest.mark.requirement("S1-48")]


@pytest.fixture
def board(huiyin: World) -> str:
    """The sheet of a campaign in which everything counts."""
    address = f"/campaigns/{campaigning.begun(huiyin)}/scores"
    scoring.of_everything(huiyin)
    scoring.busy(huiyin)
    return address


@pytest.fixture
def sheets(huiyin: World, board: str) -> dict[str, str]:
    """The sheets of one, by whose they are."""
    with huiyin.reading():
        found = {name: scoring.public_id(huiyin, name) for name in ("member", "member2")}
        groups = {name: campaigning.group_id(huiyin, name) for name in ("group", "group2")}
    return {name: f"{board}/{public_id}" for name, public_id in (found | groups).items()}


def _links(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]


@pytest.mark.parametrize("who", ["clerk", "director", "leader"])
def test_the_office_and_the_leader_see_everybody(who: str, visit: Visit, board: str) -> None:
    page = visit(who).get(board).text
    assert "吴海燕" in page and "陈丽华" in page and "东亭街道工委会" in page


def test_a_secretary_sees_the_own_group(visit: Visit, board: str, sheets: dict[str, str]) -> None:
    secretary = visit("secretary")
    page = secretary.get(board).text
    assert "吴海燕" in page and "陈丽华" not in page and "教育界别组" not in page
    assert secretary.get(sheets["member"]).status_code == 200
    assert secretary.get(sheets["member2"]).status_code == 404
    assert secretary.get(sheets["group2"]).status_code == 404


def test_a_member_is_led_to_the_own_sheet_and_sees_no_other(
    visit: Visit, board: str, sheets: dict[str, str]
) -> None:
    member = visit("member")
    assert "我的履职计分" in member.get(board.removesuffix("/scores")).text
    assert member.get(board).location == sheets["member"]
    page = member.get(sheets["member"]).text
    assert "吴海燕" in page and "列为评优候选" not in page and "走得勤" in page
    for other in ("member2", "group"):
        assert member.get(sheets[other]).status_code == 404
    assert member.get(f"{board}.xlsx").status_code == 403


@pytest.mark.parametrize("who", ["dept", "admin", "auditor"])
def test_departments_the_auditor_and_the_administrator_see_nothing(
    who: str, visit: Visit, board: str, sheets: dict[str, str]
) -> None:
    for path in (board, f"{board}.xlsx", f"{board}/items", sheets["member"]):
        assert visit(who).get(path).status_code in (403, 404)


def test_another_committee_has_no_such_sheet(visit: Visit, board: str, sheets: dict[str, str]) -> None:
    for path in (board, f"{board}.xlsx", f"{board}/items", sheets["member"]):
        assert visit("dt-clerk").get(path).status_code == 404


@pytest.mark.parametrize("who", ["member", "clerk", "leader"])
def test_every_number_of_a_sheet_opens_its_rows(who: str, visit: Visit, sheets: dict[str, str]) -> None:
    browser = visit(who)
    page = browser.get(sheets["member"]).text
    opened = [link for link in _links(page.partition('id="points"')[2]) if "campaign=" in link]
    assert len(opened) == 8
    for link in opened:
        answer = browser.get(link)
        assert answer.status_code == 200 and "data-row" in answer.text, link
    assert f"{sheets['member']}#exemplar" in page


def test_what_stands_in_no_list_is_told_on_the_sheet_of_a_unit(visit: Visit, sheets: dict[str, str]) -> None:
    page = visit("secretary").get(sheets["group"]).text
    assert page.count("义诊") == 2 and "东亭工作室" in page and "走得勤" in page
    for link in _links(page.partition('id="exemplar"')[2].partition("</main>")[0]):
        assert visit("secretary").get(link).status_code == 200


def test_by_group_and_name_unless_the_office_asks_for_the_most_points(visit: Visit, board: str) -> None:
    def order(who: str, query: str = "") -> list[str]:
        table = visit(who).get(board + query).text.partition('id="member"')[2]
        return re.findall(r'scope="row"><a href="[^"]+">([^<]+)</a>', table.partition('id="unit"')[0])

    assert order("clerk") == order("leader", "?sort=points") == ["吴海燕", "陈丽华"]
    assert order("clerk", "?sort=points") == ["吴海燕", "陈丽华"]
    assert 'aria-sort="descending"' in visit("clerk").get(f"{board}?sort=points").text
    assert "sort=points" not in visit("leader").get(board).text


def test_the_order_by_points_turns_with_the_points(visit: Visit, huiyin: World, board: str) -> None:
    for _ in range(12):
        huiyin.visited(by="member2")
    page = visit("clerk").get(f"{board}?sort=points").text.partition('id="member"')[2]
    assert page.index("陈丽华") < page.index("吴海燕")


def test_the_office_names_a_candidate_and_takes_it_back(
    visit: Visit, board: str, sheets: dict[str, str]
) -> None:
    clerk, page = visit("clerk"), sheets["member"]
    refused = clerk.post(f"{page}/candidate", page=page, reason="")
    assert refused.status_code == 422 and "f-reason-error" in refused.text
    assert clerk.post(f"{page}/candidate", page=page, reason="走访多、反馈实").status_code == 302
    shown = clerk.get(page).text
    assert "走访多、反馈实" in shown and "提出时得分" in shown
    assert "评优候选" in clerk.get(board).text
    for who in ("leader", "secretary"):
        assert "评优候选" not in visit(who).get(board).text + visit(who).get(page).text
    ending = next(link for link in re.findall(r'action="([^"]+)"', shown) if "/candidates/" in link)
    assert clerk.post(ending, page=page).status_code == 302
    assert "走访多、反馈实" not in clerk.get(page).text
    assert clerk.post(ending, page=page).status_code == 404


@pytest.mark.parametrize("who", ["member", "secretary", "leader"])
def test_nobody_else_names_one(who: str, visit: Visit, sheets: dict[str, str]) -> None:
    answer = visit(who).post(f"{sheets['member']}/candidate", page="/account", reason="走访多、反馈实")
    assert answer.status_code == 403


def _form(**changes: str) -> dict[str, str]:
    found = {}
    for number, (bearer, counts) in enumerate((b, c) for b, each in SCORED.items() for c in each):
        found |= {f"items.{number}.bearer": bearer, f"items.{number}.counts": counts}
        found[f"items.{number}.label"] = f"项目{number}"
    return found | {"items.0.points": "4", "items.0.cap": "12"} | changes


def test_the_director_sets_what_counts(visit: Visit, board: str, sheets: dict[str, str]) -> None:
    director, page = visit("director"), f"{board}/items"
    assert "保存计分项目" in director.get(page).text
    assert director.post(page, page=page, **_form()).status_code == 302
    assert "每项 4 分" in director.get(board).text and "封顶 12 分" in director.get(board).text
    assert "不封顶" not in visit("member").get(page).text and "项目0" in visit("member").get(page).text


def test_of_two_directors_at_one_form_the_slower_learns_that_it_changed(visit: Visit, board: str) -> None:
    first, second, page = visit("director"), visit("director2"), f"{board}/items"
    seen = version_on(second.get(page).text)
    assert first.post(page, page=page, version=seen, **_form()).status_code == 302
    late = second.post(page, page=page, version=seen, **_form(**{"items.0.points": "9", "items.0.cap": "18"}))
    assert late.status_code == 409 and "每项 4 分" in first.get(board).text
    now = version_on(second.get(page).text)
    assert second.post(page, page=page, version=now, **_form(**{"items.0.points": "9"})).status_code == 302


def version_on(text: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', text)
    assert found
    return found[1]


def test_a_wrong_number_is_told_in_its_box_with_what_was_typed(visit: Visit, board: str) -> None:
    director, page = visit("director"), f"{board}/items"
    answer = director.post(page, page=page, **_form(**{"items.0.cap": "3"}))
    assert answer.status_code == 422
    assert "封顶分不能低于每项得分" in answer.text and 'id="f-items.0.cap-error"' in answer.text
    assert 'name="items.0.cap" value="3"' in answer.text
    assert director.post(page, page=page, **_form(**{"items.0.points": "x"})).status_code == 422


def test_after_a_confirmation_the_items_only_stand_to_be_read(
    visit: Visit, huiyin: World, board: str
) -> None:
    campaigning.moved(huiyin, "confirm", by="secretary")
    director, page = visit("director"), f"{board}/items"
    shown = director.get(page).text
    assert "计分项目不能再改" in shown and "保存计分项目" not in shown
    assert director.post(page, page="/account", **_form()).status_code == 409
    assert "计分项目不能再改" not in visit("clerk").get(page).text
    assert visit("clerk").post(page, page="/account", **_form()).status_code == 403


def test_which_numbers_the_points_come_from_is_said(visit: Visit, huiyin: World, board: str) -> None:
    page = visit("clerk").get(board).text
    assert "附件3上的更正只改附件3，不改计分" in page and "附件3有更正的组" not in page
    with huiyin.writing():
        given = CorrectionIn(figure="participants", value=9, reason="登记表漏签", sure=True)
        group_reports.correct(campaigning.report(huiyin), given, by=huiyin.actor("clerk"))
    assert "附件3有更正的组：东亭街道工委会。" in visit("clerk").get(board).text


def test_a_campaign_without_items_says_who_sets_them(visit: Visit, huiyin: World, board: str) -> None:
    director, page = visit("director"), f"{board}/items"
    form = {name: value for name, value in _form().items() if not name.endswith(("points", "cap"))}
    assert director.post(page, page=page, **form).status_code == 302
    assert "还没有计分" in visit("clerk").get(board).text
    assert "还没有定计分项目" in visit("clerk").get(page).text


def _cells(content: bytes) -> list[list[object]]:
    assert not calculated(content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    (name,) = book.sheet_names
    return book.get_sheet_by_name(name).to_python()


def test_the_file_holds_what_the_screen_shows(visit: Visit, board: str, sheets: dict[str, str]) -> None:
    clerk = visit("clerk")
    clerk.post(f"{sheets['member']}/candidate", page=sheets["member"], reason="=走访多")
    answer = clerk.get(f"{board}.xlsx")
    assert answer.headers["Content-Disposition"].isascii()
    heads, first, second, total = _cells(answer.data)
    assert heads[:4] == ["组别", "姓名或单位", "计visit", "计visit得分"]
    assert heads[-3:] == ["合计", "备注", "评优候选"]
    assert first[:4] == ["东亭街道工委会", "吴海燕", 3, 6] and first[-1] == "=走访多"
    assert second[1:4] == ["陈丽华", 1, 2]
    width = 2 * len(SCORED["member"])
    for column in range(2, 2 + width + 1):
        assert total[column] == first[column] + second[column]  # type: ignore[operator]
    assert "附件3" in str(total[-2])
    units = _cells(clerk.get(f"{board}.xlsx?of=unit").data)
    assert [row[1] for row in units[1:-1]] == ["东亭街道工委会", "教育界别组"]


def test_the_file_of_a_secretary_has_the_own_group_and_no_candidates(
    visit: Visit, board: str, sheets: dict[str, str]
) -> None:
    clerk = visit("clerk")
    clerk.post(f"{sheets['member']}/candidate", page=sheets["member"], reason="走访多、反馈实")
    found = _cells(visit("secretary").get(f"{board}.xlsx").data)
    assert [row[1] for row in found[1:-1]] == ["吴海燕"]
    assert "评优候选" not in found[0]
    assert visit("leader").get(f"{board}.xlsx").status_code == 403


@pytest.mark.requirement("T14")
def test_a_leader_who_is_also_a_secretary_takes_along_and_reminds_the_own_group_only(
    visit: Visit, huiyin: World, board: str
) -> None:
    with huiyin.writing():
        secretary = huiyin.actor("secretary")
        person = db.session.get_one(Person, huiyin.actor("leader").id)
        person.posts.append(Membership(unit_id=secretary.posts[0].unit_id, role="secretary"))
    both, campaign = visit("leader"), board.removesuffix("/scores")
    assert "陈丽华" in both.get(board).text and "教育界别组" in both.get(campaign).text
    assert [row[1] for row in _cells(both.get(f"{board}.xlsx").data)[1:-1]] == ["吴海燕"]
    assert [row[1] for row in _cells(both.get(f"{board}.xlsx?of=unit").data)[1:-1]] == ["东亭街道工委会"]
    for path in (f"{campaign}/summary.csv", f"{campaign}/summary.xlsx"):
        content = both.get(path).data
        words = content.decode("utf-8-sig") if path.endswith("csv") else str(_cells(content))
        assert "东亭街道工委会" in words and "教育界别组" not in words
    with huiyin.reading():
        found = reminders.reach(campaigning.campaign(huiyin), huiyin.actor("leader"), NOW)
        assert {line.bearer.name for line in (*found.told, *found.already)} <= {"吴海燕"}


@pytest.mark.requirement("T14")
def test_what_a_mark_says_of_another_groups_visit_is_not_told(visit: Visit, huiyin: World) -> None:
    address = f"/campaigns/{campaigning.begun(huiyin)}/scores"
    with huiyin.reading():
        along = scoring.public_id(huiyin, "member")
    together = huiyin.visited(by="member2", visitors=[along])
    with huiyin.writing():
        by = huiyin.actor("clerk")
        exemplars.mark(visits.get(together, by), "帮独居老人修好了灯", by=by)
    sheet = f"{address}/{along}"
    for who, told in (("member", True), ("clerk", True), ("secretary", False)):
        page = visit(who).get(sheet).text
        assert "走访" in page and ("修好了灯" in page) is told, who


@pytest.mark.parametrize("page", ["", ".xlsx", "/items"])
def test_whoever_reads_no_scores_is_not_told_of_another_committees_campaign(
    page: str, visit: Visit, board: str
) -> None:
    assert visit("auditor").get(f"{board}{page}").status_code == 403
    assert visit("dt-auditor").get(f"{board}{page}").status_code == 404
