"""The OpenAPI document as the page /api/docs shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Piece = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """``kind`` is text in pieces, each with the name of the shape it links to, or "" for plain text."""

    name: str
    kind: list[Piece]
    required: bool
    words: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    name: str
    title: str
    open_to_all: bool
    parameters: list[Field]
    body: str
    status: str
    answer: str
    refusals: list[str]


@dataclass(frozen=True)
class Shape:
    name: str
    words: str
    fields: list[Field]
    one_of: list[str]


def operations(document: dict[str, Any]) -> dict[str, list[Operation]]:
    """Operations by heading, in the order of the document."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            found[operation["tags"][0]].append(_operation(document, path, method, operation))
    return found


def shapes(document: dict[str, Any]) -> list[Shape]:
    return [_shape(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    status, *refusals = operation["responses"]
    answer = operation["responses"][status]["content"]
    return Operation(
        method=method.upper(),
        path=path,
        name=operation["operationId"],
        title=operation["summary"],
        open_to_all=operation.get("security") == [],
        parameters=[_parameter(document, given) for given in operation["parameters"]],
        body=_name(operation["requestBody"]["content"]) if "requestBody" in operation else "",
        status=status,
        answer=_name(answer) if "application/json" in answer else "",
        refusals=refusals,
    )


def _name(content: dict[str, Any]) -> str:
    """What the only kind of body or answer is called."""
    return _target(next(iter(content.values()))["schema"])


def _parameter(document: dict[str, Any], given: dict[str, Any]) -> Field:
    if "$ref" in given:
        given = document["components"]["parameters"][_target(given)]
    return Field(
        given["name"],
        list(_kind(given["schema"])),
        given.get("required", False),
        given.get("description", ""),
    )


def _shape(name: str, schema: dict[str, Any]) -> Shape:
    required = schema.get("required", [])
    fields = [
        Field(field, list(_kind(kind)), field in required, kind.get("description", ""))
        for field, kind in schema.get("properties", {}).items()
    ]
    one_of = [_target(kind) for kind in schema.get("oneOf", [])]
    return Shape(name, schema.get("description", ""), fields, one_of)


def _target(reference: dict[str, Any]) -> str:
    return str(reference["$ref"]).rsplit("/", 1)[-1]


def _kind(schema: dict[str, Any]) -> Iterator[Piece]:
    if "$ref" in schema:
        yield _target(schema), _target(schema)
    elif "const" in schema:
        yield f'"{schema["const"]}"', ""
    elif "enum" in schema:
        yield " | ".join(str(value) for value in schema["enum"]), ""
    elif "anyOf" in schema:
        for position, kind in enumerate(schema["anyOf"]):
            yield from [(" | ", "")] if position else []
            yield from _kind(kind)
    elif schema.get("type") == "array":
        yield "[ ", ""
        yield from _kind(schema["items"])
        yield " ]", ""
    else:
        yield _plain(schema), ""


def _plain(schema: dict[str, Any]) -> str:
    kind = schema.get("format") or schema.get("type", "object")
    low = schema.get("minimum", schema.get("minLength"))
    high = schema.get("maximum", schema.get("maxLength"))
    if low is None and high is None:
        return str(kind)
    return f"{kind} ({low if low is not None else ''}…{high if high is not None else ''})"
