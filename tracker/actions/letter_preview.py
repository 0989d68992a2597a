"""A letter is handed over only when its page can be printed; what proves that is made before the write."""

from collections.abc import Callable
from hashlib import sha256
from typing import NewType

from tracker.actions import letter_words
from tracker.incoming.letters import LetterContent
from tracker.models import Letter
from tracker.outgoing import pdf
from tracker.outgoing.pdf import PdfFailed

# Of the page that was rendered. Made in this house only, never taken from a caller.
Proof = NewType("Proof", str)


def of(letter: Letter, words: LetterContent) -> Callable[[], Proof | None]:
    """What makes the proof for a letter with these words, without the letter and outside any transaction."""
    page = letter_words.page(letter, words, watermark=True)
    return lambda: _rendered(page)


def is_of(proof: Proof, letter: Letter) -> bool:
    """Whether the page that was rendered is the letter as it stands now."""
    return proof == _proof(letter_words.page(letter, letter_words.content(letter), watermark=True))


def _rendered(page: str) -> Proof | None:
    try:
        pdf.render(page)
    except PdfFailed:
        return None
    return _proof(page)


def _proof(page: str) -> Proof:
    return Proof(sha256(page.encode()).hexdigest())
