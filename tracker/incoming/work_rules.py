"""A new version of the rules of work."""

from pydantic import Field

from tracker.incoming.schema import Input


class WorkRulesIn(Input):
    text: str = Field(min_length=20, max_length=20_000)
    why: str = Field(min_length=2, max_length=200)
