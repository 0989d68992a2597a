"""The demonstration's content: people, matters, and the stories and visits made of them."""

from collections.abc import Iterator
from datetime import datetime

from tracker.cli.demo_content.content import matters, people
from tracker.cli.demo_content.program import SEED, demonstration
from tracker.cli.demo_content.records import Answer, Person, Resident, Step, Story, Task, Visit
from tracker.cli.demo_content.submissions import Submission, submissions

__all__ = [
    "SEED",
    "Answer",
    "Person",
    "Resident",
    "Step",
    "Story",
    "Submission",
    "Task",
    "Visit",
    "acts",
    "matters",
    "people",
    "stories",
    "submissions",
    "visits",
]


def stories(*, end: datetime, seed: int = SEED) -> Iterator[Story]:
    """400 cases in the order in which they were raised; ``end`` is the moment the tale stops."""
    return iter(demonstration(end, seed).stories)


def visits(*, end: datetime, seed: int = SEED) -> Iterator[Visit]:
    """120 visits in the order in which they were made."""
    return iter(demonstration(end, seed).visits)


def acts(*, end: datetime, seed: int = SEED) -> Iterator[tuple[Story, Step]]:
    """Every act of every story in one order of time, so that numbers are given out as they would be."""
    found = [
        (step.before, number, place, story, step)
        for number, story in enumerate(stories(end=end, seed=seed))
        for place, step in enumerate(story.steps)
    ]
    found.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    return ((story, step) for _, _, _, story, step in found)
