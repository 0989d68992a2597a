"""Answers kept in this process until the committee's diary grows: every change writes a line there."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from tracker.extensions import db, writing
from tracker.rules.actors import Actor

Answer = TypeVar("Answer")

SIZE = 512
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def until_next_event(actor: Actor, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """What ``ask`` answers this actor, asked again only after the next event of the committee.

    Asked afresh inside a write, whose own changes nobody else may see yet, and by an actor who did not come
    through the door and therefore carries no ``diary``.
    """
    if not actor.diary or writing():
        return ask()
    who = (actor.committee_id, actor.id, actor.posts, actor.is_accusation_officer)
    key = (str(db.engine.url), actor.diary, who, question)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: Answer = _kept[key]
            return found
    answer = ask()
    with _lock:
        _kept[key] = answer
        while len(_kept) > SIZE:
            _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Start afresh, where another database takes the place of this one."""
    with _lock:
        _kept.clear()
