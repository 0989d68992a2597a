"""What people send about a letter."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from tracker.incoming.schema import Input

Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class LetterContent(Input):
    """The words of a feedback letter, in the order of the page."""

    title: str = Field(min_length=2, max_length=80)
    addressee: str = Field(min_length=1, max_length=60)
    opening: str = Field("", max_length=2000)
    concern: str = Field("", max_length=6000)
    handling: str = Field("", max_length=6000)
    result: str = Field("", max_length=6000)
    follow_up: str = Field("", max_length=4000)
    closing: str = Field("特此反馈。", max_length=60)
    contact: str = Field("", max_length=120)
    copy_to: list[Annotated[str, StringConstraints(min_length=1, max_length=60)]] = Field(
        default_factory=list, max_length=10
    )


class LetterIn(Input):
    kind: Literal["feedback"] = "feedback"
    content: LetterContent | None = None


class LetterEdit(Input):
    content: LetterContent


class DeliverIn(Input):
    method: Literal["in_person", "post", "member", "code_page"]
    delivered_on: date
    note: str = Field("", max_length=500)


class RejectIn(Input):
    reason: Annotated[str, StringConstraints(min_length=2, max_length=1000)]
