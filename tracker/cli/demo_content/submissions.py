"""What the demonstration's members handed in, and what became of it: data of its own file, no chance."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from tracker.cli.demo_content.cast import cast

# Who makes a move that is not the clerk's.
_HANDS: Final = {"sign": "director", "withdraw": "member", "follow_up": "member", "settle": "member"}


@dataclass(frozen=True)
class Act:
    """One move: by whom, how long before the end of the tale, with what beside the day."""

    move: str
    by: str
    before: timedelta
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Submission:
    committee: str
    member: str
    kind: str
    title: str
    text: str
    before: timedelta
    acts: tuple[Act, ...]


@cache
def submissions() -> tuple[Submission, ...]:
    """The oldest first."""
    text = Path(__file__).with_name("submissions.toml").read_text("utf-8")
    found = [_submission(entry) for entry in tomllib.loads(text)["submissions"]]
    return tuple(sorted(found, key=lambda entry: -entry.before))


def _submission(entry: Mapping[str, Any]) -> Submission:
    people = cast(entry["committee"]).people
    members = [person.login for person in people if person.role == "member"]
    member = members[entry["member"] % len(members)]
    hands = {"member": member, "director": cast(entry["committee"]).director()}
    clerk = next(person.login for person in people if person.role == "clerk")
    return Submission(
        entry["committee"],
        member,
        entry["kind"],
        entry["title"],
        entry["text"],
        timedelta(days=entry["before"]),
        tuple(
            Act(
                step["move"],
                hands.get(_HANDS.get(step["move"], ""), clerk),
                timedelta(days=entry["before"] - step["after"]),
                step.get("given", {}),
            )
            for step in entry.get("steps", ())
        ),
    )
