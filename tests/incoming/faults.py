"""What a closed schema says about a value: nothing, or the fields at fault."""

from typing import Any

from tracker.errors import Invalid
from tracker.incoming.schema import Input, read


def of(schema: type[Input], given: dict[str, Any]) -> list[str]:
    """The faulty fields in the order they are told; empty when it is taken."""
    try:
        read(schema, given)
    except Invalid as refused:
        assert all(str(fault) for fault in refused.errors)
        return [fault.field for fault in refused.errors]
    return []


def words(schema: type[Input], given: dict[str, Any]) -> list[str]:
    """The sentences beside them."""
    try:
        read(schema, given)
    except Invalid as refused:
        return [str(fault) for fault in refused.errors]
    return []


def lengths(schema: type[Input], given: dict[str, Any], field: str, *asked: int) -> list[int]:
    """Which of these lengths the text of a field may have; a refusal names that field alone."""
    taken = []
    for length in (length for length in asked if length >= 0):
        at_fault = of(schema, given | {field: "字" * length})
        assert at_fault in ([], [field])
        taken += [] if at_fault else [length]
    return taken


def values(schema: type[Input], given: dict[str, Any], field: str, *asked: Any) -> list[Any]:
    """Which of these values a field may have; a refusal names that field, or an entry of it, first."""
    taken = []
    for value in asked:
        at_fault = of(schema, given | {field: value})
        assert not at_fault or at_fault[0].partition(".")[0] == field
        taken += [] if at_fault else [value]
    return taken
