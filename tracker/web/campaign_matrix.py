"""Who has done what a campaign asks: groups, the members of the opened one, units, the silent ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for

from tracker.door.language import gettext
from tracker.models import Campaign, Quota
from tracker.queries.quotas import Line
from tracker.rules.actors import Actor
from tracker.rules.standing import Standing
from tracker.web import counted_rows, words
from tracker.web.words import Sign

_TONES = {"done": "ok", "owed": "", "late": "late", "exempt": "info"}
_ICONS = {"done": "check-lg", "owed": "", "late": "exclamation-triangle", "exempt": "slash-circle"}


@dataclass(frozen=True)
class Task:
    """A quota of one's own as a bar."""

    label: str
    done: int
    total: int
    late: int


@dataclass(frozen=True)
class GroupLine:
    """A group in the matrix: for each quota how many of its members have met it; ``cells`` may hold None."""

    url: str
    name: str
    members: int
    active: int
    cells: tuple[Any, ...]
    is_open: bool

    @property
    def rate(self) -> str:
        return rate(self.active, self.members)


@dataclass(frozen=True)
class Mark:
    """How one bearer stands with a quota; ``url`` opens what was counted, and is empty where nothing was."""

    sign: Sign
    url: str


@dataclass(frozen=True)
class MemberLine:
    public_id: str
    name: str
    level: str
    marks: tuple[Mark | None, ...]
    owes: bool
    is_silent: bool


@dataclass(frozen=True)
class Met:
    """How many of a group's members have met a quota, and whether the others are late."""

    done: int
    of: int
    tone: str


@dataclass(frozen=True)
class Silent:
    """A group's members of whom nothing has counted yet (S1-44)."""

    group: str
    names: str
    number: int


def tasks(line: Line) -> list[Task]:
    return [
        Task(quota.label, found.counted, found.minimum, found.missing if found.word == "late" else 0)
        for quota, found in line.tasks
    ]


def groups(campaign: Campaign, lines: Iterable[Line], opened: str) -> list[GroupLine]:
    found = []
    for unit_id, members in groupby(lines, key=lambda line: line.bearer.unit_id):
        rows = list(members)
        token = str(unit_id)
        url = url_for("campaigns.show", public_id=campaign.public_id, group=token, _anchor="members")
        cells = tuple(_met(column) for column in zip(*(row.standings for row in rows), strict=True))
        active = sum(line.is_active for line in rows)
        found.append(GroupLine(url, rows[0].bearer.unit, len(rows), active, cells, token == opened))
    return found


def silent(lines: Iterable[Line]) -> list[Silent]:
    found = []
    for unit, members in groupby(lines, key=lambda line: line.bearer.unit):
        names = [line.bearer.name for line in members if line.is_silent]
        if names:
            found.append(Silent(unit, gettext("、").join(names), len(names)))
    return found


def member(campaign: Campaign, line: Line, actor: Actor) -> MemberLine:
    """A member, or a unit of which something is asked."""
    bearer = line.bearer
    level = words.say(words.LEVELS, bearer.level) if bearer.level else ""

    def mark(quota: Quota, found: Standing) -> Mark:
        url = counted_rows.url(campaign, quota.counts, bearer, actor) if found.counted else ""
        return Mark(_sign(found), url)

    pairs = zip(line.quotas, line.standings, strict=True)
    marks = tuple(mark(quota, found) if found else None for quota, found in pairs)
    return MemberLine(bearer.public_id, bearer.name, level, marks, line.owes, line.is_silent)


def unit(lines: Iterable[Line], opened: str) -> int | None:
    """The group whose members stand open."""
    return next((line.bearer.unit_id for line in lines if str(line.bearer.unit_id) == opened), None)


def rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""


def _met(column: Iterable[Standing | None]) -> Met | None:
    concerned = [found for found in column if found is not None and found.word != "exempt"]
    if not concerned:
        return None
    done = sum(found.word == "done" for found in concerned)
    late = any(found.word == "late" for found in concerned)
    tone = "ok" if done == len(concerned) else "late" if late else ""
    return Met(done, len(concerned), tone)


def _sign(found: Standing) -> Sign:
    if found.word == "exempt":
        return Sign(gettext("免"), _TONES["exempt"], _ICONS["exempt"])
    text = f"{found.counted}/{found.minimum}"
    if found.missing:
        text = gettext("%(count)s 差 %(n)s", count=text, n=found.missing)
    return Sign(text, _TONES[found.word], _ICONS[found.word])
