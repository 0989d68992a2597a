"""Accounts: made, changed, invited and stopped by an administrator who is somebody else."""

import re

import pytest

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.world import World
from tracker.queries import people

NEW = {"login": "xs-new", "name": "新来的人", "posts.0.role": "clerk", "posts.0.unit": "office"}
CLERK = {"posts.0.role": "clerk", "posts.0.unit": "office"}


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


# --- the list


def listed(text: str) -> list[str]:
    """Each row's words."""
    found = re.findall(r"<tr data-row>(.*?)</tr>", text, re.S)
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in found]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("waiting=nonsense", 422),
        ("limit=0", 422),
        ("after=x", 422),
        ("q=" + "长" * 61, 422),
        ("role=king", 200),
    ],
)
def test_a_faulty_address_of_the_list_is_refused(query: str, status: int, visit: Visit) -> None:
    assert visit("admin").get(f"/people?{query}").status_code == status


@pytest.mark.parametrize("q", ["%", "_", "\\", "'"])
def test_signs_of_a_pattern_are_only_signs(q: str, visit: Visit) -> None:
    assert listed(visit("admin").get("/people", query_string={"q": q}).text) == []


def test_a_row_says_post_unit_and_state(visit: Visit) -> None:
    (row,) = listed(visit("admin").get("/people?q=xs-dept2").text)
    assert row == "xs-dept2 李卫 承办单位 区交通运输局 在用 从未"


def test_who_has_no_password_yet_and_who_was_stopped_are_told_apart(huiyin: World, visit: Visit) -> None:
    browser = visit("admin")
    created(browser)
    path = f"/people/{public_id(huiyin, 'xs-clerk2')}"
    browser.post(path, page=path, name="钱敏", **CLERK)
    assert [row.split()[0] for row in listed(browser.get("/people?waiting=invited").text)] == ["xs-new"]
    assert [row.split()[0] for row in listed(browser.get("/people?waiting=inactive").text)] == ["xs-clerk2"]
    assert "已停用" in listed(browser.get("/people?waiting=inactive").text)[0]


def test_the_list_is_one_committee_s(visit: Visit) -> None:
    for who, prefix in (("admin", "xs-"), ("dt-admin", "dt-")):
        logins = [row.split()[0] for row in listed(visit(who).get("/people?limit=200").text)]
        assert logins and all(login.startswith(prefix) for login in logins)


def test_the_auditor_is_offered_no_new_account(visit: Visit) -> None:
    assert "/people/new" not in visit("auditor").get("/people").text
    assert "/people/new" in visit("admin").get("/people").text


# --- one account


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"login": ""}, "login"),
        ({"login": "x"}, "login"),
        ({"login": "a" * 65}, "login"),
        ({"login": "xs/new"}, "login"),
        ({"name": "长" * 61}, "name"),
        ({"title": "长" * 61}, "title"),
        ({"email": "new@"}, "email"),
        ({"email": "a@x.test,b@x.test"}, "email"),
        ({"email": "新@@x"}, "email"),
        ({"posts.0.role": "king"}, "posts.0.role"),
        ({"posts.0.role": "resident"}, "posts.0.role"),
    ],
)
def test_each_fault_stands_beside_its_field_and_no_account_is_made(
    changes: dict[str, str], field: str, huiyin: World, visit: Visit
) -> None:
    answer = visit("admin").post("/people/new", page="/people/new", **(NEW | changes))
    assert answer.status_code == 422
    check_page(answer)
    assert f'id="f-{field}-error"' in answer.text
    with huiyin.reading():
        assert people.by_login("xs-new") is None


@pytest.mark.requirement("T33")
@pytest.mark.parametrize("email", ["", "new@example.test"])
def test_an_address_is_optional_and_kept(email: str, huiyin: World, visit: Visit) -> None:
    page = created(visit("admin"), email=email, title="科长")
    text = visit("admin").get(page).text
    assert 'value="科长"' in text
    assert ('value="new@example.test"' in text) is bool(email)


def test_several_posts_of_one_zone_are_kept_in_one_account(huiyin: World, visit: Visit) -> None:
    page = created(visit("admin"), **{"posts.1.role": "member", "posts.1.unit": "group"})
    (row,) = listed(visit("admin").get("/people?q=xs-new").text)
    assert "办公室 政协办公室" in row and "委员 东亭街道工委会" in row
    assert 'name="posts.1.role"' in visit("admin").get(page).text


