"""A sent form as the nested values an input schema takes."""

from typing import Any

from werkzeug.datastructures import MultiDict

_OURS = ("csrf_token", "idempotency_key", "version", "next", "move")


def values(form: MultiDict[str, str]) -> dict[str, Any]:
    """``resident.name`` becomes a group, ``copy_to[]`` a list, ``cases.0.summary`` a row of a list.

    Empty fields are left out, so that "not filled in" and "not sent" are the same.
    """
    found: dict[str, Any] = {}
    for name in form:
        if name in _OURS:
            continue
        if name.endswith("[]"):
            _put(found, name[:-2].split("."), [entry for entry in form.getlist(name) if entry.strip()])
        elif form[name].strip():
            _put(found, name.split("."), form[name])
    listed: dict[str, Any] = _listed(found)
    return listed


def version(form: MultiDict[str, str]) -> int | None:
    """The version of the row the form was drawn from; our own forms always send it."""
    text = form.get("version", "")
    return int(text) if text.isdecimal() else None


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        into = into.setdefault(part, {})
    into[path[-1]] = value


def _listed(value: Any) -> Any:
    """Groups whose names are all numbers are rows of a list."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(entry) for key, entry in value.items()}
    if inner and all(key.isdecimal() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
