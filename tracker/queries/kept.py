"""Answers kept in this process until the committee's diary grows: every change writes a line there."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from tracker.extensions import db, writing
from tracker.rules.actors import Actor

Answer = TypeVar("Answer")

# Answers of a page of rows take about 40 KiB each; together they stay near ten MiB.
SIZE = 256
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def until_next_event(
    actor: Actor, question: Hashable, ask: Callable[[], Answer], *, now: datetime | None = None
) -> Answer:
    """What ``ask`` answers this actor, asked again only after the next event of the committee.

    An answer that also changes with time, as a deadline does, names ``now`` and lags at most by the minute.
    Asked afresh inside a write, whose own changes nobody else may see yet, and by an actor who did not come
    through the door and therefore carries no ``diary``.
    """
    if not actor.diary or writing():
        return ask()
    minute = now and now.replace(second=0, microsecond=0)
    who = (actor.committee_id, actor.id, actor.posts, actor.is_accusation_officer)
    key = (str(db.engine.url), actor.diary, who, question, minute)
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
