"""Finished letters are measured from the shell."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker.actions import letter_words
from tracker.extensions import db
from tracker.models import Letter
from tracker.outgoing import pdf


@pytest.fixture
def letter(huiyin: World, tmp_path: Path) -> Path:
    public_id = huiyin.letter(huiyin.handled(), "issued")
    with huiyin.reading():
        found = db.session.query(Letter).filter_by(public_id=public_id).one()
        html = letter_words.page(found, letter_words.content(found))
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf.render(html))
    pdf.stop()
    return path


def test_a_letter_of_ours_is_measured_row_by_row(run: Run, letter: Path) -> None:
    rows = answer(run("letters", "check", letter, "--json"))[str(letter)]
    assert len(rows) > 10 and all(row["ok"] for row in rows)
    assert "0 项不合" in run("letters", "check", letter).stdout


def test_what_is_no_letter_is_refused(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing\n%%EOF")
    assert "broken.pdf" in refused(run("letters", "check", broken))
    assert run("letters", "check", tmp_path / "missing.pdf").exit_code == 2
    assert run("letters", "check").exit_code == 2
