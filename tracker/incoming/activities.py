"""What a unit enters about its service events, its workstations and the days it receives residents."""

from datetime import date
from typing import Literal

from pydantic import Field

from tracker.incoming.lists import Day, Token
from tracker.incoming.schema import Input

Form = Literal["activity_day", "activity_week", "other"]
Service = Literal["pairing", "warmth", "legal_aid", "advice", "research"]
Station = Literal["studio", "members_home", "standing_member_station", "contact_point"]


Kind = Literal[
    "service",
    "symposium",
    "proposal_meeting",
    "consultation",
    "sit_in",
    "inspection",
    "supervision",
    "review",
    "proposal_leads",
    "summary_meeting",
]


class ActivityEdit(Input):
    kind: Kind = "service"
    title: str = Field(min_length=2, max_length=120)
    held_on: date
    form: Form = "other"
    categories: list[Service] = Field(default_factory=list, max_length=5)
    place: str = Field("", max_length=120)
    people_count: int = Field(0, ge=0, le=1_000_000)
    report: str = Field("", max_length=5000)


class ActivityIn(ActivityEdit):
    """``unit`` is who held it."""

    unit: Token


class WorkstationEdit(Input):
    kind: Station
    name: str = Field(min_length=2, max_length=80)
    place: str = Field("", max_length=120)
    keepers: str = Field("", max_length=200)
    reception: str = Field("", max_length=120)
    opened_on: date


class WorkstationIn(WorkstationEdit):
    """``unit`` is who keeps it."""

    unit: Token


class ClosingIn(Input):
    closed_on: date


class ReceptionIn(Input):
    held_on: date
    members: str = Field(min_length=2, max_length=120)
    people_count: int = Field(0, ge=0, le=100_000)
    note: str = Field("", max_length=2000)


class PlannedDayIn(Input):
    """A day to come on which residents find somebody there."""

    held_on: Day
    hours: str = Field("", max_length=40)


class PlannedDayGone(Input):
    day: Token
