"""The app: each request is one unit of work, opened by its method and stored before the answer leaves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.door import (
    admission,
    csrf,
    headers,
    idempotency,
    language,
    limits,
    policy,
    preparing,
    problems,
    sessions,
    visitor,
)
from tracker.extensions import db, login_manager, transaction

SAFE = ("GET", "HEAD", "OPTIONS")


class Service(Flask):
    """Flask with one difference: the view runs inside the request's transaction.

    Order of refusals: 401, 429, 400, 404, 403, 422, 409 (decisions 5).
    """

    def dispatch_request(self) -> ResponseReturnValue:
        if request.endpoint is None or request.routing_exception:
            self._recognise()
            return super().dispatch_request()
        if policy.is_static(request.endpoint):
            return super().dispatch_request()
        csrf.check_host()
        admission.limit_body()
        limits.check_route()
        if policy.is_safe(request.method, request.endpoint):
            with transaction("read"):
                answer = self._answer(super().dispatch_request)
            sessions.touch()
            return answer
        self._prepare()
        with transaction("write") as session:
            answer = self._answer(super().dispatch_request)
            if answer.status_code >= 400 and not g.get("keep_refused", False):
                # A refusal shown as a page must not leave half of the attempt behind.
                session.rollback()
            return answer

    def _recognise(self) -> None:
        """Nothing lives at this address; who asks is looked up only to refuse in the frame they know."""
        if not problems.wants_json():
            with transaction("read"):
                visitor.identify()

    def _prepare(self) -> None:
        """Let the view's long work be done before the lock; whoever may not knock gets none done."""
        reader = preparing.reader()
        if reader is None:
            return
        with transaction("read"):
            self._admit()
            idempotency.fingerprint()
            make = reader(**(request.view_args or {}))
        preparing.keep(make() if make else None)

    def _admit(self) -> None:
        visitor.identify()
        policy.check_signed_in()
        admission.check_address()
        policy.check_role()
        if request.method not in SAFE:
            csrf.check()
            admission.check_form()

    def _answer(self, view: Callable[[], ResponseReturnValue]) -> Response:
        self._admit()
        if request.method in SAFE:
            return make_response(view())
        if policy.is_safe(request.method, request.endpoint or ""):
            return make_response(view())
        return idempotency.once(lambda: make_response(view()))


def init_app(app: Flask) -> None:
    login_manager.request_loader(lambda _request: visitor.who())
    login_manager.anonymous_user = visitor.Nobody
    headers.init_app(app)
    language.init_app(app)
    problems.init_app(app)
    visitor.init_app(app)


@contextmanager
def attempt() -> Iterator[None]:
    """Undo what an action began when it refuses, so that the page can be drawn from clean rows.

    Wrap a call whose Invalid or Conflict the view turns into a filled-in form.
    """
    with db.session.begin_nested():
        yield


def keep_refused() -> None:
    """Store this request's rows although it is refused: a wrong PIN counts."""
    g.keep_refused = True


def repeat_with(body: str) -> None:
    """What the same request sent again is answered with, where the first answer is shown only once."""
    g.repeatable_body = body.encode()


def signed_in() -> Any:
    """The actor at the door; views hand it to queries and actions."""
    return current_user._get_current_object()


def reset() -> None:
    """Forget who is at the door: used when somebody signs in or out within the request."""
    for name in ("_login_user", "actor"):
        g.pop(name, None)
