"""A list made elsewhere becomes cases: each row once, however often the list comes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from tracker.actions import cases, deadlines, diary, index, numbers, residents
from tracker.actions.base import action, session
from tracker.extensions import clock
from tracker.incoming.cases import ImportedCase
from tracker.models import Area, Case, Committee
from tracker.queries import imports, reference
from tracker.rules import numbers as formats
from tracker.rules import permissions
from tracker.rules.actors import Actor

Progress = Callable[[int], None]

# Cases that are written to the database together: many small writes are most of the time an import takes.
BATCH = 200


class Imported(NamedTuple):
    """``known`` rows came with an earlier import and were left as they are."""

    added: int
    known: int


@action
def store(rows: Sequence[ImportedCase], *, by: Actor, progress: Progress = lambda _done: None) -> Imported:
    """All rows that are new, in the order of the list, or none at all. Nobody is told row by row."""
    permissions.require_any(by, "case.create")
    known = imports.known_keys([row.import_key for row in rows])
    fresh = [row for row in rows if row.import_key not in known]
    areas = {code: reference.area(by, code) for code in {row.area for row in fresh}}
    for start in range(0, len(fresh), BATCH):
        _register(fresh[start : start + BATCH], areas, by)
        progress(min(start + BATCH, len(fresh)))
    return Imported(len(fresh), len(rows) - len(fresh))


def _register(rows: Sequence[ImportedCase], areas: dict[str, Area], by: Actor) -> None:
    """What actions.cases.register does for one, done for many at a time."""
    now = clock()
    committee = session().get_one(Committee, by.committee_id)
    year = formats.shanghai_year(now)
    series = numbers.take_many(f"case:{committee.code}", year, len(rows))
    with session().no_autoflush:
        made = [_case(row, areas[row.area], committee, by, now) for row in rows]
        for case, number in zip(made, series, strict=True):
            case.reference = formats.case_reference(committee.case_prefix, year, number)
            deadlines.start_stage(case, now)
    session().add_all(made)
    diary.write_many(made, "raise", by=by, after=made[0].state)
    index.add(made)


def _case(row: ImportedCase, area: Area, committee: Committee, by: Actor, now: datetime) -> Case:
    case = cases.new(row, committee, by=by, now=now)
    case.area = area
    case.resident = residents.new(row.resident, by=by)
    case.occurred_at, case.import_key = row.occurred_at, row.import_key
    return case
