"""What the office may enter about a campaign."""

from typing import Literal

from pydantic import Field

from tracker.incoming.campaign_specs import Counted
from tracker.incoming.schema import Input


class CampaignOpenIn(Input):
    """``preset`` is the key of a campaign of the committee's preset."""

    preset: str = Field(min_length=1, max_length=40)
    year: int = Field(ge=2000, le=2100)


class ExemptionIn(Input):
    """``who`` is the public id of a member or a unit; without ``quota`` everything is meant."""

    who: str = Field(min_length=1, max_length=32)
    quota: Counted | Literal[""] = ""
    reason: str = Field(min_length=2, max_length=500)
