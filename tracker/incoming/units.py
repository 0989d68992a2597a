"""A unit as the administrator adds and changes it."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from tracker.incoming.schema import Input

Name = Annotated[str, StringConstraints(min_length=2, max_length=80)]


class UnitIn(Input):
    """The committee itself stands at the top of its tree already."""

    name: Name
    kind: Literal[
        "office",
        "special_committee",
        "working_committee",
        "sector_group",
        "party",
        "city_group",
        "township_group",
        "department",
    ]
    parent: str


class UnitEdit(Input):
    name: Name
    is_active: bool
