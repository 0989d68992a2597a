"""我的账号: one's own sessions, password, tokens and language."""

import re

import pytest

from tests.web.conftest import Visit
from tests.world import PASSWORD, World

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
