"""What the office may enter about a campaign."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from tracker.incoming.campaign_specs import Drive
from tracker.incoming.lists import Day
from tracker.incoming.schema import Input
from tracker.models.campaign import Counted
from tracker.rules.words import N_

MOST_DRIVES = 6
LONGEST = timedelta(days=365)


def _lines(given: Any) -> Any:
    """One name a line, as a form sends them."""
    if not isinstance(given, str):
        return given
    return [name for line in given.splitlines() if (name := line.strip())]


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


class CampaignOpenIn(Input):
    """``preset`` is the key of a campaign of the committee's preset."""

    preset: str = Field(min_length=1, max_length=40)
    year: int = Field(ge=2000, le=2100)


Asked = Annotated[int, Field(ge=0, le=99)]


class CampaignIn(Input):
    """A campaign no preset knows: its days and how often each member is asked for what; 0 asks nothing."""

    name: str = Field(min_length=2, max_length=40)
    document: str = Field("", max_length=60)
    starts_on: Day
    ends_on: Day
    visits: Asked = 1
    suggestions: Asked = 0
    briefs: Asked = 0
    leads: Asked = 0

    @field_validator("ends_on")
    @classmethod
    def _after(cls, ends_on: date, read: ValidationInfo) -> date:
        starts_on = read.data.get("starts_on", ends_on)
        if ends_on < starts_on or ends_on > starts_on + LONGEST:
            raise ValueError(N_("结束日期要在开始以后、一年以内"))
        return ends_on


class ExemptionIn(Input):
    """``who`` is the public id of a member or a unit; without ``quota`` everything is meant."""

    who: str = Field(min_length=1, max_length=32)
    quota: Counted | Literal[""] = ""
    reason: str = Field(min_length=2, max_length=500)


class DrivesIn(Input):
    """Other drives whose visits count for the campaign too (S1-09); none is an answer."""

    drives: Annotated[
        list[Drive], BeforeValidator(_lines), AfterValidator(_once), Field(max_length=MOST_DRIVES)
    ]
