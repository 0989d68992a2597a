"""The files of a booklet, set outside any transaction and stored in a short one; safe to run twice."""

from collections.abc import Callable
from typing import Any

from tracker.actions import booklet_words
from tracker.actions import booklets as acts
from tracker.actions.booklets import Made
from tracker.extensions import transaction
from tracker.outgoing import booklet as paper
from tracker.outgoing import booklet_word, pdf
from tracker.outgoing.booklet import BookletSheet
from tracker.queries import booklets


def make_booklet(payload: dict[str, Any]) -> Callable[[], None]:
    """What was overtaken by a later change of words is not made any more."""
    row_id, revision = payload["booklet"], payload["revision"]
    with transaction("read"):
        booklet = booklets.to_make(row_id)
        wanted = booklet.revision == revision and not booklet.has_files
        sheet = booklet_words.sheet(booklet) if wanted else None
    files = _set(row_id, sheet) if sheet else []

    def store() -> None:
        if files:
            acts.keep(booklets.to_make(row_id), revision, files)

    return store


def _set(row_id: int, sheet: BookletSheet) -> list[Made]:
    _step(row_id, "typesetting")
    # A whole book needs the memory that a process fresh from the start has, and gives it back afterwards.
    pdf.stop()
    try:
        content = paper.pdf(paper.html(sheet), len(sheet.places))
    finally:
        pdf.stop()
    _step(row_id, "packing")
    numbers, pages = paper.page_numbers(content)
    return [Made("pdf", content, pages), Made("docx", booklet_word.docx(sheet, numbers), pages)]


def _step(row_id: int, name: str) -> None:
    with transaction("write"):
        acts.progress(row_id, name)
