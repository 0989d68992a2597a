"""Somebody with one post, and a thing to ask about: what tests of permissions have in common."""

from dataclasses import dataclass
from typing import Any

from tracker.rules.actors import Actor, Post

MINE, OTHER = 1, 2
ME, SOMEBODY = 11, 12
UNIT, ELSEWHERE = 7, 8


@dataclass(frozen=True)
class Thing:
    """What a decision asks of an object, without a row behind it."""

    noun: str
    committee_id: int = MINE
    owner_id: int = SOMEBODY
    group_id: int = ELSEWHERE
    unit_ids: frozenset[int] = frozenset({ELSEWHERE})
    along_ids: frozenset[int] = frozenset({SOMEBODY})
    case_id: int = SOMEBODY
    id: int = SOMEBODY
    drafter_id: int = SOMEBODY
    is_accusation: bool = False
    is_conflicted: bool = False
    state: str = "raised"


def actor(role: str, **more: Any) -> Actor:
    if role in ("resident", "system"):
        return Actor(role, ME if role == "resident" else None, "", MINE)
    return Actor("person", ME, "", MINE, (Post(role, UNIT),), **more)
