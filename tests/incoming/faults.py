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
