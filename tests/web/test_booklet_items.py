"""The items of a booklet page by page: where one is stays where one is, and what waits is walked through."""

import re
from html import unescape

import pytest

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.actions import booklet_items
from tracker.extensions import db
from tracker.models import Booklet
from tracker.queries import booklets

pytestmark = [pytest.mark.requirement("T45"), pytest.mark.usefixtures("monday")]
MORE = 2


@pytest.fixture
def book(huiyin: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A booklet with three items on its first page and two on the next; the last gives a phone away."""
    monkeypatch.setattr(booklets, "PAGE", 3)
    for number in range(3 + MORE):
        huiyin.visited(reported=f"第{'一二三四五'[number]}次上门讲解医保政策。")
    public_id = huiyin.booklet()
    with huiyin.writing():
        found = booklet(public_id)
        last = sorted(found.items, key=lambda item: item.position)[-1]
        last.text = "请打13912342186联系。"
    return f"/booklets/{public_id}"


def booklet(public_id: str) -> Booklet:
    """Inside an open transaction."""
    return db.session.query(Booklet).filter_by(public_id=public_id).one()


def ids(page: str) -> list[str]:
    return re.findall(r'name="ids" value="([^"]+)"', page)


def confirm(clerk: Browser, address: str, *items: str) -> tuple[int, str]:
    sent = {"ids": list(items), "csrf_token": clerk.token("/booklets")}
    answer = clerk.client.post(address, data=sent)
    if answer.mimetype == "text/html" and answer.status_code != 302:
        check_page(answer)
    return answer.status_code, answer.location or answer.text


def test_the_pages_lead_to_each_other(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    first = unescape(clerk.get(f"{book}/items").text)
    assert "第 1—3 条，共 5 条" in first and f'href="{book}/items?from=3"' in first
    second = unescape(clerk.get(f"{book}/items?from=3").text)
    assert "第 4—5 条，共 5 条" in second and f'href="{book}/items"' in second
    assert "from=6" not in second and not set(ids(first)) & set(ids(second))


ODD: list[str] = ["-1", "x", "99999", "", "３３３３３"]


def test_an_odd_beginning_is_the_first_page(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    for start in ODD:
        assert "第 1—3 条" in clerk.get(f"{book}/items?from={start}").text


def test_whoever_confirms_on_the_second_page_stays_there(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    page = unescape(clerk.get(f"{book}/items?from=3").text)
    action = re.findall(r'id="confirm" action="([^"]+)"', page)[0]
    assert confirm(clerk, action, ids(page)[0]) == (302, f"{book}/items?from=3")
    assert "周文博 已确认" in clerk.get(f"{book}/items?from=3").text


def test_what_is_refused_on_the_second_page_is_shown_there_with_its_reason(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    page = unescape(clerk.get(f"{book}/items?from=3").text)
    action = re.findall(r'id="confirm" action="([^"]+)"', page)[0]
    status, text = confirm(clerk, action, *ids(page))
    assert status == 422 and "第 4—5 条" in text
    marked = text.partition(f'id="item-{ids(page)[-1]}"')[2].partition("</section>")[0]
    assert "请改去再确认" in marked and "13912342186" in re.sub("<[^>]+>", "", marked)


def test_of_those_that_wait_the_first_follow(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    page = unescape(clerk.get(f"{book}/items?show=waiting&from=3").text)
    action = re.findall(r'id="confirm" action="([^"]+)"', page)[0]
    assert confirm(clerk, action, ids(page)[0]) == (302, f"{book}/items?show=waiting")
    assert "共 4 条" in clerk.get(f"{book}/items?show=waiting").text


def test_moving_an_item_comes_back_to_it(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    page = unescape(clerk.get(f"{book}/items?from=3").text)
    item = ids(page)[0]
    action = re.findall(rf'action="({book}/items/{item}/place[^"]*)"', page)[0]
    answer = clerk.post(action, page="/booklets", way="down")
    assert answer.location == f"{book}/items?from=3#item-{item}"
    assert ids(unescape(clerk.get(f"{book}/items?from=3").text))[-1] == item


def test_ticking_nothing_or_what_is_not_there_is_refused(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    assert confirm(clerk, f"{book}/items")[0] == 422
    assert confirm(clerk, f"{book}/items", "nobody's")[0] == 404


def test_after_saving_the_next_one_that_waits_is_opened(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    one, other, *_rest = ids(clerk.get(f"{book}/items").text)
    words = {"chapter": "走访纪实", "title": "上门讲解", "text": "上门讲解医保政策。"}
    unconfirmed = clerk.post(f"{book}/items/{one}", page="/booklets", **words)
    assert unconfirmed.location == f"{book}/items"
    confirmed = clerk.post(f"{book}/items/{one}", page="/booklets", confirm="1", **words)
    assert confirmed.location == f"{book}/items/{other}"
    assert "这是下一条" in clerk.get(confirmed.location).text


def test_after_the_last_one_the_booklet_is_opened(book: str, visit: Visit, huiyin: World) -> None:
    with huiyin.writing():
        found = booklet(book.rpartition("/")[2])
        *others, last = sorted(found.items, key=lambda item: item.position)
        booklet_items.confirm(found, others, by=huiyin.actor("clerk"))
        token = last.public_id
    words = {"chapter": "走访纪实", "title": "上门讲解", "text": "上门讲解医保政策。", "confirm": "1"}
    answer = visit("clerk").post(f"{book}/items/{token}", page="/booklets", **words)
    assert answer.location == book


WRONG: list[tuple[dict[str, str], str]] = [
    ({"title": ""}, "title"),
    ({"text": ""}, "text"),
    ({"chapter": ""}, "chapter"),
]


def test_a_refused_item_keeps_its_words(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    (one, *_rest) = ids(clerk.get(f"{book}/items").text)
    for change, field in WRONG:
        words = {"chapter": "留住的章", "title": "留住的题", "text": "留住的话"} | change
        answer = clerk.post(f"{book}/items/{one}", page="/booklets", **words)
        check_page(answer)
        assert answer.status_code == 422 and f'id="f-{field}-error"' in answer.text
        assert all(word in answer.text for word in words.values())


def test_an_older_version_changes_nothing(book: str, visit: Visit) -> None:
    clerk = visit("clerk")
    (one, *_rest) = ids(clerk.get(f"{book}/items").text)
    words = {"chapter": "走访纪实", "title": "慢了一步", "text": "慢了一步的话", "version": "99"}
    late = clerk.post(f"{book}/items/{one}", page="/booklets", **words)
    assert late.status_code == 409 and "慢了一步的话" in late.text
    assert (
        clerk.post(f"{book}/items/{one}/place", page="/booklets", way="out", version="99").status_code == 409
    )
    assert clerk.post(book, page="/booklets", title="慢了一步", version="99").status_code == 409
    assert "慢了一步" not in clerk.get(f"{book}/items").text


OTHERS: list[str] = ["leader", "auditor", "secretary", "dt-clerk"]


def test_nobody_else_touches_an_item(book: str, visit: Visit) -> None:
    (one, *_rest) = ids(visit("clerk").get(f"{book}/items").text)
    for who in OTHERS:
        browser = visit(who)
        for path in (
            f"{book}/items",
            f"{book}/items/{one}",
            f"{book}/items/{one}/place",
            f"{book}/choose",
            book,
        ):
            assert browser.post(path, page="/search", way="out", act="all").status_code == 404
