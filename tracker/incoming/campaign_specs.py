"""A campaign as a preset describes it: months and days without a year, so that it can be held again."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from tracker.models.campaign import Bearer, Counted, Direction
from tracker.rules import scoring

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Drive = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)]

_CLOSED: Final = ConfigDict(extra="forbid", str_strip_whitespace=True)
_DAY: Final = re.compile(r"^(\+1:)?(\d\d)-(\d\d)$")


def on(day: str, year: int) -> date:
    """``07-31`` in the campaign's year, ``+1:01-31`` in the next; ValueError when there is no such day."""
    found = _DAY.match(day)
    if not found:
        raise ValueError(f"not a month and a day: {day}")
    return date(year + bool(found[1]), int(found[2]), int(found[3]))


def first_of(month: int, year: int) -> date:
    """Months count on: 13 is January of the next year."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _checked(day: str) -> str:
    # A leap year, so that 29 February may stand in a preset.
    on(day, 2024)
    return day


def said(day: date, year: int) -> str:
    """The day as a preset writes it, seen from the year in which the campaign starts."""
    return f"{'+1:' if day.year > year else ''}{day:%m-%d}"


Day = Annotated[str, AfterValidator(_checked)]
Month = Annotated[int, Field(ge=1, le=24)]


@dataclass(frozen=True)
class PhaseSpec:
    __pydantic_config__ = _CLOSED

    name: Line
    starts: Day
    ends: Day


@dataclass(frozen=True)
class QuotaSpec:
    """Each member of these levels, or each unit of these kinds, owes ``minimum``; empty means all."""

    __pydantic_config__ = _CLOSED

    label: Line
    bearer: Bearer
    counts: Counted
    minimum: Annotated[int, Field(ge=1, le=99)]
    target: Annotated[int, Field(ge=1, le=99)] | None = None
    levels: list[Literal["county", "prefecture_resident"]] = field(default_factory=list)
    unit_kinds: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ScoreItemSpec:
    """What one of ``counts`` is worth in the appraisal, up to ``cap`` points (S1-48)."""

    __pydantic_config__ = _CLOSED

    label: Line
    bearer: Bearer
    counts: scoring.Scored
    points: Annotated[int, Field(ge=1, le=100)]
    cap: Annotated[int, Field(ge=1, le=1000)] | None = None


@dataclass(frozen=True)
class PlanSpec:
    """One row of the plan: first and last month, what, by whom."""

    __pydantic_config__ = _CLOSED

    months: tuple[Month, Month]
    content: Line
    actors: Line


@dataclass(frozen=True)
class CampaignSpec:
    """``document`` and the dates of approval and issue are those of the paper it was taken from.

    ``drives``: other drives whose visits count here too (S1-09).
    """

    __pydantic_config__ = _CLOSED

    key: Key
    name: Line
    direction: Direction
    starts: Day
    ends: Day
    document: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    issued_on: date | None = None
    parent_note: str = ""
    catch_up_until: Day | None = None
    report_within: int = 5
    drives: list[Drive] = field(default_factory=list)
    visit_title: str = ""
    results_title: str = ""
    summary_title: str = ""
    phases: list[PhaseSpec] = field(default_factory=list)
    quotas: list[QuotaSpec] = field(default_factory=list)
    score_items: Annotated[list[ScoreItemSpec], AfterValidator(scoring.known)] = field(default_factory=list)
    plan: list[PlanSpec] = field(default_factory=list)
