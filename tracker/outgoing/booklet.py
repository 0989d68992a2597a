"""A booklet as values, as HTML and as PDF: cover, contents with page numbers, pictures, chapters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import count
from typing import Final

from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from tracker.outgoing import pdf as engine
from tracker.outgoing.charts import Chart
from tracker.outgoing.forms.templates import PAPER
from tracker.outgoing.letters import printed_date
from tracker.outgoing.plain_text import one_line

# The whole of 400 items takes some ten seconds on a quiet machine; a busy one may take its time.
SECONDS: Final = 60.0
SECONDS_EACH: Final = 0.5
FOREWORD, CHARTS = "前　言", "数据概览"


@dataclass(frozen=True)
class Item:
    """``number`` as printed, 001 and on."""

    number: str
    title: str
    text: str
    byline: str = ""

    @property
    def anchor(self) -> str:
        return f"item-{self.number}"


@dataclass(frozen=True)
class Chapter:
    number: int
    title: str
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        return f"chapter-{self.number}"


@dataclass(frozen=True)
class Place:
    """A line of the contents; chapters have no number."""

    anchor: str
    title: str
    number: str = ""


@dataclass(frozen=True)
class BookletSheet:
    """Everything that is printed, and nothing else."""

    issuer: str
    title: str
    subtitle: str
    day: date
    foreword: str = ""
    charts: tuple[Chart, ...] = field(default=())
    chapters: tuple[Chapter, ...] = field(default=())

    @property
    def date(self) -> str:
        return printed_date(self.day)

    @property
    def places(self) -> list[Place]:
        """The lines of the contents, in the order of the pages."""
        found = [Place("foreword", FOREWORD)] if self.foreword else []
        found += [Place("charts", CHARTS)] if self.charts else []
        for chapter in self.chapters:
            found.append(Place(chapter.anchor, chapter.title))
            found += [Place(item.anchor, item.title, item.number) for item in chapter.items]
        return found


def chapters(rows: Iterable[tuple[str, str, str, str]]) -> tuple[Chapter, ...]:
    """(chapter, title, text, byline) in their order; a chapter stands where its first item does."""
    sorted_in: dict[str, list[tuple[str, str, str]]] = {}
    for chapter, *item in rows:
        sorted_in.setdefault(one_line(chapter), []).append((item[0], item[1], item[2]))
    numbers = _numbers()
    return tuple(
        Chapter(
            place,
            f"{_ordinal(place)}、{title}",
            tuple(Item(next(numbers), one_line(head), text, one_line(by)) for head, text, by in items),
        )
        for place, (title, items) in enumerate(sorted_in.items(), start=1)
    )


def html(sheet: BookletSheet) -> str:
    return PAPER.get_template("booklet.html").render(sheet=sheet)


def pdf(page: str, items: int) -> bytes:
    """Raises PdfFailed."""
    return engine.render(page, seconds=SECONDS + SECONDS_EACH * items)


def page_numbers(content: bytes) -> tuple[dict[str, int], int]:
    """The page on which each heading stands, by its words, and how many pages there are.

    Read from the finished file's bookmarks, so that the Word file can name the same pages.
    """
    document = PDFDocument(PDFParser(BytesIO(content)))
    order = {page.pageid: number for number, page in enumerate(PDFPage.create_pages(document), start=1)}
    found: dict[str, int] = {}
    try:
        for _, title, target, _, _ in document.get_outlines():
            found.setdefault(title, order[target[0].objid])
    except PDFNoOutlines:
        pass
    return found, len(order)


def _numbers() -> Iterator[str]:
    return (f"{number:03d}" for number in count(1))


_DIGITS = "零一二三四五六七八九"


def _ordinal(number: int) -> str:
    """一 … 九十九; nobody prints more chapters."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "十" if tens == 1 else f"{_DIGITS[tens % 10]}十"
    return head + (_DIGITS[ones] if ones else "")
