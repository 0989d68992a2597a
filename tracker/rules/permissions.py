"""May this actor do this to that? One data file answers, for the code, the SQL and the tests."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

from tracker.errors import Forbidden
from tracker.rules.actors import ROLES, Actor
from tracker.rules.words import N_

RELATIONS = ("own", "group", "unit", "along", "committee")
_OFFICERS_VERBS = ("read", "read_story", "read_content", "read_masked", "note")


class Thing(Protocol):
    """What a decision needs to know of an object."""

    @property
    def noun(self) -> str: ...
    @property
    def committee_id(self) -> int: ...


@dataclass(frozen=True)
class Row:
    """One question of the file: role → relations, and who may not although the role may."""

    grants: dict[str, frozenset[str]]
    not_by: tuple[str, ...] = field(default=())


@cache
def table() -> dict[str, Row]:
    """The whole file."""
    return parse(Path(__file__).with_name("permissions.toml").read_text("utf-8"))


def parse(text: str) -> dict[str, Row]:
    """Every question with its row; a role or relation that nobody knows is an error at start."""
    rows = {}
    for question, entry in tomllib.loads(text).items():
        not_by = tuple(entry.pop("not_by", ()))
        unknown = (set(entry) - set(ROLES)) | {r for rs in entry.values() for r in rs if r not in RELATIONS}
        if unknown:
            raise ValueError(f"permissions.toml, {question}: unknown {sorted(unknown)}")
        rows[question] = Row({role: frozenset(relations) for role, relations in entry.items()}, not_by)
    return rows


def grants(actor: Actor, question: str) -> dict[str, frozenset[str]]:
    """The relations through which each of the actor's roles may; queries turn them into SQL."""
    row = table().get(question)
    if row is None:
        return {}
    return {role: row.grants[role] for role in actor.roles if role in row.grants}


def may(actor: Actor, verb: str, thing: Thing) -> bool:
    """Default deny: no row, no relation, another committee, or a bar above the rows means no."""
    return _may_ask(actor, f"{thing.noun}.{verb}", thing) and not _is_barred(actor, verb, thing)


def may_any(actor: Actor, question: str) -> bool:
    """Whether the actor's role may at all, before any object is known (a list, a form)."""
    return bool(grants(actor, question))


def require(actor: Actor, verb: str, thing: Thing) -> None:
    """Raise Forbidden unless the actor may."""
    if not may(actor, verb, thing):
        raise Forbidden(N_("您的岗位不能办理这一步"))


def require_any(actor: Actor, question: str) -> None:
    if not may_any(actor, question):
        raise Forbidden(N_("您的岗位不能办理这一步"))


def excluded(actor: Actor, verb: str, thing: Thing) -> bool:
    """Whether the actor is one of those the row names in ``not_by``."""
    row = table().get(f"{thing.noun}.{verb}")
    if row is None or actor.person_id is None:
        return False
    return any(actor.person_id in _named(thing, who) for who in row.not_by)


def _may_ask(actor: Actor, question: str, thing: Thing) -> bool:
    if actor.committee_id != thing.committee_id:
        return False
    if excluded(actor, question.split(".", 1)[1], thing):
        return False
    return any(
        granted & _relations(actor, role, thing) or ("along" in granted and _went_along(actor, thing))
        for role, granted in grants(actor, question).items()
    )


def _relations(actor: Actor, role: str, thing: Thing) -> frozenset[str]:
    found = {"committee"}
    if actor.kind == "resident":
        if getattr(thing, "case_id", getattr(thing, "id", None)) == actor.id:
            found.add("own")
    elif actor.id is not None and getattr(thing, "owner_id", None) == actor.id:
        found.add("own")
    units = actor.units(role)
    if getattr(thing, "group_id", None) in units:
        found.add("group")
    if units & getattr(thing, "unit_ids", frozenset()):
        found.add("unit")
    return frozenset(found)


def _went_along(actor: Actor, thing: Thing) -> bool:
    """Asked last: the members who took part are rows of their own."""
    return actor.person_id is not None and actor.person_id in getattr(thing, "along_ids", frozenset())


def _is_barred(actor: Actor, verb: str, thing: Thing) -> bool:
    if actor.has("handler") and getattr(thing, "is_conflicted", False):
        return True
    return bool(getattr(thing, "is_accusation", False)) and not _may_accusation(actor, verb, thing)


def accusation_circle(actor: Actor, noun: str, verb: str) -> str:
    """Whose accusations the actor reaches with this verb: ``all``, ``own``, ``own_waiting`` or ``none``.

    Petition Regulation art. 30. Directors do everything, the named officers read. The raiser sees the story
    until triage, then number, title and state; nothing that hangs on the case is the raiser's to see. The
    resident gets the letter.
    """
    if actor.kind == "system" or actor.has("director"):
        return "all"
    if actor.has("clerk") and actor.is_accusation_officer and verb in _OFFICERS_VERBS:
        return "all"
    if actor.kind == "resident":
        return "own" if noun in ("case", "letter") and verb in ("read", "rate") else "none"
    if noun not in ("case", "resident"):
        return "none"
    if verb in ("read_story", "read_own", "withdraw"):
        return "own_waiting"
    return "own" if verb in ("read", "issue_code", "rate") else "none"


def _may_accusation(actor: Actor, verb: str, thing: Thing) -> bool:
    circle = accusation_circle(actor, thing.noun, verb)
    if circle in ("all", "none"):
        return circle == "all"
    if actor.kind == "resident":
        return "own" in _relations(actor, "resident", thing)
    owns = getattr(thing, "owner_id", None) == actor.id
    return owns and (circle == "own" or getattr(thing, "state", "") == "raised")


def _named(thing: Thing, who: str) -> tuple[int, ...]:
    """The one person of that name, or everybody where a thing has several (the editors of a booklet)."""
    value = getattr(thing, "id" if who == "self" else f"{who}_id", None)
    return (value,) if isinstance(value, int) else tuple(getattr(thing, f"{who}_ids", ()))
