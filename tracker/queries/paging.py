"""One page of a plain list: the newest rows first, and where the next page begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select

from tracker.extensions import db
from tracker.queries.cases import read_cursor, write_cursor

T = TypeVar("T")


@dataclass(frozen=True)
class Rows(Generic[T]):
    """Whole rows and the cursor of the next page (None = the last)."""

    items: Sequence[T]
    next: str | None


def newest(query: Select[Any], model: Any, *, limit: int, after: str | None) -> Rows[Any]:
    """``model`` is the one whose rows the query gives."""
    if after:
        query = query.where(model.id < read_cursor(after))
    found = db.session.scalars(query.order_by(model.id.desc()).limit(limit + 1)).all()
    return Rows(found[:limit], write_cursor(found[limit - 1].id) if len(found) > limit else None)
