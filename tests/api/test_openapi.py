"""The document is complete and true."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from tests.api.caller import Calls


def test_the_document_is_valid_openapi_3_1(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_route_is_documented_and_the_other_way_round(app: Flask, client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    documented = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    routed = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/")
    }
    assert documented == routed


@pytest.mark.parametrize(
    "path",
    [
        "/me", "/categories", "/areas", "/units", "/members", "/visits", "/visits/{public_id}", "/cases",
        "/cases/{reference}", "/cases/{reference}/events", "/cases/{reference}/moves",
        "/cases/{reference}/ratings", "/cases/{reference}/assignments", "/cases/{reference}/letters",
        "/assignments", "/assignments/{public_id}", "/assignments/{public_id}/moves",
        "/letters/{public_id}", "/letters/{public_id}/moves", "/letters/{public_id}/pdf",
        "/track", "/track/letter", "/track/rating",
    ],
)  # fmt: skip
def test_what_was_promised_is_there(client: FlaskClient, path: str) -> None:
    assert f"/api/v1{path}" in client.get("/api/openapi.json").get_json()["paths"]


def test_writes_name_their_headers_and_every_refusal(client: FlaskClient) -> None:
    paths = client.get("/api/openapi.json").get_json()["paths"]
    move = paths["/api/v1/cases/{reference}/moves"]["post"]
    named = {given.get("$ref", "").rsplit("/")[-1] for given in move["parameters"]}
    assert {"IdempotencyKey", "IfMatch"} <= named
    statuses = {"200", "400", "401", "403", "404", "409", "413", "415", "422", "503", "507"}
    assert statuses <= set(move["responses"])
    assert {"404", "429"} <= set(paths["/api/v1/track"]["post"]["responses"])
    assert paths["/api/v1/track"]["post"]["security"] == []


def test_input_shapes_are_closed(client: FlaskClient) -> None:
    schemas = client.get("/api/openapi.json").get_json()["components"]["schemas"]
    objects = [name for name, schema in schemas.items() if schema.get("type") == "object"]
    assert [name for name in objects if schemas[name].get("additionalProperties") is not False] == []


def test_a_move_is_documented_with_what_it_takes(api: Calls) -> None:
    schemas = api.interface.document["components"]["schemas"]
    assert schemas["CaseMove"]["discriminator"]["propertyName"] == "move"
    assert "into" in schemas["CaseMergeMove"]["required"]
    assert not any(name.startswith(("CaseReopen", "CaseRecall")) for name in schemas)


def test_the_page_shows_every_call_and_loads_nothing_from_outside(client: FlaskClient) -> None:
    response = client.get("/api/docs")
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    for path in client.get("/api/openapi.json").get_json()["paths"]:
        assert path in page
    assert re.findall(r'(?:src|href|action)="(?!/|#)[^"]*"', page) == []
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api/docs"])
def test_the_document_is_there_in_both_languages(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept-Language": "en"}).status_code == 200
