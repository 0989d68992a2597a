"""Each refusal has its status, its words and no inside of ours, as a page and for programs (T42)."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    Gone,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
    RequestTimeout,
)

from tests.door.conftest import Answer
from tests.web.browser import check_page
from tracker import errors
from tracker.door import problems
from tracker.errors import Conflict, FieldError, Invalid

REFUSALS = [
    (errors.NotSignedIn(), 401, "请先登录"),
    (errors.BadRequest("地址不对"), 400, "请求有误"),
    (errors.NotFound("没有这件"), 404, "没有找到"),
    (errors.Forbidden("不能"), 403, "您不能办理这一步"),
    (Invalid.one("area", "没有这个地区"), 422, "内容需要改正"),
    (Conflict("有人改过"), 409, "现在不能这样办"),
    (errors.TooMany("太频繁"), 429, "请稍后再试"),
    (errors.Unavailable("正忙"), 503, "暂时不能服务"),
    (errors.NoSpace("满了"), 507, "存储空间不足"),
    (errors.TooLarge("太大"), 413, "内容太大"),
    (errors.WrongType("不是 JSON"), 415, "格式不支持"),
]
PAGES = [pytest.param(*row, id=str(row[1])) for row in REFUSALS if row[1] != 401]
BY_STATUS = [pytest.param(*row, id=str(row[1])) for row in REFUSALS]


@pytest.mark.parametrize(("error", "status", "title"), BY_STATUS)
def test_a_program_gets_a_problem(problem: Answer, error: Exception, status: int, title: str) -> None:
    answer = problem(error)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    told = answer.json
    assert (told["type"], told["title"], told["status"]) == ("about:blank", title, status)
    assert told["detail"] == (str(error) or "请稍后再试。")


@pytest.mark.parametrize(("error", "status", "title"), PAGES)
def test_a_person_gets_a_page(page: Answer, error: Exception, status: int, title: str) -> None:
    answer = page(error)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert title in answer.text and (str(error) or "请稍后再试。") in answer.text
    check_page(answer)


@pytest.mark.parametrize(("error", "status", "title"), BY_STATUS)
def test_an_english_reader_is_refused_in_english(
    problem: Answer, error: Exception, status: int, title: str
) -> None:
    told = problem(error, Accept_Language="en").json
    assert told["status"] == status and told["title"] != title and told["title"].isascii()


def test_every_refusal_of_ours_has_a_status() -> None:
    below = {one for kind in errors.HuiyinError.__subclasses__() for one in (kind, *kind.__subclasses__())}
    told = {kind for kind in below if kind.__module__ == errors.__name__}
    assert told - set(problems.STATUS) == {errors.RetryLater, errors.CannotStart}


def test_every_status_has_a_title() -> None:
    assert set(problems.STATUS.values()) <= set(problems.TITLES)
    assert set(problems.DETAILS) <= set(problems.TITLES)


# --- what goes with it


def test_every_fault_is_named_with_its_field_and_its_values(problem: Answer) -> None:
    faults = [
        FieldError("a", "太长了，最多 %(most)d 个字", {"most": 80}),
        FieldError("b.0.c", "没有这个地区"),
    ]
    assert problem(Invalid(faults)).json["errors"] == [
        {"field": "a", "message": "太长了，最多 80 个字"},
        {"field": "b.0.c", "message": "没有这个地区"},
    ]


def test_a_conflict_tells_what_is_missing_in_names_and_in_words(problem: Answer) -> None:
    told = problem(Conflict("还不能办", missing=["has_outcome", "no_such_need"], version=7)).json
    assert (told["missing"], told["version"]) == (["has_outcome", "no_such_need"], 7)
    assert len(told["reasons"]) == 1 and "has_outcome" not in told["reasons"]


def test_a_conflict_without_a_row_has_no_version(problem: Answer) -> None:
    told = problem(Conflict("还不能办")).json
    assert "version" not in told and told["missing"] == []


@pytest.mark.parametrize("kind", [errors.TooMany, errors.Unavailable, errors.NoSpace])
@pytest.mark.parametrize("seconds", [0, 5, 3600])
def test_what_passes_by_itself_says_when_to_come_back(
    page: Answer, problem: Answer, kind: type[errors.RetryLater], seconds: int
) -> None:
    for answer in (page, problem):
        assert answer(kind("稍后", retry_after=seconds)).headers["Retry-After"] == str(seconds)


@pytest.mark.parametrize("error", [errors.Forbidden("不能"), Conflict("有人改过"), errors.NotFound()])
def test_what_does_not_pass_by_itself_says_nothing_of_the_kind(problem: Answer, error: Exception) -> None:
    assert "Retry-After" not in problem(error).headers


# --- whoever is not signed in


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/", None),
        ("/cases", "/cases"),
        ("/cases?", "/cases"),
        ("/cases?state=raised&q=路灯", "/cases?state=raised&q=路灯"),
    ],
)
def test_a_page_one_may_not_see_leads_to_signing_in_and_back(app: Flask, path: str, back: str | None) -> None:
    answer = app.test_client().get(path)
    target = urlsplit(answer.location)
    assert (answer.status_code, target.path) == (302, "/sign-in")
    assert parse_qs(target.query).get("next") == (back and [back])


@pytest.mark.parametrize("path", ["/cases/new", "/account/password", "/sign-out"])
def test_a_write_does_not_lead_away_from_what_was_typed(app: Flask, path: str) -> None:
    answer = app.test_client().post(path, data={"summary": "路灯"})
    assert answer.status_code == 401 and "请先登录" in answer.text
    check_page(answer)


def test_a_program_is_never_led_to_a_page(problem: Answer) -> None:
    answer = problem(errors.NotSignedIn())
    assert answer.status_code == 401 and answer.location is None


def test_a_refusal_is_no_failure_and_stays_out_of_the_log(
    problem: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    for error, _status, _title in REFUSALS:
        problem(error)
    assert caplog.records == []


# --- what the web server's own library refuses


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (MethodNotAllowed(["GET", "HEAD"]), 405, "不支持这种操作"),
        (RequestEntityTooLarge(), 413, "内容太大"),
        (RequestTimeout(), 408, "请求有误"),
        (Gone(), 410, "请求有误"),
        (InternalServerError(), 500, "系统出错"),
    ],
)
def test_the_librarys_refusals_look_like_ours(
    problem: Answer, error: Exception, status: int, title: str
) -> None:
    answer = problem(error)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.json["title"] == title


def test_a_wrong_method_names_the_right_ones(page: Answer) -> None:
    assert page(MethodNotAllowed(["GET", "HEAD"])).headers["Allow"] == "GET, HEAD"


@pytest.mark.requirement("T20")
def test_an_old_page_is_asked_to_be_opened_again(page: Answer) -> None:
    answer = page(CSRFError("The CSRF token has expired."))
    assert answer.status_code == 400 and "页面放得太久了" in answer.text and "CSRF" not in answer.text


@pytest.mark.parametrize(
    ("path", "json"), [("/api/v1/x", True), ("/api/docs", True), ("/apiary", False), ("/cases", False)]
)
def test_whoever_calls_the_interface_is_a_program(app: Flask, path: str, json: bool) -> None:
    with app.test_request_context(path):
        assert problems.wants_json() is json
