"""A unit as the administrator changes it."""

from pydantic import Field

from tracker.incoming.schema import Input


class UnitEdit(Input):
    name: str = Field(min_length=1, max_length=80)
    is_active: bool
