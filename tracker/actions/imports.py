"""A list made elsewhere becomes cases: each row once, however often the list comes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tracker.actions import cases
from tracker.actions.base import action
from tracker.incoming.cases import ImportedCase
from tracker.queries import imports
from tracker.rules.actors import Actor

Progress = Callable[[int], None]


class Imported(NamedTuple):
    """``known`` rows came with an earlier import and were left as they are."""

    added: int
    known: int


@action
def store(rows: Sequence[ImportedCase], *, by: Actor, progress: Progress = lambda _done: None) -> Imported:
    """All rows that are new, in the order of the list, or none at all."""
    known = imports.known_keys([row.import_key for row in rows])
    fresh = [row for row in rows if row.import_key not in known]
    for done, row in enumerate(fresh, 1):
        cases.register(row, by=by)
        progress(done)
    return Imported(len(fresh), len(rows) - len(fresh))