def test_a_unit_of_another_committee_is_no_unit_here(huiyin: World, visit: Visit) -> None:
    with huiyin.reading():
        other = people.by_login("dt-dept")
        assert other is not None
        foreign = other.posts[0].unit.public_id
    answer = visit("admin").post("/people/new", page="/people/new", **(NEW | {"posts.0.unit": foreign}))
    assert answer.status_code == 422 and "没有这个单位" in answer.text


def test_a_login_is_taken_in_every_committee(visit: Visit) -> None:
    answer = visit("dt-admin").post("/people/new", page="/people/new", **(NEW | {"login": "xs-clerk"}))
    assert answer.status_code == 422 and "已经有人用了" in answer.text


def test_the_login_of_an_account_cannot_be_changed(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), f"/people/{public_id(huiyin, 'xs-clerk')}"
    sent = {"name": "周文博", "login": "xs-other", "is_active": "1"} | CLERK
    assert browser.post(path, page=path, **sent).status_code == 422
    assert public_id(huiyin, "xs-clerk") and 'name="login"' not in browser.get(path).text


@pytest.mark.requirement("T18", "T40")
def test_saving_an_account_signs_the_person_out(huiyin: World, visit: Visit) -> None:
    clerk, path = visit("clerk"), f"/people/{public_id(huiyin, 'xs-clerk')}"
    assert clerk.client.get("/account").status_code == 200
    visit("admin").post(path, page=path, name="周文博", is_active="1", **CLERK)
    assert clerk.client.get("/account").status_code == 302


@pytest.mark.parametrize("emptied", [{"name": ""}, {"posts.0.role": "", "posts.0.unit": ""}])
def test_a_refused_change_signs_nobody_out_and_changes_nothing(
    emptied: dict[str, str], huiyin: World, visit: Visit
) -> None:
    clerk, path = visit("clerk"), f"/people/{public_id(huiyin, 'xs-clerk')}"
    answer = visit("admin").post(path, page=path, is_active="1", **({"name": "周文博"} | CLERK | emptied))
    assert answer.status_code == 422
    assert clerk.client.get("/account").status_code == 200
    assert "周文博 办公室 政协办公室" in "".join(listed(visit("admin").get("/people?q=xs-clerk").text))


def test_an_address_and_a_title_can_be_taken_away_again(huiyin: World, visit: Visit) -> None:
    browser, path = visit("admin"), f"/people/{public_id(huiyin, 'xs-clerk')}"
    sent = {"name": "周文博", "is_active": "1"} | CLERK
    browser.post(path, page=path, email="zhou@example.test", title="科长", **sent)
    browser.post(path, page=path, email="", title="", **sent)
    text = browser.get(path).text
    assert "科长" not in text and "@example.test" not in text


# --- invitations


def invitation(browser: Browser, page: str, **form: str) -> str:
    """The token of the link that is shown, or nothing."""
    shown = re.search(r"/invitation/([\w-]+)", browser.post(f"{page}/invitation", page=page, **form).text)
    return shown[1] if shown else ""


def test_a_new_link_ends_the_one_before(visit: Visit) -> None:
    browser = visit("admin")
    page = created(browser)
    first, second = invitation(browser, page), invitation(browser, page)
    sent = {"password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    assert visit().post("/invitation", token=first, **sent).status_code == 404
    assert visit().post("/invitation", token=second, **sent).status_code == 302


def test_sending_the_same_form_again_shows_no_link(visit: Visit) -> None:
    browser = visit("admin")
    page = created(browser)
    shown = [invitation(browser, page, idempotency_key="the-same") for _ in range(2)]
    assert shown[0] and not shown[1]


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("clerk", 404), ("dt-admin", 404)])
def test_nobody_else_makes_a_link(who: str, status: int, huiyin: World, visit: Visit) -> None:
    path = f"/people/{public_id(huiyin, 'xs-member')}/invitation"
    answer = visit(who).post(path, page="/")
    assert answer.status_code == status and "/invitation/" not in answer.text
