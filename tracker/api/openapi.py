"""The OpenAPI 3.1 document, made of the models that check what comes in and shape what goes out."""

import re
from functools import cache
from typing import Any

from flask import current_app
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from tracker.api.answers.base import Problem
from tracker.api.calls import CALLS, PDF, PREFIX, Call
from tracker.door.language import gettext
from tracker.door.problems import TITLES
from tracker.incoming.form_imports import MOST_FILES
from tracker.incoming.schema import Input
from tracker.rules.words import N_

JSON = "application/json"
PROBLEM = "application/problem+json"
FORM = "multipart/form-data"
_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
# What is sent as multipart/form-data, by the name a call gives.
_UPLOADS: dict[str, dict[str, Any]] = {
    "Upload": {
        "type": "object",
        "properties": {"client_id": {"type": "string", "minLength": 1, "maxLength": 64}, "file": _FILE},
        "required": ["client_id", "file"],
        "additionalProperties": False,
    },
    "FormsUpload": {
        "type": "object",
        "properties": {
            "file": {"type": "array", "items": _FILE, "minItems": 1, "maxItems": MOST_FILES},
            "campaign": {"type": "string", "description": "helps with dates that are written without a year"},
            "year": {"type": "integer", "minimum": 2000, "maximum": 2100},
        },
        "required": ["file"],
        "additionalProperties": False,
    },
}
_RETRY = (429, 503, 507)
_TAGS = {
    "me": N_("我"),
    "categories": N_("参考列表"),
    "areas": N_("参考列表"),
    "units": N_("参考列表"),
    "members": N_("参考列表"),
    "visits": N_("走访"),
    "submissions": N_("三个一"),
    "photos": N_("走访"),
    "imports": N_("导入表格"),
    "contact_links": N_("联系对象"),
    "campaigns": N_("活动"),
    "activities": N_("单位活动"),
    "workstations": N_("工作室"),
    "booklets": N_("汇编"),
    "digests": N_("定期汇总"),
    "cases": N_("诉求"),
    "assignments": N_("交办"),
    "letters": N_("函件"),
    "track": N_("查询码"),
}


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        """A title that only repeats the field's name is noise."""
        return False


def document() -> dict[str, Any]:
    """The whole document; titles in the reader's language, names never."""
    refs, definitions = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        paths.setdefault(f"/api{PREFIX}{call.path}", {})[call.method.lower()] = _operation(call, refs)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": gettext("回音：接口"),
            "version": "1",
            "description": gettext(
                "时间为带时区的 RFC 3339，日期为 YYYY-MM-DD。未列出的字段一律拒绝。"
                "出错时返回 RFC 9457 问题说明。"
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": _security(write=False),
        "tags": [{"name": gettext(tag)} for tag in dict.fromkeys(_TAGS.values())],
        "paths": paths,
        "components": {
            "schemas": definitions | _UPLOADS,
            "responses": {f"Refused{status}": _refusal(status, refs) for status in TITLES},
            "parameters": _headers_in(),
            "headers": _headers_out(),
            "securitySchemes": _schemes(),
        },
    }


@cache
def _schemas() -> tuple[dict[tuple[type[BaseModel], JsonSchemaMode], dict[str, str]], dict[str, Any]]:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    wanted += [(call.takes, "validation") for call in CALLS if call.takes]
    wanted += [(call.gives, "serialization") for call in CALLS if call.gives]
    refs, top = models_json_schema(
        list(dict.fromkeys(wanted)), ref_template="#/components/schemas/{model}", schema_generator=_Schema
    )
    return refs, top["$defs"]  # type: ignore[return-value]


