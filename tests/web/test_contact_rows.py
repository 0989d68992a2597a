"""联系对象: how often each was visited this year, what a refused form keeps, and who may let somebody go."""

import re
from datetime import UTC, datetime

import pytest

from tests.actions.conftest import everything
from tests.web.browser import check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.extensions import clock

pytestmark = pytest.mark.usefixtures("monday")
PATH = "/contact_links"
FIRM = {"kind": "enterprise", "called": "锡山精密机械厂", "since": "2026-03-01"}
NEW_YEAR = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)


def rows(text: str) -> list[str]:
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


def faults(text: str) -> set[str]:
    return set(re.findall(r'id="f-([\w.-]+)-error"', text))


def test_whom_nobody_visited_stands_first(visit: Visit, huiyin: World) -> None:
    visited = huiyin.linked(kind="enterprise", called="锡山精密机械厂")
    huiyin.linked(kind="village", called="云林村")
    for day in ("2026-03-05", "2026-11-20"):
        huiyin.visited(link=visited, visited_on=day)
    page = visit("member").get(PATH).text
    first, second = rows(page)
    assert first.startswith("云林村") and "还没走访" in first
    assert second.startswith("锡山精密机械厂") and "2026年11月20日" in second and " 2 " in second
    assert "共 2 个，2026年还没走访的 1 个" in page


def test_with_the_new_year_everybody_is_to_be_visited_again(visit: Visit, huiyin: World) -> None:
    link = huiyin.linked(kind="enterprise", called="锡山精密机械厂")
    huiyin.visited(link=link, visited_on="2026-11-20")
    assert "2026年还没走访的 0 个" in visit("member").get(PATH).text
    with clock.at(NEW_YEAR):
        page = visit("member").get(PATH).text
    assert "2027年还没走访的 1 个" in page and "还没走访" in rows(page)[0]


def test_a_visit_without_the_link_counts_for_nobody(visit: Visit, huiyin: World) -> None:
    huiyin.linked(kind="enterprise", called="锡山精密机械厂")
    huiyin.visited(contact={"kind": "enterprise", "name": "锡山精密机械厂"}, consent_process=True)
    assert "还没走访的 1 个" in visit("member").get(PATH).text


READ: list[tuple[str, int, bool, bool]] = [
    ("member", 1, True, True),
    ("member2", 1, True, True),
    ("secretary", 1, False, False),
    ("clerk", 2, False, True),
    ("director", 2, False, False),
    ("leader", 2, False, False),
    ("dt-clerk", 0, False, False),
]


def test_who_reads_which_and_what_is_offered(visit: Visit, huiyin: World) -> None:
    huiyin.linked(kind="enterprise", called="锡山精密机械厂")
    huiyin.linked(kind="village", called="云林村", by="member2")
    for who, count, goes, ends in READ:
        page = visit(who).get(PATH).text
        assert len(rows(page)) == count
        assert ("/visits/new?link=" in page) is goes and (f'action="{PATH}/' in page) is ends
        assert (f'action="{PATH}"' in page) is goes


WRONG: list[tuple[dict[str, str], str]] = [
    ({"kind": "friend"}, "kind"),
    ({"called": "厂"}, "called"),
    ({"called": "厂" * 41}, "called"),
    ({"phone": "1" * 31}, "phone"),
    ({"since": "2026-11-24"}, "since"),
    ({"since": ""}, "since"),
    ({"kind": "public_person", "called": "沈桂芳"}, "consent_process"),
    ({"kind": "talent", "called": "沈桂芳"}, "consent_process"),
]


def test_a_refused_form_names_its_field_and_keeps_the_rest(visit: Visit, huiyin: World) -> None:
    member = visit("member")
    token, before = member.token("/search"), everything(huiyin)
    for change, field in WRONG:
        given = FIRM | {"phone": "0510-88001234"} | change
        answer = member.client.post(PATH, data=given | {"csrf_token": token})
        check_page(answer)
        assert answer.status_code == 422 and faults(answer.text) == {field}
        kept = [value for name, value in given.items() if name not in (field, "kind") and value]
        assert all(f'value="{value}"' in answer.text for value in kept)
    assert everything(huiyin) == before


def test_the_tick_stays_when_something_else_is_wrong(visit: Visit) -> None:
    given = {"kind": "public_person", "called": "沈", "since": "2026-03-01", "consent_process": "1"}
    text = visit("member").post(PATH, page=PATH, **given).text
    assert re.search(r'name="consent_process"[^>]*checked', text)
    assert re.search(r'value="public_person"[^>]*selected', text)


OTHERS: list[tuple[str, int]] = [
    ("member2", 404),
    ("secretary", 403),
    ("director", 403),
    ("leader", 403),
    ("dt-member", 404),
    ("dept", 404),
]


def test_nobody_else_lets_somebody_go(visit: Visit, huiyin: World) -> None:
    link = huiyin.linked(kind="enterprise", called="锡山精密机械厂")
    for who, status in OTHERS:
        assert visit(who).post(f"{PATH}/{link}/end", page="/search").status_code == status
    assert len(rows(visit("member").get(PATH).text)) == 1


def test_a_second_click_on_letting_go_is_told(visit: Visit, huiyin: World) -> None:
    link, member = huiyin.linked(kind="enterprise", called="锡山精密机械厂"), visit("member")
    assert member.post(f"{PATH}/{link}/end", page=PATH).status_code == 302
    assert member.post(f"{PATH}/{link}/end", page=PATH).status_code == 409
    # The way to a visit leads nowhere any more, and a visit that names it is refused.
    assert "锡山精密机械厂" not in member.get("/visits/new").text


@pytest.mark.parametrize("who", ["member2", "dt-member"])
def test_nobody_begins_a_visit_with_somebody_else_s_contact(who: str, visit: Visit, huiyin: World) -> None:
    link = huiyin.linked(kind="enterprise", called="锡山精密机械厂")
    assert visit(who).get(f"/visits/new?link={link}").status_code == 404
    given = {
        "contact.kind": "enterprise", "visited_on": "2026-11-20", "reported": "了解用工情况。", "link": link,
        "circle": "living",
    }  # fmt: skip
    answer = visit(who).post("/visits/new", page="/visits/new", **given)
    assert answer.status_code in (404, 422) and "锡山精密机械厂" not in answer.text


def test_markup_in_a_name_is_words(visit: Visit, huiyin: World) -> None:
    huiyin.linked(kind="enterprise", called="<b>机械厂</b>{{ 7*7 }}")
    page = visit("clerk").get(PATH).text
    assert "&lt;b&gt;机械厂&lt;/b&gt;{{ 7*7 }}" in page
