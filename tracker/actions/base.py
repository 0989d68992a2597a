"""What every action shares: it runs inside one write transaction, locks its row, and moves by the table."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from tracker.errors import Conflict
from tracker.extensions import db, writing
from tracker.queries.moves import book_of
from tracker.rules.words import N_
from workflows.rulebook import MoveRefused

P = ParamSpec("P")
R = TypeVar("R")

CHANGED = N_("刚才有人改过，请刷新后再办")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a writer. The entrance opened the transaction; all of it is stored or nothing."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not writing():
            raise RuntimeError(f"{function.__name__} needs a write transaction")
        result = function(*args, **kwargs)
        session().flush()
        return result

    return run


def session() -> Session:
    return db.session()


def lock(thing: Any, expect: int | None = None) -> None:
    """Make sure nobody else is changing this row; Conflict when it moved on since the caller looked.

    On SQLite the transaction already holds the only write lock.
    """
    if db.engine.dialect.name != "sqlite":
        session().flush()
        # What was read before the lock, this row's children included, may have changed while we waited.
        session().expire_all()
        # FOR NO KEY UPDATE: rows that only point here (a note's author) need not wait.
        session().refresh(thing, with_for_update={"of": type(thing), "key_share": True})
    if expect is not None and thing.version != expect:
        raise Conflict(CHANGED, version=thing.version)


def lock_in_order(rows: Iterable[Any]) -> None:
    """Lock rows of one kind by their ids, so that two who want the same ones cannot hold one each."""
    for row in sorted(rows, key=lambda row: int(row.id)):
        lock(row)


def apply(thing: Any, name: str, variant: str | None = None) -> None:
    """Make the move on the row, or Conflict naming what is missing."""
    try:
        book_of(thing).apply(name, thing, variant)
    except MoveRefused as refused:
        raise Conflict(N_("现在还不能这样办"), missing=refused.missing, version=thing.version) from refused
