"""What may be done to several rows at once: judged from the plain columns of a list, by the same tables."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tracker.queries.moves import RULEBOOKS
from tracker.rules import permissions
from tracker.rules.actors import Actor

# The moves that take no input and therefore make sense for many rows.
MOVES: Mapping[str, tuple[str, ...]] = {"case": ("close",), "assignment": ("accept",), "letter": ("issue",)}
# Their needs, read from a row instead of a mapped object.
NEEDS: Mapping[str, Callable[[Any], bool]] = {"is_not_closed": lambda row: row.closed_at is None}


def offered(noun: str, actor: Actor) -> list[str]:
    """The moves this actor's role may make at all on such rows."""
    return [name for name in MOVES.get(noun, ()) if permissions.may_any(actor, f"{noun}.{name}")]


def ready(noun: str, row: Any, names: Sequence[str]) -> list[str]:
    """Which of these moves the row is ready for now; the action itself decides again."""
    return [name for name in names if _is_ready(noun, name, row)]


def may_stay_behind(noun: str, row: Any, actor: Actor) -> bool:
    """Whether a row this actor reads might be missing from a file; the list asks the database about those."""
    asked = (f"{noun}.read", f"{noun}.export")
    read, export = (permissions.grants(actor, question) for question in asked)
    if read != export:
        return True
    circles = {permissions.accusation_circle(actor, noun, verb) for verb in ("read", "export")}
    return len(circles) > 1 and getattr(row, "is_accusation", True)


def _is_ready(noun: str, name: str, row: Any) -> bool:
    return any(
        row.state in move.sources and all(NEEDS[need](row) for need in move.needs)
        for move in RULEBOOKS[noun].moves
        if move.name == name
    )
