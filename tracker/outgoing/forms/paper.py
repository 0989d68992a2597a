"""Annexes as PDF, one a page."""

from collections.abc import Sequence

from tracker.outgoing import pdf as engine
from tracker.outgoing.forms import layout
from tracker.outgoing.forms.annexes import Annex
from tracker.outgoing.forms.templates import PAPER

SECONDS = 20.0
SECONDS_EACH = 0.5


def html(annexes: Sequence[Annex]) -> str:
    return PAPER.get_template("annexes.html").render(sheets=[layout.sheet(annex) for annex in annexes])


def pdf(annexes: Sequence[Annex]) -> bytes:
    """One PDF; who may read what it holds is the caller's to know. Raises PdfFailed."""
    return engine.render(html(annexes), seconds=SECONDS + SECONDS_EACH * len(annexes))
