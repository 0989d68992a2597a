"""How far a story has come: which acts it takes, in which order, and how long each lets wait."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tracker.cli.demo_content.records import LifeName, Move, SlaClass
from tracker.rules import periods

# Per life: how many at 锡山, at 东台.
COUNTS: Final[dict[LifeName, tuple[int, int]]] = {
    "raised": (14, 12),
    "coordinated_waiting": (16, 14),
    "accepted": (13, 9),
    "return_requested": (2, 2),
    "returned": (3, 3),
    "replied": (10, 8),
    "reworked": (4, 4),
    "handled": (8, 6),
    "letter_draft": (5, 3),
    "letter_submitted": (4, 3),
    "letter_approved": (3, 2),
    "issued": (6, 4),
    "fed_back_unrated": (8, 6),
    "fed_back_satisfied": (55, 45),
    "fed_back_basically": (23, 19),
    "reopened": (6, 4),
    "declined": (4, 4),
    "withdrawn": (3, 3),
    "merged": (10, 8),
    "quick": (12, 10),
    "refer": (5, 5),
    "brief": (3, 3),
    "accusation": (3, 3),
}
# Lives that have ended, or wait for nobody: they may have begun at any time of the ten months.
ENDED: Final = frozenset(
    {
        "fed_back_unrated",
        "fed_back_satisfied",
        "fed_back_basically",
        "declined",
        "withdrawn",
        "quick",
        "refer",
        "brief",
        "accusation",
    }
)
LETTERS: Final[tuple[Move, ...]] = (
    "draft_letter",
    "submit_letter",
    "approve_letter",
    "issue_letter",
    "deliver_letter",
)
LETTERS_OF: Final[dict[LifeName, int]] = {
    "letter_draft": 1,
    "letter_submitted": 2,
    "letter_approved": 3,
    "issued": 4,
    "fed_back_unrated": 5,
    "fed_back_satisfied": 5,
    "fed_back_basically": 5,
    "reopened": 5,
}
BY_LETTER: Final[dict[Move, str]] = {
    "draft_letter": "clerk",
    "submit_letter": "clerk",
    "approve_letter": "director",
    "issue_letter": "director",
    "deliver_letter": "clerk",
}


@dataclass(frozen=True)
class Beat:
    """One act, ``wait`` working days after the one before; ``who`` is a part, or a department by task."""

    move: Move
    who: str
    wait: int
    task: int | None = None


@dataclass(frozen=True)
class Course:
    """What shapes a story's acts apart from its life.

    ``wrong_first``: the first task went to a department that gives it back. ``code_page``: the person left
    no address, so the answer is told on the page behind the code.
    """

    life: LifeName
    sla: SlaClass
    co_tasks: tuple[int, ...]
    reworked: bool
    code_page: bool
    late: bool
    variant: int

    @property
    def lead(self) -> int:
        return 1 if self.life in ("returned", "return_requested") else 0


def beats(course: Course, rng: random.Random) -> list[Beat]:
    return [Beat("raise", "raiser", 0), *_after_raise(course, rng)]


def _after_raise(course: Course, rng: random.Random) -> Iterator[Beat]:
    life = course.life
    if life == "raised":
        return
    if life in ("declined", "withdrawn"):
        yield from _set_aside(life, rng)
    elif life in ("quick", "refer", "brief", "accusation"):
        yield from _without_departments(course, rng)
    elif life in ("return_requested", "returned"):
        yield from _given_back(course, rng)
    elif life != "merged":
        yield from _with_departments(course, rng)


def _set_aside(life: LifeName, rng: random.Random) -> Iterator[Beat]:
    if life == "withdrawn":
        yield Beat("withdraw", "clerk", rng.randint(1, 2))
        return
    yield Beat("decline", "clerk", rng.randint(0, 2))
    yield Beat("tell", "clerk", rng.randint(0, 2))


def _without_departments(course: Course, rng: random.Random) -> Iterator[Beat]:
    """The director alone touches an accusation; one in three still waits for that."""
    officer = "director" if course.life == "accusation" else "clerk"
    if course.life == "accusation" and course.variant % 3 == 2:
        return
    yield Beat("coordinate", officer, rng.randint(0, 1))
    yield Beat("handle", officer, rng.randint(1, 3))
    yield Beat("tell", officer, rng.randint(0, 2))
    if course.life == "quick" and course.variant % 4 != 3:
        yield Beat("rate", "member", rng.randint(1, 5))
        yield Beat("close", "director", rng.randint(1, 3))


def _given_back(course: Course, rng: random.Random) -> Iterator[Beat]:
    yield Beat("coordinate", "clerk", rng.randint(0, 2))
    yield Beat("request_return", "task", rng.randint(1, 2), 0)
    if course.life == "return_requested":
        return
    yield Beat("decide_return", "clerk", rng.randint(0, 2), 0)
    if course.variant % 3 == 2:
        return
    yield Beat("coordinate", "clerk", 0)
    yield Beat("accept", "task", rng.randint(0, 1), 1)


def _with_departments(course: Course, rng: random.Random) -> Iterator[Beat]:
    yield Beat("coordinate", "clerk", _triage(course, rng))
    if course.life == "coordinated_waiting":
        return
    for task in (course.lead, *course.co_tasks):
        yield Beat("accept", "task", rng.randint(0, 1) if task == course.lead else 0, task)
    if course.life == "accepted":
        return
    yield from _replies(course, rng)
    if course.life in ("replied", "reworked"):
        return
    yield Beat("handle", "clerk", 0)
    if course.life != "handled":
        yield from _feedback(course, rng)


def _triage(course: Course, rng: random.Random) -> int:
    if course.sla == "urgent":
        return 0
    return rng.randint(4, 5) if course.late and rng.random() < 0.3 else rng.choice((0, 1, 1, 2))


def _replies(course: Course, rng: random.Random) -> Iterator[Beat]:
    """Co-opinions first, then the lead's answer, which may be sent back once."""
    days = reply_wait(course, rng)
    for task in course.co_tasks:
        wait = max(1, min(periods.co_period(periods.reply_days(course.sla)) - 1, days // 2))
        yield Beat("reply", "task", wait, task)
        yield Beat("approve_reply", "clerk", 0, task)
        days = max(1, days - wait)
    yield Beat("reply", "task", days, course.lead)
    if course.life == "replied":
        return
    if course.reworked or course.life == "reworked":
        yield Beat("rework_reply", "clerk", rng.randint(0, 1), course.lead)
        if course.life == "reworked":
            return
        yield Beat("reply", "task", rng.randint(2, 4), course.lead)
    yield Beat("approve_reply", "clerk", rng.randint(0, 1), course.lead)


def reply_wait(course: Course, rng: random.Random) -> int:
    """Working days the lead takes: mostly within its period, past it where the story is a late one."""
    period = periods.reply_days(course.sla)
    if course.late:
        return period + rng.randint(1, 5)
    return rng.randint(max(1, period // 3), max(1, period - 2))


def _feedback(course: Course, rng: random.Random) -> Iterator[Beat]:
    if course.code_page:
        yield Beat("tell", "clerk", rng.randint(0, 2))
    else:
        for move in LETTERS[: LETTERS_OF[course.life]]:
            wait = rng.randint(0, 1) if move in ("draft_letter", "approve_letter", "deliver_letter") else 0
            yield Beat(move, BY_LETTER[move], wait)
    if course.life in ("fed_back_satisfied", "fed_back_basically", "reopened"):
        yield Beat("rate", "resident" if course.variant % 2 else "member", rng.randint(1, 7))
    if course.life in ("fed_back_satisfied", "fed_back_basically") and course.variant % 3:
        yield Beat("close", "director", rng.randint(1, 6))


def total(found: Iterable[Beat]) -> int:
    return sum(beat.wait for beat in found)


@dataclass(frozen=True)
class Pending:
    """The stage a story waits in: since which act, and how many working days that may take."""

    since: Move
    days: int


def pending(course: Course, *, urgent: bool, acts: Iterable[Move]) -> Pending | None:
    """None for a life that waits for nobody."""
    last: Move = "raise"
    for act in acts:
        last = act
    if course.life in ("raised", "accusation") and last == "raise":
        return Pending("raise", periods.coordinate_days(urgent=urgent))
    if course.life == "returned" and last == "decide_return":
        return Pending("decide_return", periods.coordinate_days(urgent=urgent))
    if course.life in ("coordinated_waiting", "accepted", "returned"):
        return Pending("coordinate", periods.reply_days(course.sla))
    stage = STAGES.get(course.life)
    return Pending(stage[0], periods.days(stage[1])) if stage else None


# What starts the period a life waits in, and the period's name.
STAGES: Final[dict[LifeName, tuple[Move, str]]] = {
    "return_requested": ("request_return", "decide_return"),
    "replied": ("reply", "review"),
    "reworked": ("rework_reply", "rework"),
    "handled": ("handle", "letter"),
    "letter_draft": ("handle", "letter"),
    "letter_submitted": ("handle", "letter"),
    "letter_approved": ("handle", "letter"),
    "issued": ("issue_letter", "deliver"),
    "reopened": ("rate", "reopened"),
}
