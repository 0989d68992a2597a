"""Where something was heard, and whether it may be written down from there (S1-26)."""

from typing import Protocol

from tracker.errors import Invalid, NotFound
from tracker.extensions import clock
from tracker.queries import heard
from tracker.queries.heard import Place
from tracker.rules import permissions
from tracker.rules.actors import Actor
from tracker.rules.clock import shanghai_date
from tracker.rules.words import N_


class Told(Protocol):
    """What names the place, if there is one."""

    @property
    def activity(self) -> str | None: ...
    @property
    def reception_day(self) -> str | None: ...


def place(given: Told, by: Actor) -> Place | None:
    """The place, or None; a place where this actor does not write down what was heard is refused."""
    field = "activity" if given.activity else "reception_day"
    try:
        found = heard.place(by, activity=given.activity, day=given.reception_day)
    except NotFound as unknown:
        raise Invalid.one(field, unknown.message) from None
    if found is None:
        return None
    permissions.require(by, "hear", found.thing)
    if found.held_on > shanghai_date(clock()):
        raise Invalid.one(field, N_("活动还没有举行"))
    if found.activity and found.activity.cancelled_at:
        raise Invalid.one(field, N_("活动已经撤下"))
    return found
