"""A client that believes nothing: every answer is held against the document of the interface."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

from tests.world import World
from tracker.actions import people as acts
from tracker.extensions import db
from tracker.models import Person

JSON = {"application/json": "application/json", "application/problem+json": "application/problem+json"}


class Interface:
    """The document, and whether an answer is what it promises."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.seen: set[tuple[str, str, int]] = set()

    def operation(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        for template, item in self.document["paths"].items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", template)
            if re.fullmatch(pattern, path) and method.lower() in item:
                return template, item[method.lower()]
        raise AssertionError(f"{method} {path} is not documented")

    def check(self, method: str, path: str, response: TestResponse) -> None:
        template, operation = self.operation(method, path)
        status = str(response.status_code)
        assert status in operation["responses"], f"{method} {template} does not document {status}"
        self.seen.add((method, template, response.status_code))
        promised = self._resolved(operation["responses"][status])
        assert response.mimetype in promised["content"], f"{method} {template} {status}: {response.mimetype}"
        schema = promised["content"][response.mimetype].get("schema")
        if schema:
            self.validate(schema, response.get_json())
        for name in promised.get("headers", {}):
            assert name in response.headers, f"{method} {template} {status} promises {name}"

    def accepts(self, method: str, path: str, body: Any) -> None:
        """A body that was taken must be one the document describes."""
        _template, operation = self.operation(method, path)
        self.validate(operation["requestBody"]["content"]["application/json"]["schema"], body)

    def validate(self, schema: dict[str, Any], value: Any) -> None:
        whole = {"components": self.document["components"]} | schema
        Draft202012Validator(whole, format_checker=FormatChecker()).validate(value)

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in part:
            return part
        kind, name = part["$ref"].split("/")[-2:]
        found: dict[str, Any] = self.document["components"][kind][name]
        return found


@dataclass
class Caller:
    """One program, calling with one person's token, or with none."""

    http: FlaskClient
    interface: Interface
    token: str = ""
    address: str = "127.0.0.1"
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        named = {name.rstrip("_"): value for name, value in query.items()}
        return self._read("GET", self.raw("GET", path, query_string=named), path, status)

    def post(self, path: str, body: Any, status: int = 200, *, key: str = "", match: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        headers |= {"If-Match": match} if match else {}
        answer = self._read("POST", self.raw("POST", path, json=body, headers=headers), path, status)
        if status < 300:
            self.interface.accepts("POST", f"/api/v1{path}", body)
        return answer

    def put(self, path: str, body: Any, status: int = 200, *, match: str = "") -> Any:
        headers = {"If-Match": match} if match else {}
        return self._read("PUT", self.raw("PUT", path, json=body, headers=headers), path, status)

    def raw(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        """The answer itself, already held against the document."""
        sent = (
            self.headers | ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | (headers or {})
        )
        response = self.http.open(
            f"/api/v1{path}",
            method=method,
            headers=sent,
            environ_base={"REMOTE_ADDR": self.address},
            **more,
        )
        self.interface.check(method, f"/api/v1{path}", response)
        return response

    def _read(self, method: str, response: TestResponse, path: str, status: int) -> Any:
        assert response.status_code == status, (
            f"{method} {path}: {response.status_code} {response.text[:600]}"
        )
        return response.get_json() if response.is_json else response.data


class Calls:
    """Everybody of the cast, each with a token."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.http = world.app.test_client()
        self._callers: dict[str, Caller] = {}

    @cached_property
    def interface(self) -> Interface:
        return Interface(self.http.get("/api/openapi.json").get_json())

    def by(self, login: str) -> Caller:
        if login not in self._callers:
            self._callers[login] = Caller(self.http, self.interface, self.token(login))
        return self._callers[login]

    def nobody(self, address: str = "127.0.0.1") -> Caller:
        return Caller(self.world.app.test_client(), self.interface, address=address)

    def token(self, login: str) -> str:
        with self.world.writing():
            actor = self.world.actor(login)
            return acts.issue_token(db.session.get_one(Person, actor.id), "tests", by=actor)
