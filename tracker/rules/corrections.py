"""How long the words of a case may still be corrected, and by whom."""

from collections.abc import Iterable
from typing import Protocol

from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.permissions import Thing


class Stated(Protocol):
    """Whatever has a state."""

    @property
    def state(self) -> str: ...


class Told(Thing, Stated, Protocol):
    """A case as far as this question goes."""


def is_open_to(actor: Actor, case: Told) -> bool:
    """The raiser until the office has coordinated it; from then on the office alone."""
    return case.state == "raised" or actor.has("clerk", "director")


def is_visit_open(cases: Iterable[Stated]) -> bool:
    """A visit may be put right until somebody works on what was heard there."""
    return all(case.state == "raised" for case in cases)


def may_correct(actor: Actor, case: Told) -> bool:
    return permissions.may(actor, "edit", case) and is_open_to(actor, case)
