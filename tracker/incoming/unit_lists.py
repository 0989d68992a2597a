"""The query parameters of lists whose words are those of their own input."""

from typing import Literal

from pydantic import Field

from tracker.incoming.activities import Kind, Station
from tracker.incoming.contact_links import LinkKind
from tracker.incoming.lists import Day, PageQuery, Token
from tracker.rules.spans import Period


class ContactLinkQuery(PageQuery):
    kind: LinkKind | None = None
    group: Token | None = None
    member: Token | None = None
    ended: bool = Field(False, description="also those that no longer stand")


class ActivityQuery(PageQuery):
    kind: Kind | None = None
    unit: Token | None = Field(None, description="the unit that held it, by id or key")
    from_: Day | None = Field(None, alias="from", description="held on or after")
    to: Day | None = Field(None, description="held on or before")


class WorkstationQuery(PageQuery):
    kind: Station | None = None
    unit: Token | None = Field(None, description="the unit that keeps it, by id or key")
    closed: bool = Field(False, description="also those that are closed")


class BookletQuery(PageQuery):
    state: Literal["draft", "submitted", "approved_once", "approved", "published"] | None = None


class DigestQuery(PageQuery):
    period: Period | None = None
