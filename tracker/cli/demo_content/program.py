"""The whole demonstration: the stories and visits of both committees, the same for the same end and seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from tracker.cli.demo_content import wording
from tracker.cli.demo_content.cast import cast
from tracker.cli.demo_content.chooser import Chooser
from tracker.cli.demo_content.drafts import Arrival, Desk, Draft
from tracker.cli.demo_content.families import write_families
from tracker.cli.demo_content.lives import ENDED
from tracker.cli.demo_content.records import Committee, Story, Visit
from tracker.cli.demo_content.shapes import Slot
from tracker.cli.demo_content.slots import WITH_DEPARTMENTS, slots
from tracker.cli.demo_content.timeline import office_days
from tracker.cli.demo_content.visits import write_visits
from tracker.cli.demo_content.writer import write

SEED: Final = 20260401
COMMITTEES: Final[tuple[Committee, ...]] = ("xs", "dt")
# One visit in so many brings a second concern, and of those some a third.
COMPANION: Final = 0.6
ODD_WRITERS: Final = 4


@dataclass(frozen=True)
class Demonstration:
    """Stories in the order in which they were raised, visits in the order in which they were made."""

    stories: tuple[Story, ...]
    visits: tuple[Visit, ...]


@lru_cache(maxsize=2)
def demonstration(end: datetime, seed: int = SEED) -> Demonstration:
    """Everything, told up to ``end`` (a moment with its zone)."""
    rng = random.Random(seed)
    stories: list[Story] = []
    visits: list[Visit] = []
    for committee in COMMITTEES:
        desk = Desk(cast(committee), office_days(end), rng)
        chooser = Chooser(desk)
        written = write_families(chooser, desk)
        written += _Stack(chooser, desk).write()
        stories += _with_odd_writing(written, rng)
        visits += write_visits(written, chooser, desk)
    return _in_order(stories, visits)


class _Stack:
    """The slots still to be written; a visit may take several at once."""

    def __init__(self, chooser: Chooser, desk: Desk) -> None:
        self._chooser = chooser
        self._desk = desk
        self._slots = slots(desk.cast.committee, desk.rng)

    def write(self) -> list[Story]:
        found: list[Story] = []
        while self._slots:
            found += self._next()
        return found

    def _next(self) -> list[Story]:
        slot = self._slots.pop()
        draft = self._chooser.draft(slot)
        assert draft is not None
        if draft.arrival.source != "visit":
            return [write(draft, self._desk)]
        arrival = replace(draft.arrival, visit=self._chooser.number())
        first = write(replace(draft, arrival=arrival), self._desk)
        return [first, *self._companions(slot, draft, arrival, first)]

    def _companions(self, slot: Slot, draft: Draft, arrival: Arrival, first: Story) -> list[Story]:
        """Further concerns of the same person, raised in one go and each with its own fate."""
        found: list[Story] = []
        begun = self._desk.office.end - first.raised_before
        while slot.life in ENDED and len(found) < 2 and self._desk.rng.random() < COMPANION:
            waiting = next((s for s in self._slots if s.life in WITH_DEPARTMENTS and not s.anonymous), None)
            if waiting is None:
                break
            later = begun + timedelta(minutes=5 * (len(found) + 1))
            near = replace(arrival, at=later)
            fellow = replace(waiting, distance=slot.distance)
            other = self._chooser.draft(fellow, near=near, area=draft.setting.place.area)
            if other is None:
                break
            self._slots.remove(waiting)
            found.append(write(other, self._desk))
        return found


def _with_odd_writing(stories: Sequence[Story], rng: random.Random) -> list[Story]:
    """A few people write in old characters, a few in ones that only look right."""
    plain = [story.key for story in stories if 150 < len(story.narrative) < 400 and not story.is_accusation]
    old = set(rng.sample(plain, ODD_WRITERS))
    able = [s.key for s in stories if s.key in set(plain) - old and wording.has_look_alikes(s.narrative)]
    alike = set(rng.sample(able, ODD_WRITERS))
    return [
        replace(story, narrative=wording.traditional(story.narrative))
        if story.key in old
        else replace(story, narrative=wording.look_alike(story.narrative))
        if story.key in alike
        else story
        for story in stories
    ]


def _in_order(stories: Sequence[Story], visits: Sequence[Visit]) -> Demonstration:
    """Final keys, in order of time: xs-001 was raised first, xs-v001 was made first."""
    raised = sorted(stories, key=lambda story: (-story.raised_before, story.key))
    made = sorted(visits, key=lambda visit: (-visit.before, visit.key))
    names = _names([(s.committee, s.key) for s in raised], "") | _names(
        [(v.committee, v.key) for v in made], "v"
    )
    return Demonstration(
        tuple(_renamed_story(story, names) for story in raised),
        tuple(replace(v, key=names[v.key], stories=tuple(names[key] for key in v.stories)) for v in made),
    )


def _names(keys: Sequence[tuple[str, str]], letter: str) -> dict[str, str]:
    counts = dict.fromkeys(COMMITTEES, 0)
    found = {}
    for committee, key in keys:
        counts[committee] += 1  # type: ignore[index]
        found[key] = f"{committee}-{letter}{counts[committee]:03d}"  # type: ignore[index]
    return found


def _renamed_story(story: Story, names: dict[str, str]) -> Story:
    return replace(
        story,
        key=names[story.key],
        visit=names[story.visit] if story.visit else None,
        merge_into=names[story.merge_into] if story.merge_into else None,
    )