def _operation(call: Call, refs: dict[Any, Any]) -> dict[str, Any]:
    writes = call.method != "GET"
    noun = next(part for part in reversed(call.path.split("/")) if part in _TAGS)
    found: dict[str, Any] = {
        "operationId": call.name,
        "summary": gettext(call.summary),
        "tags": [gettext(_TAGS[noun])],
        "parameters": [*_path(call), *_query(call.asks), *_headers(call)],
        "responses": {str(call.status): _success(call, refs)}
        | {str(status): {"$ref": f"#/components/responses/Refused{status}"} for status in _statuses(call)},
    }
    if call.takes:
        body = {"schema": refs[(call.takes, "validation")]}
        found["requestBody"] = {"required": True, "content": {JSON: body}}
    if call.upload:
        shape = {"$ref": f"#/components/schemas/{call.upload}"}
        found["requestBody"] = {"required": True, "content": {FORM: {"schema": shape}}}
    if call.public:
        found["security"] = []
    elif writes:
        found["security"] = _security(write=True)
    return found


def _statuses(call: Call) -> list[int]:
    """Every way in which this call may be refused."""
    found = {400, 422, 500, 503}
    if not call.public:
        found |= {401, 403}
    if "{" in call.path or call.public:
        found.add(404)
    if call.method != "GET":
        found |= {409, 413, 415, 507}
    if call.public:
        found |= {429, 403}
    return sorted(found)


def _success(call: Call, refs: dict[Any, Any]) -> dict[str, Any]:
    if call.gives is None:
        headers = {"ETag": {"$ref": "#/components/headers/Fingerprint"}}
        name = "PDF" if call.media == PDF else gettext(N_("文件"))
        return {"description": name, "content": {call.media: {}}, "headers": headers}
    headers = {}
    if "version" in call.gives.model_fields:
        headers["ETag"] = {"$ref": "#/components/headers/Version"}
    if call.status == 201 and call.name != "rate_case":
        headers["Location"] = {"$ref": "#/components/headers/Location"}
    content = {JSON: {"schema": refs[(call.gives, "serialization")]}}
    description = gettext(N_("已登记")) if call.status == 201 else gettext(N_("结果"))
    return {"description": description, "content": content} | ({"headers": headers} if headers else {})


def _refusal(status: int, refs: dict[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": gettext(TITLES[status]),
        "content": {PROBLEM: {"schema": refs[(Problem, "serialization")]}},
    }
    if status in _RETRY:
        found["headers"] = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return found


def _path(call: Call) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", call.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query(asks: type[Input] | None) -> list[dict[str, Any]]:
    if asks is None:
        return []
    fields = asks.model_json_schema(schema_generator=_Schema)["properties"]
    return [_parameter(name, dict(schema)) for name, schema in fields.items()]


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    description = schema.pop("description", None)
    # A parameter is left out rather than null.
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    schema = {key: value for key, value in schema.items() if (key, value) != ("default", None)}
    found = {"name": name, "in": "query", "schema": schema | (kinds[0] if kinds else {})}
    return found | ({"description": description} if description else {})


def _headers(call: Call) -> list[dict[str, str]]:
    names = ["IfMatch"] if call.expects else []
    if call.method != "GET" and not call.public:
        names.append("IdempotencyKey")
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _headers_in() -> dict[str, Any]:
    return {
        "IdempotencyKey": {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {"type": "string", "maxLength": 80},
            "description": gettext(
                "同一个键、同一份内容再发一次，得到第一次的答复（不含查询码）；内容不同则拒绝（422）。保留七天。"
            ),
        },
        "IfMatch": {
            "name": "If-Match",
            "in": "header",
            "schema": {"type": "string"},
            "description": gettext('您看到的版本，例如 "3"；已有人改过则拒绝（409）。'),
        },
    }


def _headers_out() -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    return {
        "Version": text | {"description": gettext("这一行的版本，带引号")},
        "Fingerprint": text | {"description": gettext("PDF 的 SHA-256，带引号")},
        "Location": text | {"description": gettext("新登记的内容的地址")},
        "RetryAfter": {"schema": {"type": "integer"}, "description": gettext("多少秒后可以再试")},
    }


def _security(*, write: bool) -> list[dict[str, list[str]]]:
    session: dict[str, list[str]] = {"session": [], "csrf": []} if write else {"session": []}
    return [{"bearer": []}, session]


def _schemes() -> dict[str, Any]:
    cookie = current_app.config["LOGIN_COOKIE_NAME"]
    return {
        "bearer": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": cookie},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
