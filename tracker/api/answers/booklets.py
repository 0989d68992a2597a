"""A booklet for those who make it, and once it is published for everybody who may open it."""

from datetime import datetime
from typing import Any

from tracker.api.answers.base import Answer, MoveOption, move_options, state_label
from tracker.models import Booklet, BookletFile, BookletItem
from tracker.queries.booklets import Listed
from tracker.queries.moves import moves_for
from tracker.rules.actors import Actor


class BookletRow(Answer):
    """``item_count`` counts what is printed."""

    id: str
    title: str
    subtitle: str
    state: str
    state_label: str
    campaign: str | None
    item_count: int
    updated_at: datetime
    published_at: datetime | None
    version: int


class BookletList(Answer):
    items: list[BookletRow]
    next: str | None


class BookletItemAnswer(Answer):
    """Words that name nobody; where ``confirmed`` is false somebody has still to look whether that is so."""

    id: str
    chapter: str
    kind: str
    title: str
    text: str
    byline: str
    confirmed: bool


class BookletFileAnswer(Answer):
    kind: str
    size: int
    pages: int | None
    sha256: str


class BookletAnswer(BookletRow):
    """``items`` as they are printed; ``files`` of what it says now, none while they are being made."""

    foreword: str
    chapter_by: str
    revision: int
    items: list[BookletItemAnswer]
    files: list[BookletFileAnswer]
    moves: list[MoveOption]


def booklet_row(found: Listed) -> BookletRow:
    return BookletRow(**_plain(found.booklet, found.items))


def booklet_answer(booklet: Booklet, actor: Actor) -> BookletAnswer:
    return BookletAnswer(
        **_plain(booklet, len(booklet.chosen)),
        foreword=booklet.foreword,
        chapter_by=booklet.chapter_by,
        revision=booklet.revision,
        items=[_item(item) for item in booklet.chosen],
        files=[_file(file) for file in booklet.current_files],
        moves=move_options(moves_for(booklet, actor)),
    )


def _plain(booklet: Booklet, count: int) -> dict[str, Any]:
    names = ("title", "subtitle", "state", "updated_at", "published_at", "version")
    return {name: getattr(booklet, name) for name in names} | {
        "id": booklet.public_id,
        "state_label": state_label("booklet", booklet.state),
        "campaign": booklet.campaign.public_id if booklet.campaign else None,
        "item_count": count,
    }


def _item(item: BookletItem) -> BookletItemAnswer:
    names = ("chapter", "kind", "title", "text", "byline")
    return BookletItemAnswer(
        **{name: getattr(item, name) for name in names},
        id=item.public_id,
        confirmed=item.confirmed_at is not None,
    )


def _file(file: BookletFile) -> BookletFileAnswer:
    return BookletFileAnswer(kind=file.kind, size=file.size, pages=file.pages, sha256=file.sha256)
