"""One action on a row it fits, and what is to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Do = Callable[..., Any]

CLERK = ("clerk",)
DIRECTOR = ("director",)
OFFICE = ("clerk", "director")
UNIT = ("secretary", "clerk", "director")
ADMIN = ("admin",)
WRITER = ("member",)
MEMBERS = ("member", "member2")


@dataclass(frozen=True)
class Deed:
    """``do`` is called inside an open transaction and finds its rows anew each time.

    ``may`` are those of the cast who may, everybody else may not; ``says`` the lines it leaves in the diary,
    as noun.verb, and ``facts`` what the first of them knows. ``row`` finds the thing whose version counts.
    """

    action: str
    do: Do
    may: tuple[str, ...]
    says: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()
    row: Callable[[], Any] | None = None
    note: bool = False
    # It touches no row of the committee's: another committee's people do the same in theirs.
    is_new: bool = False


def facts(*names: str) -> frozenset[str]:
    return frozenset(names)
