"""我的账号: one's own sessions, password, tokens and language."""

import re
from datetime import timedelta

import pytest

from tests.web.browser import Browser
from tests.web.conftest import Visit
from tests.world import NOW, PASSWORD, World
from tracker.extensions import clock

GOOD = "柳浪闻莺 1896"


def test_one_sees_ones_own_sessions_and_ends_another(visit: Visit) -> None:
    here, there = visit("clerk"), visit("clerk")
    text = here.get("/account").text
    assert text.count("本机") == 1
    ending = re.search(r'action="(/account/sessions/[\w-]+/end)"', text)
    assert ending
    here.post(ending[1], page="/account")
    assert there.client.get("/account").status_code == 302
    assert here.client.get("/account").status_code == 200


def test_all_others_are_ended_at_once(visit: Visit) -> None:
    here, *others = visit("clerk"), visit("clerk"), visit("clerk")
    here.post("/account/sessions/end-others", page="/account")
    assert [other.client.get("/account").status_code for other in others] == [302, 302]
    assert here.client.get("/account").status_code == 200


def test_nobody_ends_anothers_session(visit: Visit) -> None:
    victim, attacker = visit("clerk"), visit("clerk2")
    visit("clerk")
    ending = re.search(r'action="(/account/sessions/[\w-]+/end)"', victim.get("/account").text)
    assert ending
    assert attacker.post(ending[1], page="/account").status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong", GOOD, GOOD, "原密码不对"),
        (PASSWORD, GOOD, "别的", "两次输入的密码不一样"),
        (PASSWORD, "12345678", "12345678", "太常见"),
        (PASSWORD, "xs-clerk-2026", "xs-clerk-2026", "不要用自己的登录名"),
    ],
)
def test_a_password_is_changed_only_rightly(old: str, new: str, again: str, words: str, visit: Visit) -> None:
    browser = visit("clerk")
    answer = browser.post("/account/password", page="/account", old_password=old, password=new, again=again)
    assert answer.status_code == 422
    assert words in answer.text
    assert visit().sign_in("clerk").status_code == 302


def test_a_token_is_shown_once_and_ends_when_told(visit: Visit) -> None:
    browser = visit("clerk")
    sent = {"name": "统计报表", "idempotency_key": "the-same-key"}
    first = browser.post("/account/tokens", page="/account", **sent)
    shown = re.search(r'id="new-token">([^<]+)<', first.text)
    assert shown
    again = browser.post("/account/tokens", page="/account", **sent)
    assert shown[1] not in again.text
    assert shown[1] not in browser.get("/account").text
    bearer = {"Authorization": f"Bearer {shown[1]}"}
    assert visit().client.get("/api/v1/me", headers=bearer).status_code == 200
    ending = re.search(r'action="(/account/tokens/[\w-]+/end)"', browser.get("/account").text)
    assert ending
    browser.post(ending[1], page="/account")
    assert visit().client.get("/api/v1/me", headers=bearer).status_code == 401


def test_the_language_is_kept_for_the_next_time(visit: Visit) -> None:
    browser = visit("clerk")
    assert browser.post("/language", page="/account", language="en", next="/help").location == "/help"
    assert '<html lang="en">' in browser.get("/").text
    later = visit()
    later.sign_in("clerk")
    assert '<html lang="en">' in later.get("/").text


def test_a_visitor_may_choose_the_language_too(visit: Visit) -> None:
    browser = visit()
    browser.post("/language", language="en", next="/sign-in")
    assert '<html lang="en">' in browser.get("/sign-in").text


def test_there_are_two_languages_and_no_third(visit: Visit) -> None:
    assert visit("clerk").post("/language", page="/", language="xx").status_code == 422


def test_one_sees_ones_own_posts(huiyin: World, visit: Visit) -> None:
    text = visit("dept").get("/account").text
    assert "区住房和城乡建设局" in text
    assert "承办单位" in text


# --- what the page says


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Linux; Android 13) Chrome/111 Mobile Safari/537.36 MicroMessenger/8.0",
            "微信 · Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (iPhone) Mac OS X DingTalk/7.0 Safari/604", "钉钉 · iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17 Safari/605", "Safari · macOS"),
        ("curl/8.0", "未知浏览器"),
        ("", "未知浏览器"),
        ("Windows <script>", "Windows"),
        ("Chrome/1 " + "x" * 5000, "Chrome"),
    ],
)
def test_a_browser_has_the_name_people_know(agent: str, name: str, visit: Visit) -> None:
    browser = visit()
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    browser.sign_in("clerk")
    found = re.search(r'<td class="lead">([^<]+?) <', browser.get("/account").text)
    assert found and found[1] == name


