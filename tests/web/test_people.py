"""Accounts: made, changed, invited and stopped by an administrator who is somebody else."""

import re

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import World
from tracker.queries import people

NEW = {"login": "xs-new", "name": "新来的人", "posts.0.role": "clerk", "posts.0.unit": "office"}


def public_id(huiyin: World, login: str) -> str:
    with huiyin.reading():
        person = people.by_login(login)
        assert person is not None
        return person.public_id


def created(browser: Browser, **changes: str) -> str:
    answer = browser.post("/people/new", page="/people/new", **(NEW | changes))
    assert answer.status_code == 302, answer.text
    return answer.location


def test_a_new_account_is_made_and_invited(huiyin: World, visit: Visit) -> None:
    browser = visit("admin")
    page = created(browser)
    assert "账号已建好" in browser.get(page).text
    answer = browser.post(f"{page}/invitation", page=page)
    link = re.search(r"http://[^<\s]+/invitation/[\w-]+", answer.text)
    assert link
    assert "/invitation/" not in browser.get(page).text
    stranger = visit()
    token = link[0].rsplit("/", 1)[1]
    sent = {"token": token, "password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    assert stranger.post("/invitation", **sent).status_code == 302
    assert "新来的人" in stranger.get("/").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"login": "xs-clerk"}, "已经有人用了"),
        ({"login": "有空 格"}, "login"),
        ({"name": ""}, "请填写"),
        ({"posts.0.unit": "nowhere"}, "没有这个单位"),
        ({"posts.1.role": "handler", "posts.1.unit": "housing"}, "一个账号只能在一个区域任职"),
        ({"is_admin": "1"}, "没有这个字段"),
    ],
)
def test_a_faulty_account_is_refused_and_what_was_typed_stays(
    changes: dict[str, str], words: str, visit: Visit
) -> None:
    answer = visit("admin").post("/people/new", page="/people/new", **(NEW | changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert "新来的人" in answer.text or "name" in changes


def test_an_account_is_stopped_and_started_again(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), f"/people/{public_id(huiyin, 'xs-clerk')}"
    sent = {"name": "周文博", "posts.0.role": "clerk", "posts.0.unit": "office"}
    assert browser.post(path, page=path, **sent).status_code == 302
    assert visit().sign_in("clerk").status_code == 422
    assert browser.post(path, page=path, is_active="1", **sent).status_code == 302
    assert visit().sign_in("clerk").status_code == 302


@pytest.mark.requirement("T40")
def test_nobody_gives_oneself_a_post(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), f"/people/{public_id(huiyin, 'xs-admin')}"
    assert 'name="posts.0.role"' not in browser.get(path).text
    sent = {"name": "高远", "posts.0.role": "director", "posts.0.unit": "office", "is_active": "1"}
    assert browser.post(path, page="/", **sent).status_code == 403
    assert browser.post(f"{path}/invitation", page="/").status_code == 403


@pytest.mark.parametrize("who", ["clerk", "director", "member", "dept", "leader"])
def test_accounts_are_the_administrators_business(who: str, huiyin: World, visit: Visit) -> None:
    browser, path = visit(who), f"/people/{public_id(huiyin, 'xs-member')}"
    assert browser.get("/people").status_code == 403
    assert browser.get(path).status_code in (403, 404)
    assert browser.post("/people/new", page="/", **NEW).status_code == 403
    assert browser.post(path, page="/", name="x").status_code in (403, 404)


def test_the_auditor_looks_and_changes_nothing(huiyin: World, visit: Visit) -> None:
    browser, path = visit("auditor"), f"/people/{public_id(huiyin, 'xs-member')}"
    assert "吴海燕" in browser.get(path).text
    assert browser.post(path, page="/", name="x").status_code == 403


def test_another_committees_people_do_not_exist(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), f"/people/{public_id(huiyin, 'dt-member')}"
    assert browser.get(path).status_code == 404
    assert browser.post(path, page="/", name="x").status_code == 404


def test_the_slower_of_two_administrators_is_told(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), f"/people/{public_id(huiyin, 'xs-clerk')}"
    sent = {
        "name": "周文博",
        "posts.0.role": "clerk",
        "posts.0.unit": "office",
        "is_active": "1",
        "version": "1",
    }
    assert browser.post(path, page="/", **sent).status_code == 302
    assert browser.post(path, page="/", **sent).status_code == 409


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=吴", {"xs-member"}), ("role=handler", {"xs-dept", "xs-dept2"}), ("q=无此人", set())],
)
def test_the_list_is_searched_by_name_and_post(query: str, found: set[str], visit: Visit) -> None:
    text = visit("admin").get(f"/people?{query}").text
    assert set(re.findall(r'<td class="ref num">([^<]+)</td>', text)) == found
