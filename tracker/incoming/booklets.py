"""What the office enters about a booklet: its cover, what is chosen, how an item reads, an exemplary mark."""

from datetime import date
from typing import Literal

from pydantic import Field

from tracker.incoming.schema import Input
from tracker.models.booklet import ChapterBy, ItemKind
from tracker.models.visit import Circle

Kind = Literal["visit", "suggestion", "brief", "lead", "case"]


class BookletIn(Input):
    """``campaign`` is a public id."""

    title: str = Field(min_length=2, max_length=60)
    subtitle: str = Field("", max_length=80)
    foreword: str = Field("", max_length=3000)
    chapter_by: ChapterBy = "circle"
    campaign: str = Field("", max_length=32)


class BookletEdit(Input):
    title: str = Field(min_length=2, max_length=60)
    subtitle: str = Field("", max_length=80)
    foreword: str = Field("", max_length=3000)


class ChoiceIn(Input):
    """What to look for; ``group`` is a public id. Empty means all."""

    kind: Kind | Literal[""] = ""
    circle: Circle | Literal[""] = ""
    group: str = Field("", max_length=32)
    from_: date | None = Field(None, alias="from")
    to: date | None = None
    quality: Literal["", "exemplary", "adopted", "satisfied"] = ""


class ItemEdit(Input):
    """``confirm``: whoever saves it has made sure that it names nobody."""

    chapter: str = Field(min_length=1, max_length=60)
    title: str = Field(min_length=2, max_length=120)
    text: str = Field(min_length=2, max_length=5000)
    byline: str = Field("", max_length=120)
    confirm: bool = False


class ConfirmIn(Input):
    """Public ids of the items that were read."""

    items: list[str] = Field(min_length=1, max_length=50)


class ReturnIn(Input):
    reason: str = Field(min_length=2, max_length=1000)


class ExemplarIn(Input):
    """``ident`` is a visit's or submission's public id or a case's number."""

    kind: ItemKind
    ident: str = Field(min_length=1, max_length=32)
    reason: str = Field(min_length=4, max_length=500)
