"""How long the words of a case may still be corrected, and by whom."""

from typing import Protocol

from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.permissions import Thing


class Told(Thing, Protocol):
    """A case as far as this question goes."""

    @property
    def state(self) -> str: ...


def is_open_to(actor: Actor, case: Told) -> bool:
    """The raiser until the office has coordinated it; from then on the office alone."""
    return case.state == "raised" or actor.has("clerk", "director")


def may_correct(actor: Actor, case: Told) -> bool:
    return permissions.may(actor, "edit", case) and is_open_to(actor, case)
