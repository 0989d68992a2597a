"""What waits for the visitor, counted once a request for the frame, the desk and the lists."""

from flask import g

from tracker.extensions import clock
from tracker.queries import desk
from tracker.queries.desk import Tray
from tracker.rules.actors import Actor


def waiting(actor: Actor) -> dict[Tray, int]:
    """Capped counts by tray, in the order in which the actor's roles name them."""
    if "waiting" not in g:
        g.waiting = desk.counts(actor, clock())
    found: dict[Tray, int] = g.waiting
    return found
