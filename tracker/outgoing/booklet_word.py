"""A booklet as a Word file, of plain parts like the annexes; its contents name the pages of the PDF."""

from collections.abc import Mapping

from tracker.outgoing.booklet import CHARTS, FOREWORD, BookletSheet
from tracker.outgoing.forms import word
from tracker.outgoing.forms.templates import PAPER


def docx(sheet: BookletSheet, pages: Mapping[str, int]) -> bytes:
    """``pages`` as ``booklet.page_numbers`` reads them; a heading that is not there has no number."""
    numbers = {place.anchor: pages.get(_heading(place.number, place.title), "") for place in sheet.places}
    document = PAPER.get_template("booklet.xml").render(
        sheet=sheet, pages=numbers, foreword=FOREWORD, charts=CHARTS
    )
    return word.package(document)


def _heading(number: str, title: str) -> str:
    return f"{number}\u3000{title}" if number else title
