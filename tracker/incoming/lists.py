"""The query parameters of lists: an unknown one is refused like an unknown field."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tracker.incoming.schema import Input
from tracker.models.case import Disposition
from tracker.models.committee import UnitKind
from tracker.models.contact_link import ContactKind
from tracker.models.person import Bridging
from tracker.models.visit import Circle
from tracker.rules.lateness import Lateness

# Far beyond anything real, and within what every database and time zone can reckon with.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
Token = Annotated[str, Field(min_length=1, max_length=64)]

# A group is any of the kinds that members belong to.
AskedKind = Literal["group", "committee", UnitKind]


class PageQuery(Input):
    """``after`` takes the ``next`` of the page before."""

    limit: int = Field(50, ge=1, le=200)
    after: str | None = Field(None, max_length=64)


class ReferenceQuery(Input):
    """Reference lists come whole unless a limit is asked for."""

    limit: int | None = Field(None, ge=1, le=200)
    after: str | None = Field(None, max_length=64)


BridgeKind = Literal["any", Bridging]


class MemberQuery(ReferenceQuery):
    group: Token | None = Field(None, description="a group, by id or key")
    bridge: BridgeKind | None = Field(None, description="what makes a member a bridge to the public")


class UnitQuery(ReferenceQuery):
    kind: AskedKind | None = None


class CaseQuery(PageQuery):
    state: Literal["raised", "coordinated", "handled", "fed_back"] | None = None
    disposition: Disposition | None = None
    category: Token | None = Field(None, description="a category and everything below it")
    area: Token | None = Field(None, description="an area and everything below it")
    unit: Token | None = Field(None, description="a department that handles it")
    group: Token | None = Field(None, description="the group of the member who raised it")
    overdue: bool = False
    q: str | None = Field(None, max_length=100, description="full text; blanks separate terms")
    from_: Day | None = Field(None, alias="from", description="raised on or after")
    to: Day | None = Field(None, description="raised on or before")


class AssignmentQuery(PageQuery):
    state: (
        Literal[
            "draft",
            "dispatched",
            "accepted",
            "replied",
            "reworking",
            "completed",
            "return_requested",
            "returned",
            "waived",
            "revoked",
        ]
        | None
    ) = None
    overdue: bool = False
    unit: Token | None = None


class VisitQuery(PageQuery):
    circle: Circle | None = None
    campaign: Token | None = None
    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    group: Token | None = None
    member: Token | None = None
    contact: ContactKind | None = None
    went: Token | None = Field(None, description="a group whose members took part, whoever wrote it down")
    drive: Token | None = Field(None, description="the other drive within which it was made")
    visitor: Token | None = Field(None, description="a member who took part, whoever wrote it down")
    reported: Lateness | None = Field(
        None,
        description="`late`: too many working days after the visit; `catch_up`: after the campaign's end",
    )


class SubmissionQuery(PageQuery):
    kind: Literal["suggestion", "brief", "investment_lead", "talent_lead", "lead"] | None = Field(
        None, description="`lead`: both kinds of them"
    )
    state: (
        Literal[
            "submitted",
            "selected",
            "edited",
            "signed",
            "sent_up",
            "kept",
            "noted",
            "forwarded",
            "answered",
            "following",
            "settled",
            "dropped",
            "withdrawn",
        ]
        | None
    ) = None
    campaign: Token | None = None
    adopted: Literal["district", "city", "province", "nation"] | None = Field(
        None, description="the highest level at which it was adopted"
    )
    group: Token | None = None
    member: Token | None = None
    from_: Day | None = Field(None, alias="from", description="handed in on or after")
    to: Day | None = Field(None, description="handed in on or before")
