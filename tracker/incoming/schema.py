"""The base of every input: closed, trimmed, with faults told in Chinese by field."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tracker.errors import FieldError, Invalid
from tracker.rules.words import N_


class Input(BaseModel):
    """Unknown fields are refused, so that nothing can be slipped into a row (T15)."""

    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, frozen=True, hide_input_in_errors=True
    )


class Nothing(Input):
    """A move that takes no input but an optional note."""

    note: str = Field("", max_length=1000)


T = TypeVar("T", bound=BaseModel)

# Controls other than tab and line ends, and halves of a character: no database stores them all.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_WORDS = {
    "missing": N_("请填写这一项"),
    "extra_forbidden": N_("没有这个字段，请检查拼写"),
    "string_too_short": N_("请填写，至少 %(min_length)s 个字"),
    "string_too_long": N_("太长了，最多 %(max_length)s 个字"),
    "too_short": N_("请选，至少 %(min_length)s 项"),
    "too_long": N_("太多了，最多 %(max_length)s 项"),
    "greater_than_equal": N_("不能小于 %(ge)s"),
    "less_than_equal": N_("不能大于 %(le)s"),
    "literal_error": N_("只能是 %(expected)s 之一"),
    "enum": N_("只能是 %(expected)s 之一"),
    "int_parsing": N_("请填写整数"),
    "int_type": N_("请填写整数"),
    "int_from_float": N_("请填写整数"),
    "bool_parsing": N_("请填写是或否"),
    "bool_type": N_("请填写 true 或 false"),
    "string_type": N_("请填写文字"),
    "date_from_datetime_parsing": N_("请填写日期，例如 2026-11-22"),
    "date_parsing": N_("请填写日期，例如 2026-11-22"),
    "date_type": N_("请填写日期，例如 2026-11-22"),
    "list_type": N_("请给出一个列表"),
    "dict_type": N_("请给出一个对象"),
    "model_type": N_("请给出一个对象"),
}


def read(schema: type[T], given: Mapping[str, Any]) -> T:
    """The checked value, or Invalid with one entry a faulty field."""
    if unstorable := list(_unstorable(given)):
        raise Invalid([FieldError(field, N_("含有不能保存的字符，请删去")) for field in unstorable])
    try:
        return schema.model_validate(dict(given))
    except ValidationError as faults:
        raise Invalid([_field_error(dict(fault)) for fault in faults.errors(include_url=False)]) from None


def _unstorable(given: Mapping[str, Any]) -> Iterator[str]:
    """The fields that hold what cannot be kept; a pile, because a hostile body may be nested very deep."""
    pile: list[tuple[str, Any]] = list(given.items())
    while pile:
        field, value = pile.pop()
        if isinstance(value, str) and _UNSTORABLE.search(value):
            yield field
        elif isinstance(value, Mapping):
            pile += [(f"{field}.{name}", entry) for name, entry in value.items()]
        elif isinstance(value, list):
            pile += [(f"{field}.{position}", entry) for position, entry in enumerate(value)]


def _field_error(fault: dict[str, Any]) -> FieldError:
    field = ".".join(str(part) for part in fault["loc"]) or "body"
    if fault["type"] == "value_error":
        return FieldError(field, str(fault["ctx"]["error"]))
    words = _WORDS.get(fault["type"], N_("请检查这一项的内容"))
    return FieldError(field, words, _params(fault.get("ctx", {})) if "%(" in words else {})


def _params(given: Mapping[str, Any]) -> dict[str, Any]:
    """Choices are told one after another, without the English word that joins the last two."""
    return {
        name: value.replace(" or ", ", ") if name == "expected" else value for name, value in given.items()
    }
