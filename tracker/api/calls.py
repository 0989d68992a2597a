"""The register of calls: what is served here is what the document says, because both read the same line."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response, g, request
from pydantic import BaseModel

from tracker.api.answers.base import Answer
from tracker.errors import BadRequest, Invalid, WrongType
from tracker.incoming.schema import Input, read
from tracker.rules.words import N_

PREFIX = "/v1"
PDF = "application/pdf"

blueprint = Blueprint("api", __name__, url_prefix="/api")

T = TypeVar("T", bound=BaseModel)
View = Callable[..., Answer | Response]


@dataclass(frozen=True)
class Call:
    """One call. ``gives`` is None where the answer is a file of ``media``; ``expects``: If-Match counts.

    ``upload`` names the shape of what it takes as multipart/form-data.
    """

    method: str
    path: str
    name: str
    summary: str
    takes: type[BaseModel] | None
    asks: type[Input] | None
    gives: type[Answer] | None
    status: int
    public: bool
    expects: bool
    upload: str
    media: str


CALLS: list[Call] = []


@dataclass(frozen=True)
class Sent(Generic[T]):
    """What came with a call. Its faults are told when it is read: after 404 and 403, before 409."""

    schema: type[T]
    raw: Any

    @property
    def values(self) -> dict[str, Any]:
        if not isinstance(self.raw, dict):
            raise Invalid.one("body", N_("请发送一个 JSON 对象"))
        return self.raw

    def read(self) -> T:
        return read(self.schema, self.values)

    def move(self) -> tuple[str, dict[str, Any]]:
        """The name of the wanted move, and what it was given."""
        given = dict(self.values)
        name = given.pop("move", None)
        if not isinstance(name, str):
            raise Invalid.one("move", N_("请写明要办的步骤"))
        return name, given


class Nothing(Input):
    """No query parameters."""


def call(
    method: str,
    path: str,
    summary: str,
    *,
    gives: type[Answer] | None,
    takes: type[BaseModel] | None = None,
    asks: type[Input] | None = None,
    status: int = 200,
    public: bool = False,
    expects: bool = False,
    upload: str = "",
    media: str = PDF,
) -> Callable[[View], View]:
    """Register a view. One that takes or asks something is handed it as its first argument."""

    def register(view: View) -> View:
        name = view.__name__
        entry = Call(method, path, name, summary, takes, asks, gives, status, public, expects, upload, media)
        CALLS.append(entry)
        rule = PREFIX + re.sub(r"\{(\w+)\}", r"<\1>", path)
        blueprint.add_url_rule(rule, name, _served(entry, view), methods=[method])
        return view

    return register


def respond(answer: Answer, status: int = 200, location: str = "") -> Response:
    response = Response(answer.model_dump_json(), status, content_type="application/json")
    version = getattr(answer, "version", None)
    if version is not None:
        response.set_etag(str(version))
    if location:
        response.headers["Location"] = location
    return response


def repeat_as(body: str) -> None:
    """What a repeat under the same key gets instead of this answer."""
    g.repeatable_body = body.encode()


def expected() -> int | None:
    """The version the caller saw, from If-Match."""
    if request.if_match.star_tag or "If-Match" not in request.headers:
        return None
    # An empty pair of quotes is read as None.
    tags = [tag or "" for tag in request.if_match.as_set()]
    if len(tags) != 1 or not (tag := tags[0]).isdecimal() or len(tag) > 9:
        raise Invalid.one("If-Match", N_('请写成 "版本号"，例如 "3"'))
    return int(tag)


def _served(entry: Call, view: View) -> Callable[..., Response]:
    @wraps(view)
    def serve(**path: str) -> Response:
        handed = [] if not (entry.takes or entry.asks) else [_sent(entry)]
        result = view(*handed, **path)
        if entry.asks is None:
            read(Nothing, _query())
        response = result if isinstance(result, Response) else respond(result, entry.status)
        # Labels and messages are in the reader's language.
        response.vary.add("Accept-Language")
        return response

    return serve


def _sent(entry: Call) -> Sent[Any]:
    return Sent(entry.takes, body()) if entry.takes else Sent(entry.asks or Nothing, _query())


def _query() -> dict[str, Any]:
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if twice:
        raise Invalid.one(twice[0], N_("这个参数只能写一次"))
    return {name: value for name, value in request.args.items() if value}


def body() -> Any:
    """What was sent, as JSON; which shape it has is asked later."""
    if not request.is_json:
        raise WrongType(N_("请用 Content-Type: application/json 发送"))
    try:
        return json.loads(
            request.get_data(cache=True).decode(), parse_constant=_refuse, object_pairs_hook=_names_once
        )
    except (ValueError, RecursionError):
        raise BadRequest(N_("请求内容不是有效的 JSON（UTF-8）")) from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _names_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found
