"""联系对象: adding, going there, letting go, and what each role reads."""

import pytest

from tests.web.conftest import Visit
from tests.world import World

pytestmark = pytest.mark.usefixtures("monday")
PATH = "/contact_links"
FIRM = {"kind": "enterprise", "called": "锡山精密机械厂", "since": "2026-03-01"}


@pytest.mark.parametrize("who", ["member", "secretary", "clerk", "director", "leader"])
def test_an_empty_page_says_what_it_is_for(who: str, visit: Visit) -> None:
    page = visit(who).get(PATH)
    assert page.status_code == 200 and "还没有联系对象" in page.text
    assert ("添加联系对象" in page.text) == (who == "member")


@pytest.mark.parametrize("who", ["dept", "admin", "auditor"])
def test_others_have_none(who: str, visit: Visit) -> None:
    assert visit(who).get(PATH).status_code == 403


def test_a_contact_is_added_visited_and_let_go(visit: Visit, huiyin: World) -> None:
    member = visit("member")
    assert member.post(PATH, page=PATH, **FIRM).status_code == 302
    page = member.get(PATH).text
    assert "锡山精密机械厂" in page and "还没走访" in page
    form = member.get("/visits/new?link=" + page.partition("/visits/new?link=")[2].partition('"')[0])
    assert "锡山精密机械厂" in form.text and 'name="link"' in form.text
    end = page.partition(f'action="{PATH}/')[2].partition('"')[0]
    assert member.post(f"{PATH}/{end}", page=PATH).status_code == 302
    assert "锡山精密机械厂" not in member.get(PATH).text.partition("<main")[2].partition("还没有联系对象")[0]


def test_a_person_without_consent_is_refused_beside_the_field(visit: Visit) -> None:
    given = {"kind": "public_person", "called": "沈桂芳", "since": "2026-03-01"}
    answer = visit("member").post(PATH, page=PATH, **given)
    assert answer.status_code == 422 and 'value="沈桂芳"' in answer.text


@pytest.mark.requirement("T02")
def test_the_office_reads_a_masked_name_and_the_secretary_none(visit: Visit, huiyin: World) -> None:
    huiyin.linked(called="沈桂芳")
    assert "沈**" in visit("clerk").get(PATH).text
    for who in ("clerk", "secretary", "leader"):
        assert "沈桂芳" not in visit(who).get(PATH).text
    assert "一位群众" in visit("secretary").get(PATH).text


def test_a_list_of_only_ones_own_does_not_say_whose_each_is(visit: Visit, huiyin: World) -> None:
    huiyin.linked(called="沈桂芳")
    assert 'data-label="委员"' not in visit("member").get(PATH).text
    assert 'data-label="委员"' in visit("clerk").get(PATH).text
