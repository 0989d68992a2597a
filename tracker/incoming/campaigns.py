"""What the office may enter about a campaign."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from tracker.incoming.campaign_specs import Drive
from tracker.incoming.schema import Input
from tracker.models.campaign import Counted

MOST_DRIVES = 6


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
