"""Who plays which part in a committee's stories, and where they happen."""

import random
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from tracker.cli.demo_content import content
from tracker.cli.demo_content.content import Place
from tracker.cli.demo_content.records import Committee, Person
from tracker.incoming import presets
from tracker.incoming.presets import Preset

PRESETS: Final[dict[Committee, str]] = {"xs": "xishan", "dt": "dongtai"}
# Whom a case is sent to by mistake: what the public takes for one thing.
MISTAKEN_FOR: Final = {
    "housing": ("urban_management", "transport"),
    "urban_management": ("housing", "ecology"),
    "transport": ("urban_management", "housing"),
    "ecology": ("urban_management", "housing"),
    "market": ("urban_management", "human_resources"),
    "education": ("market", "civil_affairs"),
    "health": ("human_resources", "civil_affairs"),
    "civil_affairs": ("human_resources", "health"),
    "human_resources": ("market", "housing"),
    "public_security": ("urban_management", "transport"),
    "agriculture": ("ecology", "housing"),
}


@dataclass(frozen=True)
class Cast:
    """A committee's organisation, people and places."""

    committee: Committee
    preset: Preset

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return tuple(person for person in content.people() if person.committee == self.committee)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The named places, and every township as a place of its own."""
        towns = [area for area in self.preset.areas if area.kind == "township"]
        return (*content.places(self.committee), *(Place(town.code, "town", town.name) for town in towns))

    def director(self) -> str:
        return self._one("director")

    def clerk(self, rng: random.Random) -> str:
        first, second = (person.login for person in self.people if person.role == "clerk")
        return first if rng.random() < 0.7 else second

    def handler(self, unit: str) -> str:
        return next(p.login for p in self.people if p.role == "handler" and p.unit == unit)

    def person(self, login: str) -> Person:
        return next(person for person in self.people if person.login == login)

    def member_for(self, place: Place, rng: random.Random) -> Person:
        """Mostly somebody of the group that stands for the township, and its best-known member first."""
        town = place.area.split(".")[0]
        members = [person for person in self.people if person.role == "member"]
        local = [m for m in members if self.preset.unit_by_key[m.unit].area == town]
        if local and rng.random() < 0.8:
            return local[0] if rng.random() < 0.6 else rng.choice(local)
        if rng.random() < 0.25:
            return members[0]
        return rng.choice([m for m in members if self.preset.unit_by_key[m.unit].area is None] or members)

    def mistaken(self, lead: str) -> str:
        """The department a case for ``lead`` first went to."""
        return next(unit for unit in MISTAKEN_FOR[lead] if unit in self.preset.unit_by_key)

    def _one(self, role: str) -> str:
        return next(person.login for person in self.people if person.role == role)


@cache
def cast(committee: Committee) -> Cast:
    return Cast(committee, presets.load(PRESETS[committee]))
