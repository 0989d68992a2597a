"""Which language a visitor is spoken to in."""

import pytest
from flask import Flask, render_template_string, session

from tests.web.browser import Browser
from tracker.door import locale
from tracker.door.language import gettext, spoken


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-CN,en;q=0.8", "zh"),
        ("zh-Hans-CN,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.5", "en"),
        ("EN", "en"),
        ("fr,en;q=0.5", "en"),
        ("fr", "zh"),
        ("en;q=0,fr", "zh"),
        ("*", "zh"),
    ],
)
def test_the_browser_is_believed_in_its_own_order(app: Flask, header: str, spoken: str) -> None:
    with app.test_request_context(headers={"Accept-Language": header}):
        assert locale() == spoken


@pytest.mark.parametrize(
    ("chosen", "header", "spoken"),
    [
        ("en", "zh-CN", "en"),
        ("zh", "en", "zh"),
        ("fr", "en", "en"),
        ("", "en", "en"),
        (None, "", "zh"),
    ],
)
def test_what_was_chosen_stands_above_the_browser(
    app: Flask, chosen: str | None, header: str, spoken: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": header}):
        session["language"] = chosen
        assert locale() == spoken


def test_outside_a_request_chinese_is_spoken(app: Flask) -> None:
    with app.app_context():
        assert locale() == "zh"


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("header", ["\xff", ";;;q=", "en;q=nan", "en;q=9", "-", ",,,", "zh" * 5000, "en_US"])
def test_a_header_that_is_none_is_answered_in_chinese_or_english(app: Flask, header: str) -> None:
    answer = app.test_client().get("/sign-in", headers={"Accept-Language": header})
    assert answer.status_code == 200
    assert 'lang="zh-CN"' in answer.text or 'lang="en"' in answer.text


def test_a_stranger_may_choose_and_keeps_the_choice(app: Flask) -> None:
    browser = Browser(app)
    assert browser.post("/language", language="en", next="/sign-in").location == "/sign-in"
    assert 'lang="en"' in browser.get("/sign-in").text
    browser.post("/language", language="zh")
    assert 'lang="zh-CN"' in browser.get("/sign-in", headers={"Accept-Language": "en"}).text


def test_a_language_we_do_not_speak_is_refused(app: Flask) -> None:
    browser = Browser(app)
    assert browser.post("/language", language="fr").status_code == 422
    assert 'lang="zh-CN"' in browser.get("/sign-in").text


def test_an_account_keeps_its_language_for_the_next_time(app: Flask) -> None:
    Browser(app, "clerk").post("/language", page="/account", language="en")
    later = Browser(app)
    later.sign_in("clerk")
    assert 'lang="en"' in later.get("/help").text


def test_where_there_is_no_app_no_language_is_spoken() -> None:
    assert spoken() == ""


# --- words, found once


def test_the_same_word_is_said_in_the_language_of_each_visitor(app: Flask) -> None:
    said = []
    for header in ("zh", "en", "zh"):
        with app.test_request_context(headers={"Accept-Language": header}):
            said.append(gettext("请先登录"))
    assert said[0] == said[2] == "请先登录" != said[1]


@pytest.mark.parametrize(("language", "text"), [("zh", "太长了，最多 80 个字"), ("en", "80")])
def test_values_are_put_in_after_the_words_were_found(app: Flask, language: str, text: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert text in gettext("太长了，最多 %(most)d 个字", most=80)
        assert text not in gettext("太长了，最多 %(most)d 个字", most=79)


def test_a_word_nobody_translated_is_said_as_it_is(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert gettext("没有人翻译过的话 100%") == "没有人翻译过的话 100%"


@pytest.mark.requirement("T23")
@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ('{{ _("超过 %(n)s", n="<b>") }}', "超过 &lt;b&gt;"),
        ('{{ _("超过 %(n)s", n="5%") }}', "超过 5%"),
        ('{{ _("100%%") }}', "100%"),
        ('{{ _("<b>粗</b>") }}', "<b>粗</b>"),
        ('{{ _("好") ~ "<i>" }}', "好&lt;i&gt;"),
    ],
)
def test_a_page_escapes_the_values_and_not_our_own_words(app: Flask, source: str, drawn: str) -> None:
    with app.test_request_context():
        assert render_template_string(source) == drawn


def test_a_plain_text_escapes_nothing(app: Flask) -> None:
    source = '{% autoescape false %}{{ _("超过 %(n)s", n="<b>") }}{% endautoescape %}'
    with app.test_request_context():
        assert render_template_string(source) == "超过 <b>"
