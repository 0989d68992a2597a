"""What the office decides about the page for residents."""

from pydantic import Field

from tracker.incoming.lists import Token
from tracker.incoming.schema import Input

MOST_STATIONS = 500


class PublishIn(Input):
    """The whole decision as it stood on the form; ``stations`` are those to be published, all others not.

    ``hidden`` asks search engines to leave the page out. ``seen`` is what the form was drawn from.
    """

    open: bool = False
    members: bool = False
    hidden: bool = False
    stations: list[Token] = Field(default_factory=list, max_length=MOST_STATIONS)
    seen: str = Field("", max_length=64)
