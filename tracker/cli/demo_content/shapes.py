"""The course of one story in time: its acts laid on working days so that they end where they should."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.cli.demo_content import lives
from tracker.cli.demo_content.content import Matter
from tracker.cli.demo_content.lives import Beat, Course
from tracker.cli.demo_content.records import LifeName
from tracker.cli.demo_content.timeline import OfficeDays, Walk

# Working days from the last act to the end, at least, for a story that has ended.
SHORTEST_REST = 2


@dataclass(frozen=True)
class Slot:
    """A story to be written. ``distance`` is how many working days ago an ended one began."""

    life: LifeName
    number: int
    distance: int
    overdue: bool
    late: bool
    reworked: bool
    anonymous: bool


@dataclass(frozen=True)
class Shape:
    course: Course
    beats: tuple[Beat, ...]
    start: int


@dataclass(frozen=True)
class Act:
    """A beat with its moment and the place of its working day."""

    beat: Beat
    at: datetime
    index: int


def shape(slot: Slot, matter: Matter, co_count: int, office: OfficeDays, rng: random.Random) -> Shape | None:
    """None when this matter cannot fill the slot: too slow for the time there was, or out of season."""
    course = _course(slot, matter, co_count)
    found = tuple(lives.beats(course, rng))
    if slot.life in lives.ENDED and len(found) > 1:
        start = office.back(slot.distance)
        fits = slot.distance - lives.total(found) >= SHORTEST_REST
    else:
        start = office.back(_rest(course, found, slot, matter, rng) + lives.total(found))
        fits = start >= 0
    if not fits or (matter.months and office.days[start].month not in matter.months):
        return None
    return Shape(course, found, start)


def _course(slot: Slot, matter: Matter, co_count: int) -> Course:
    given_back = slot.life in ("return_requested", "returned")
    return Course(
        life=slot.life,
        sla=matter.sla,
        co_tasks=() if given_back else tuple(range(1, co_count + 1)),
        reworked=slot.reworked,
        code_page=slot.anonymous,
        late=slot.late,
        variant=slot.number,
    )


def _rest(course: Course, found: Sequence[Beat], slot: Slot, matter: Matter, rng: random.Random) -> int:
    """Working days since the last act, so that the pending stage is in time or past it."""
    moves = [beat.move for beat in found]
    waiting = lives.pending(course, urgent=matter.urgent, acts=moves)
    if waiting is None:
        return rng.randint(2, 20)
    since = len(moves) - 1 - moves[::-1].index(waiting.since)
    left = waiting.days - lives.total(found[since + 1 :])
    if slot.overdue:
        return max(0, left) + rng.randint(0, 4)
    return rng.randint(0, max(0, left - 1))


def acts(
    shape: Shape, office: OfficeDays, rng: random.Random, *, evening: bool, at: datetime | None
) -> list[Act]:
    """Every beat at its moment; ``at`` is given when the story is raised together with another one."""
    walk = Walk(office, shape.start, rng)
    begun = walk.start(outside_hours=evening) if at is None else walk.start_at(at)
    found = [Act(shape.beats[0], begun, walk.index)]
    for beat in shape.beats[1:]:
        moment = walk.after(beat.wait)
        found.append(Act(beat, moment, walk.index))
    return found
