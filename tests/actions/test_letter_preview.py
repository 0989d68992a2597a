"""A letter is handed over only with the proof that it, as it stands now, could be printed."""

import pytest

from tests.world import World
from tracker.actions import letter_preview, letter_words, letters
from tracker.actions.letter_preview import Proof
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.incoming.letters import LetterEdit
from tracker.models import Letter
from tracker.outgoing import pdf
from tracker.outgoing.pdf import PdfFailed


def _letter(public_id: str) -> Letter:
    return db.session.query(Letter).filter_by(public_id=public_id).one()


def _proof(world: World, public_id: str) -> Proof | None:
    with world.reading():
        letter = _letter(public_id)
        make = letter_preview.of(letter, letter_words.content(letter))
    return make()


def _submit(world: World, public_id: str, proof: Proof | None) -> None:
    with world.writing():
        letters.move(_letter(public_id), "submit", by=world.actor("clerk"), preview=proof)


def _reword(world: World, public_id: str) -> None:
    with world.writing():
        letter = _letter(public_id)
        content = letter_words.content(letter).model_copy(update={"handling": "已换灯。"})
        letters.edit(letter, LetterEdit(content=content), by=world.actor("clerk"))


def test_the_proof_of_the_letter_as_it_stands_lets_it_go(either: World) -> None:
    letter = either.letter(either.handled())
    _submit(either, letter, _proof(either, letter))
    with either.reading():
        assert (_letter(letter).state, _letter(letter).preview_rendered) == ("submitted", True)


def test_without_a_proof_the_preview_is_missing(either: World) -> None:
    letter = either.letter(either.handled())
    with pytest.raises(Conflict) as refused:
        _submit(either, letter, None)
    assert refused.value.missing == ["preview_rendered"]


def test_words_that_changed_after_the_rendering_are_not_handed_over(either: World) -> None:
    letter = either.letter(either.handled())
    proof = _proof(either, letter)
    _reword(either, letter)
    with pytest.raises(Conflict) as refused:
        _submit(either, letter, proof)
    with either.reading():
        assert (_letter(letter).state, _letter(letter).version) == ("draft", refused.value.version)
    _submit(either, letter, _proof(either, letter))


def test_a_page_that_cannot_be_printed_proves_nothing(huiyin: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_html: str) -> bytes:
        raise PdfFailed("没有纸")

    monkeypatch.setattr(pdf, "render", fail)
    assert _proof(huiyin, huiyin.letter(huiyin.handled())) is None
