"""The templates of annexes, for Word and for PDF."""

from pathlib import Path

from tracker.outgoing.forms import layout
from tracker.outgoing.letters import paper_environment

FORMS = Path(__file__).resolve().parents[3] / "templates" / "forms"
PAPER = paper_environment(FORMS)
PAPER.globals["second"] = layout.SECOND
# Lengths of Word: twentieths of a point.
PAPER.filters["twips"] = lambda length: round(length * layout.PT * 20)
