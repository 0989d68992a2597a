"""What waits for the visitor, counted once a request for the frame and the tabs of a list."""

from flask import g

from tracker.extensions import clock
from tracker.queries import desk
from tracker.queries.desk import Tray
from tracker.rules.actors import Actor

# Beside a word nobody reads more than two digits.
CAP = 99


def waiting(actor: Actor) -> dict[Tray, int]:
    """Counts by tray, in the order in which the actor's roles name them; ``CAP + 1`` means more."""
    if "waiting" not in g:
        g.waiting = desk.counts(actor, clock(), cap=CAP)
    found: dict[Tray, int] = g.waiting
    return found