def test_the_page_says_who_one_is_and_hides_the_hash(huiyin: World, visit: Visit) -> None:
    text = visit("dept").get("/account").text
    for word in ("张志强", "xs-dept", "xs-dept@example.test", "承办单位", "区住房和城乡建设局"):
        assert word in text
    assert "argon2" not in text


def test_one_browser_alone_has_nothing_to_end(visit: Visit) -> None:
    text = visit("clerk").get("/account").text
    assert "/end" not in text and "/account/sessions/end-others" not in text


@pytest.mark.parametrize(
    "path", ["/account/sessions/nothing/end", "/account/tokens/nothing/end", "/account/sessions/1/end"]
)
def test_what_does_not_exist_cannot_be_ended(path: str, visit: Visit) -> None:
    assert visit("clerk").post(path, page="/account").status_code == 404


def test_ending_a_session_twice_is_no_fault(visit: Visit) -> None:
    here, _there = visit("clerk"), visit("clerk")
    ending = re.search(r'action="(/account/sessions/[\w-]+/end)"', here.get("/account").text)
    assert ending
    assert here.post(ending[1], page="/account").location == "/account"
    assert here.post(ending[1], page="/account").status_code in (302, 404)
    assert here.client.get("/account").status_code == 200


# --- tokens


@pytest.mark.parametrize("name", ["", " ", "长" * 61])
def test_a_token_needs_a_purpose_of_some_length(name: str, visit: Visit) -> None:
    browser = visit("clerk")
    answer = browser.post("/account/tokens", page="/account", name=name)
    assert answer.status_code == 422
    assert 'id="f-name-error"' in answer.text and 'id="new-token"' not in answer.text
    assert "/account/tokens/" not in browser.get("/account").text


def test_a_token_says_until_when_it_is_good(visit: Visit) -> None:
    with clock.at(NOW):
        browser = visit("clerk")
        browser.post("/account/tokens", page="/account", name="统计报表")
        text = browser.get("/account").text
    assert "统计报表" in text and "2027年11月23日" in text


@pytest.mark.parametrize(("days", "status"), [(364, 200), (366, 401)])
def test_a_token_ends_after_a_year(days: int, status: int, visit: Visit) -> None:
    with clock.at(NOW):
        browser = visit("clerk")
        shown = issued(browser)
    with clock.at(NOW + timedelta(days=days)):
        assert api_status(visit(), shown) == status


@pytest.mark.requirement("T18")
def test_a_new_password_ends_the_programs_too(visit: Visit) -> None:
    browser = visit("clerk")
    token = issued(browser)
    changed = {"old_password": PASSWORD, "password": GOOD, "again": GOOD}
    assert browser.post("/account/password", page="/account", **changed).status_code == 302
    assert api_status(visit(), token) == 401


def test_nobody_ends_another_s_token(visit: Visit) -> None:
    browser = visit("clerk")
    token = issued(browser)
    ending = re.search(r'action="(/account/tokens/[\w-]+/end)"', browser.get("/account").text)
    assert ending
    assert visit("clerk2").post(ending[1], page="/account").status_code == 404
    assert api_status(visit(), token) == 200


def issued(browser: Browser) -> str:
    """A new token, read from the one page that shows it."""
    page = browser.post("/account/tokens", page="/account", name="统计报表").text
    shown = re.search(r'id="new-token">([^<]+)<', page)
    assert shown
    return shown[1]


def api_status(browser: Browser, token: str) -> int:
    return browser.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code


# --- passwords


@pytest.mark.parametrize(
    "password", ["1234567", "        ", "周文博周文博1", "a" * 201, "11111111", "abcabcabc", ""]
)
def test_a_poor_password_changes_nothing_and_is_not_shown_again(password: str, visit: Visit) -> None:
    browser = visit("clerk")
    sent = {"old_password": PASSWORD, "password": password, "again": password}
    answer = browser.post("/account/password", page="/account", **sent)
    assert answer.status_code == 422
    assert not password.strip() or password not in answer.text
    assert browser.client.get("/account").status_code == 200


def test_no_page_repeats_a_password_that_was_typed(visit: Visit) -> None:
    sent = {"old_password": "mistyped-old", "password": GOOD, "again": GOOD}
    answer = visit("clerk").post("/account/password", page="/account", **sent)
    assert answer.status_code == 422
    assert "mistyped-old" not in answer.text and GOOD not in answer.text
