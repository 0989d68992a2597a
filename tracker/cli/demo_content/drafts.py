"""What is known of a story before its words are written."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.cli.demo_content import lives
from tracker.cli.demo_content.cast import Cast
from tracker.cli.demo_content.records import LifeName, Move, Person, Rating, Resident, Route, Source, Told
from tracker.cli.demo_content.shapes import Act, Shape, Slot
from tracker.cli.demo_content.timeline import OfficeDays
from tracker.cli.demo_content.wording import Setting

ROUTES: Final[dict[LifeName, Route]] = {
    "quick": "quick",
    "refer": "refer",
    "brief": "brief",
    "accusation": "refer",
}
RATINGS: Final[dict[LifeName, Rating]] = {
    "fed_back_satisfied": "satisfied",
    "fed_back_basically": "basically",
    "reopened": "dissatisfied",
    "quick": "satisfied",
}


@dataclass(frozen=True)
class Desk:
    """Where the stories are written: a committee, its working days, one source of chance."""

    cast: Cast
    office: OfficeDays
    rng: random.Random


@dataclass(frozen=True)
class Arrival:
    """How a concern came in: through whom, from whom, and together with which visit."""

    source: Source
    raiser: Person | None
    resident: Resident
    visit: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Draft:
    key: str
    slot: Slot
    setting: Setting
    shape: Shape
    lead: str
    co: tuple[str, ...]
    arrival: Arrival
    variant: int


@dataclass(frozen=True)
class Telling:
    """The acts of a draft on their days, and what follows from them alone."""

    slot: Slot
    acts: Sequence[Act]

    def count(self, move: Move) -> int:
        return sum(act.beat.move == move for act in self.acts)

    def last(self, move: Move) -> Act:
        return [act for act in self.acts if act.beat.move == move][-1]

    def replies(self, task: int) -> list[Act]:
        return [act for act in self.acts if act.beat.move == "reply" and act.beat.task == task]

    @property
    def route(self) -> Route | None:
        return ROUTES.get(self.slot.life, "assign") if self.count("coordinate") else None

    @property
    def told(self) -> Told | None:
        if self.count("deliver_letter"):
            return "letter"
        if not self.count("tell"):
            return None
        return "code_page" if self.slot.anonymous else "oral"

    @property
    def rating(self) -> Rating | None:
        return RATINGS[self.slot.life] if self.count("rate") else None

    def is_overdue(self, draft: Draft, office: OfficeDays) -> bool:
        """By the same clock as a real case: is the stage it waits in past its day?"""
        stage = lives.pending(
            draft.shape.course,
            urgent=draft.setting.matter.urgent,
            acts=[act.beat.move for act in self.acts],
        )
        return stage is not None and office.is_past(self.last(stage.since).at, stage.days)
