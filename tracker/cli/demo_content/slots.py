"""How many stories of each kind there are, and which of them are late, sent back or anonymous."""

import random
from dataclasses import replace
from typing import Final

from tracker.cli.demo_content.lives import COUNTS, ENDED
from tracker.cli.demo_content.records import Committee, LifeName
from tracker.cli.demo_content.shapes import Slot
from tracker.cli.demo_content.timeline import LENGTH

# Lives that the families fill (see families.py) before the ordinary slots are handed out.
MASTERS: Final[dict[Committee, tuple[LifeName, ...]]] = {
    "xs": ("coordinated_waiting", "accepted", "replied", "handled", "fed_back_satisfied"),
    "dt": ("coordinated_waiting", "accepted", "fed_back_satisfied", "fed_back_basically"),
}
NEAR_DUPLICATES: Final = 2
CHILDREN_EACH: Final = 2
WITH_DEPARTMENTS: Final = ("fed_back_unrated", "fed_back_satisfied", "fed_back_basically")
# Shortest distance at which even a complex matter can have run its course.
NEAREST: Final = 14


def slots(committee: Committee, rng: random.Random) -> list[Slot]:
    """Every story but the merged ones and the near duplicates, in the order they are written."""
    place = 0 if committee == "xs" else 1
    found = [
        slot(life, number, rng)
        for life, counts in COUNTS.items()
        if life != "merged"
        for number in range(counts[place])
    ]
    for life in MASTERS[committee]:
        found.remove(next(s for s in found if s.life == life and not s.overdue and not s.anonymous))
    for _ in range(NEAR_DUPLICATES):
        found.remove(next(s for s in found if s.life == "raised" and not s.overdue and not s.anonymous))
    rng.shuffle(found)
    return found


def masters(committee: Committee, rng: random.Random) -> list[Slot]:
    """Begun long enough ago for any matter to have run its course."""
    return [
        replace(slot(life, 0, rng), number=1, distance=rng.randint(60, LENGTH - 10))
        for life in MASTERS[committee]
    ]


def slot(life: LifeName, number: int, rng: random.Random) -> Slot:
    with_departments = life in WITH_DEPARTMENTS
    return Slot(
        life=life,
        number=number,
        distance=_distance(rng),
        overdue=life not in ENDED and number % 6 == 4,
        late=with_departments and number % 9 == 5,
        reworked=(with_departments and number % 10 == 7) or (life == "handled" and number == 2),
        anonymous=is_anonymous(life, number),
    )


def _distance(rng: random.Random) -> int:
    """Some spread over the whole ten months, more of them lately: the service is used more and more."""
    if rng.random() < 0.5:
        return rng.randint(NEAREST, LENGTH - 1)
    return round(rng.triangular(NEAREST, LENGTH - 1, NEAREST + 20))


def is_anonymous(life: LifeName, number: int) -> bool:
    if life == "fed_back_satisfied":
        return number % 9 == 3
    return (life, number) in (("raised", 5), ("accepted", 6))
