"""Chooses what each story is about: a matter that fits the slot, a place for it, somebody who brings it."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from tracker.cli.demo_content import content, wording
from tracker.cli.demo_content.content import Matter, Place
from tracker.cli.demo_content.drafts import Arrival, Desk, Draft
from tracker.cli.demo_content.records import LifeName, Resident, Source
from tracker.cli.demo_content.residents import ResidentBook
from tracker.cli.demo_content.shapes import Shape, Slot, shape

SOURCES: Final[dict[Source, int]] = {
    "visit": 31,
    "reception": 14,
    "wechat": 15,
    "mailbox": 11,
    "phone": 11,
    "letter": 6,
    "symposium": 7,
    "other": 2,
}
# How often a member, not the office, writes it down.
BY_MEMBER: Final[dict[Source, float]] = {
    "visit": 1,
    "reception": 1,
    "symposium": 1,
    "wechat": 0.6,
    "phone": 0.2,
}
ELSEWHERE: Final[dict[LifeName, str]] = {
    "refer": "refer",
    "brief": "brief",
    "declined": "decline",
    "accusation": "accusation",
}


class NothingFits(Exception):
    """No matter is left for a slot: the written material is too small for the counts."""


@dataclass(frozen=True)
class Choice:
    """A matter for a slot, with the departments that handle it and the time it takes."""

    matter: Matter
    lead: str
    co: tuple[str, ...]
    shape: Shape


class Chooser:
    """Goes round the matters, the longest unused first, and never takes a matter to one place twice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._matters = deque(_mixed(_possible(desk), desk))
        self._taken: set[tuple[str, str]] = set()
        self._uses: Counter[str] = Counter()
        self._book = ResidentBook(desk.cast.committee, desk.cast.places, desk.rng)
        self._numbers = count(1)

    def draft(
        self, slot: Slot, *, near: Arrival | None = None, area: str = "", family: bool = False
    ) -> Draft | None:
        """A story for the slot, or with ``near`` one more of the same visit; None when nothing fits there."""
        for choice in self._choices(slot, family=family):
            if near is not None and (choice.matter.voice or choice.matter.sources):
                continue
            place = self._place(choice.matter, area)
            if place is not None:
                self._use(choice.matter, place)
                arrival = near or self.arrive(slot, choice.matter, place)
                return self._draft(slot, choice, place, arrival)
        if near is not None:
            return None
        raise NothingFits(slot.life)

    def arrive(self, slot: Slot, matter: Matter, place: Place) -> Arrival:
        """Through a member or the office, from somebody new."""
        if slot.anonymous:
            return Arrival(self._desk.rng.choice(("mailbox", "wechat")), None, Resident())
        source = self._source(slot, matter)
        by_member = self._desk.rng.random() < BY_MEMBER.get(source, 0)
        raiser = self._desk.cast.member_for(place, self._desk.rng) if by_member else None
        return Arrival(source, raiser, self._book.new(place, matter.voice))

    def resident(self, place: Place, matter: Matter) -> Resident:
        return self._book.new(place, matter.voice)

    def visited(self, place: Place) -> Resident:
        """Somebody who was visited and raised nothing."""
        return self._book.new(place, "")

    def number(self) -> str:
        """A working number; the final keys follow the order in which things were raised."""
        return f"{self._desk.cast.committee}#{next(self._numbers)}"

    def _draft(self, slot: Slot, choice: Choice, place: Place, arrival: Arrival) -> Draft:
        return Draft(
            key=self.number(),
            slot=slot,
            setting=wording.setting(self._desk.cast.preset, choice.matter, place, self._desk.rng),
            shape=choice.shape,
            lead=choice.lead,
            co=choice.co,
            arrival=arrival,
            variant=self._uses[choice.matter.key] + (self._desk.cast.committee == "dt"),
        )

    def _choices(self, slot: Slot, *, family: bool) -> Iterator[Choice]:
        for matter in tuple(self._matters):
            if not suits(matter, slot, family=family):
                continue
            lead, co = self._departments(matter)
            found = shape(slot, matter, len(co), self._desk.office, self._desk.rng)
            if found is not None:
                yield Choice(matter, lead, co, found)

    def _departments(self, matter: Matter) -> tuple[str, tuple[str, ...]]:
        known = self._desk.cast.preset.unit_by_key
        lead = matter.lead if matter.lead in known else matter.else_lead
        return lead, tuple(unit for unit in matter.co if unit in known and unit != lead)

    def _place(self, matter: Matter, area: str) -> Place | None:
        free = [
            place
            for place in self._desk.cast.places
            if place.kind == matter.place
            and (not area or place.area == area)
            and (matter.key, place.name) not in self._taken
        ]
        return self._desk.rng.choice(free) if free else None

    def _use(self, matter: Matter, place: Place) -> None:
        self._taken.add((matter.key, place.name))
        self._uses[matter.key] += 1
        self._matters.remove(matter)
        self._matters.append(matter)

    def _source(self, slot: Slot, matter: Matter) -> Source:
        if matter.sources:
            return self._desk.rng.choice(matter.sources)
        if matter.whole or slot.life == "accusation":
            return self._desk.rng.choice(("letter", "mailbox"))
        if matter.urgent:
            return self._desk.rng.choice(("phone", "wechat", "visit"))
        return self._desk.rng.choices(list(SOURCES), list(SOURCES.values()))[0]


def suits(matter: Matter, slot: Slot, *, family: bool) -> bool:
    """Whether the matter has the words that the life needs."""
    life = slot.life
    if matter.route != ELSEWHERE.get(life, "assign") or (family and not matter.family):
        return False
    if (matter.whole or matter.sources) and slot.anonymous:
        return False
    if matter.whole and life in ("quick", "withdrawn"):
        return False
    needed = {"quick": matter.quick, "reopened": matter.unhappy, "withdrawn": matter.withdrawal}
    return bool(needed.get(life, True))


def _possible(desk: Desk) -> list[Matter]:
    """The matters for which this committee has a department, or needs none."""
    known = desk.cast.preset.unit_by_key
    return [
        matter
        for matter in content.matters()
        if matter.route != "assign" or matter.lead in known or matter.else_lead in known
    ]


def _mixed(matters: list[Matter], desk: Desk) -> list[Matter]:
    """The everyday ones shuffled; of the special ones each committee begins at its own end of the list.

    Those with a season come first: they fit the fewest slots.
    """
    everyday = [matter for matter in matters if matter.route == "assign"]
    special = [matter for matter in matters if matter.route != "assign"]
    desk.rng.shuffle(everyday)
    everyday.sort(key=lambda matter: len(matter.months) or 12)
    return everyday + (special if desk.cast.committee == "xs" else special[::-1])
