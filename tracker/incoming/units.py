"""A unit as the administrator adds and changes it."""

from typing import Annotated

from pydantic import StringConstraints

from tracker.incoming.schema import Input
from tracker.models.committee import UnitKind

Name = Annotated[str, StringConstraints(min_length=2, max_length=80)]


class UnitIn(Input):
    """The committee itself stands at the top of its tree already."""

    name: Name
    kind: UnitKind
    parent: str


class UnitEdit(Input):
    name: Name
    is_active: bool
