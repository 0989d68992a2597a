"""A sent form as the nested values an input schema takes."""

from typing import Any

from werkzeug.datastructures import MultiDict

from tracker.errors import BadRequest
from tracker.rules.words import N_

# No field of ours lies deeper, and no row or version has a longer number.
_DEEPEST = 8
_LONGEST_NUMBER = 9
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
    # The form itself is a group, whatever its fields are called.
    return {name: _listed(value) for name, value in found.items()}


def version(form: MultiDict[str, str]) -> int | None:
    """The version of the row the form was drawn from; our own forms always send it."""
    text = form.get("version", "")
    return int(text) if _is_number(text) else None


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    place: Any = into
    for part in path[:-1]:
        place = place.setdefault(part, {}) if isinstance(place, dict) else place
    if not isinstance(place, dict) or len(path) > _DEEPEST:
        raise BadRequest(N_("请求不是从本站页面发出的，请重新打开页面再办"))
    place[path[-1]] = value


def _listed(value: Any) -> Any:
    """Groups whose names are all numbers are rows of a list."""
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(entry) for key, entry in value.items()}
    if inner and all(_is_number(key) for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
