"""How a refusal looks: a page for people, RFC 9457 for programs, never an inside of ours (T42)."""

import errno
import logging
import secrets
from typing import Any

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from tracker import errors
from tracker.actions.base import CHANGED
from tracker.door.language import gettext
from tracker.queries.moves import WORDS
from tracker.rules.words import N_

log = logging.getLogger("huiyin")

STATUS: dict[type[errors.HuiyinError], int] = {
    errors.NotSignedIn: 401,
    errors.BadRequest: 400,
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Invalid: 422,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.NoSpace: 507,
    errors.TooLarge: 413,
    errors.WrongType: 415,
}
TITLES = {
    400: N_("请求有误"),
    401: N_("请先登录"),
    403: N_("您不能办理这一步"),
    404: N_("没有找到"),
    405: N_("不支持这种操作"),
    409: N_("现在不能这样办"),
    413: N_("内容太大"),
    415: N_("格式不支持"),
    422: N_("内容需要改正"),
    429: N_("请稍后再试"),
    500: N_("系统出错"),
    503: N_("暂时不能服务"),
    507: N_("存储空间不足"),
}
DETAILS = {
    400: N_("请返回上一页重新打开再办。"),
    404: N_("请核对地址，或者回到首页从列表里找。"),
    405: N_("请从页面上的按钮办理。"),
    413: N_("请缩小文件或分几次提交。"),
    500: N_("已经记下这次故障，您的内容没有存进去，请稍后再试。"),
}
LATER = N_("请稍后再试。")
# PostgreSQL's number for a full disk; its words are in the server's language.
_DISK_FULL = "53100"


def init_app(app: Flask) -> None:
    app.register_error_handler(errors.HuiyinError, _refusal)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(NoConnection, _busy)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _refusal(error: errors.HuiyinError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    if status == 401 and not wants_json() and request.method == "GET":
        back = request.full_path.rstrip("?")
        return make_response(redirect(url_for("sessions.form", next=back if back != "/" else None)))
    return _answer(status, error.message, _members(error), getattr(error, "retry_after", None))


def _members(error: errors.HuiyinError) -> dict[str, Any]:
    if isinstance(error, errors.Invalid):
        return {
            "errors": [{"field": e.field, "message": gettext(e.message, **e.params)} for e in error.errors]
        }
    if isinstance(error, errors.Conflict):
        found: dict[str, Any] = {
            "missing": error.missing,
            "reasons": [gettext(WORDS[m]) for m in error.missing if m in WORDS],
        }
        return found | ({"version": error.version} if error.version is not None else {})
    return {}


def _csrf(_error: CSRFError) -> Response:
    return _answer(400, N_("页面放得太久了，请刷新后再提交一次"), {})


def _stale(_error: StaleDataError) -> Response:
    return _answer(409, CHANGED, {"missing": ["version"]})


def _database(error: DBAPIError) -> Response:
    if "disk is full" in str(error.orig).lower() or getattr(error.orig, "sqlstate", "") == _DISK_FULL:
        return _answer(507, N_("存储空间不足，请告诉管理员"), {}, 60)
    if isinstance(error, IntegrityError):
        # Two requests met at the same unique key; the slower one finds the other's row when it looks again.
        return _answer(409, CHANGED, {"missing": ["version"]})
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return _busy(error)
    return _unexpected(error)


def _busy(_error: Exception) -> Response:
    return _answer(503, N_("系统正忙，请过几秒再试"), {}, 5)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    response = _answer(status, "", {})
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _unexpected(error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _answer(507, N_("存储空间不足，请告诉管理员"), {}, 60)
    number = secrets.token_hex(4)
    log.error("failure %s at %s", number, request.endpoint, exc_info=error)
    return _answer(500, "", {"number": number})


def _answer(status: int, message: str, members: dict[str, Any], retry_after: int | None = None) -> Response:
    title = gettext(TITLES.get(status, TITLES[400]))
    detail = gettext(message or DETAILS.get(status, LATER))
    if wants_json():
        response = jsonify(
            {"type": "about:blank", "title": title, "status": status, "detail": detail} | members
        )
        response.content_type = "application/problem+json"
    else:
        page = render_template(
            "errors/error.html",
            status=status,
            title=title,
            detail=detail,
            signed_in=current_user.is_authenticated,
            **members,
        )
        response = make_response(page)
    response.status_code = status
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def wants_json() -> bool:
    return request.path.startswith("/api/")
