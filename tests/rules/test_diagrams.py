"""The pictures of the lives come from the tables and from nothing else."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tracker.rules import diagrams
from workflows.rulebook import Rulebook

LIVES = Path(__file__).parents[2] / "docs" / "lives.md"


def test_the_page_in_the_docs_is_the_one_the_tables_print():
    assert LIVES.read_text("utf-8") == diagrams.document(), (
        "run: python -m tracker.rules.diagrams > docs/lives.md"
    )


@pytest.mark.parametrize("book", diagrams.BOOKS, ids=lambda book: book.name)
def test_the_picture_shows_every_state_and_every_arrow_once(book: Rulebook):
    tree = ElementTree.fromstring(diagrams.svg(book))
    shown = [text.text for text in tree.iter("text")]
    assert all(shown.count(state.label) >= 1 for state in book.states.values())
    titles = [title.text or "" for title in tree.iter("title")]
    assert len(titles) == len(diagrams.arrows(book))
    assert {move.label for move in book.moves if move.target} <= set("\n".join(titles).split("\n"))


@pytest.mark.parametrize("book", diagrams.BOOKS, ids=lambda book: book.name)
def test_nothing_is_drawn_outside_the_picture(book: Rulebook):
    tree = ElementTree.fromstring(diagrams.svg(book))
    width, height = (int(tree.attrib[side]) for side in ("width", "height"))
    for text in tree.iter("text"):
        assert 0 < int(text.attrib["x"]) < width
        assert 0 < int(text.attrib["y"]) < height


def test_labels_are_translated_and_escaped():
    drawn = diagrams.svg(diagrams.BOOKS[0], lambda label: f"<{label}&>")
    assert "&lt;已提出&amp;&gt;" in drawn
    assert "<已提出" not in drawn


def test_states_keep_their_names_in_the_language_of_code_hosts():
    text = diagrams.mermaid(diagrams.BOOKS[1])
    assert "dispatched --> accepted : 签收" in text
    assert "completed --> [*]" in text
