"""Invented people who raise something: their names, telephones and addresses."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

from tracker.cli.demo_content import content
from tracker.cli.demo_content.content import Names, Place, Voice
from tracker.cli.demo_content.records import Committee, Resident

# No such numbers are given out; everybody can see that they are invented.
PHONE_PREFIX: Final = "1990000"
HALF: Final = 5000
SPECIAL_EVERY: Final = 45


class ResidentBook:
    """Gives every resident another telephone; the two committees never share one."""

    def __init__(self, committee: Committee, places: Sequence[Place], rng: random.Random) -> None:
        self._rng = rng
        self._homes = [place for place in places if place.kind in ("compound", "village")]
        self._phones = _phones(0 if committee == "xs" else HALF, rng)
        self._given = 0

    def new(self, place: Place, voice: Voice) -> Resident:
        self._given += 1
        return Resident(
            name=self._name(voice),
            phone=next(self._phones),
            address=self._address(place),
            consent_process=True,
            consent_forward=self._rng.random() < 0.55,
            consent_publish=self._rng.random() < 0.3,
        )

    def _name(self, voice: Voice) -> str:
        names = content.names()
        if not voice and self._given % SPECIAL_EVERY == 7:
            return names.whole[self._given // SPECIAL_EVERY % len(names.whole)]
        return self._rng.choice(names.surnames) + self._rng.choice(_given_names(names, voice))

    def _address(self, place: Place) -> str:
        home = self._home_near(place)
        if home.kind == "village":
            return f"{home.name}{self._rng.randint(2, 86)}号"
        building, entrance = self._rng.randint(1, 38), self._rng.randint(1, 4)
        room = f"{self._rng.randint(1, 16)}0{self._rng.randint(1, 4)}"
        return f"{home.name}{building}幢{entrance}单元{room}室"

    def _home_near(self, place: Place) -> Place:
        """In the place itself, else in its community, its township, or anywhere."""
        if place in self._homes:
            return place
        town = place.area.split(".")[0]
        for near in (place.area, town):
            found = [home for home in self._homes if home.area == near or home.area.startswith(f"{near}.")]
            if found:
                return self._rng.choice(found)
        return self._rng.choice(self._homes)


def _given_names(names: Names, voice: Voice) -> list[str]:
    return {
        "woman": names.women,
        "man": names.men,
        "elder": names.elder_women + names.elder_men,
        "elder_woman": names.elder_women,
        "elder_man": names.elder_men,
        "": names.women + names.men + names.elder_men,
    }[voice]


def _phones(first: int, rng: random.Random) -> Iterator[str]:
    numbers = list(range(first, first + HALF))
    rng.shuffle(numbers)
    return (f"{PHONE_PREFIX}{number:04d}" for number in numbers)


def surname(name: str) -> str:
    """What somebody calls herself when she says only her surname."""
    if "·" in name:
        return name.split("·")[0]
    return next((s for s in content.names().surnames if len(s) == 2 and name.startswith(s)), name[:1])
