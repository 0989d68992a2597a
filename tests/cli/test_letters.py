"""Finished letters are measured from the shell."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker.actions import letter_words
from tracker.extensions import db
from tracker.models import Letter
from tracker.outgoing import geometry, pdf


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


@pytest.fixture
def measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A good sheet and one whose margin is off, as they come out of the ruler."""
    rows = {
        b"good": [geometry.Row("上边距", "37 mm", "37.0 mm", "±1 mm", True)],
        b"bad": [
            geometry.Row("上边距", "37 mm", "31.0 mm", "±1 mm", False),
            geometry.Row("页码", "有", "有", "", True),
        ],
    }
    monkeypatch.setattr(geometry, "check", rows.__getitem__)
    for name in rows:
        (tmp_path / f"{name.decode()}.pdf").write_bytes(name)
    return [tmp_path / "good.pdf", tmp_path / "bad.pdf"]


def test_one_letter_outside_the_standard_is_enough_for_status_1(run: Run, measured: list[Path]) -> None:
    good, bad = measured
    assert run("letters", "check", good).exit_code == 0
    assert run("letters", "check", bad).exit_code == 1
    assert run("letters", "check", bad, good).exit_code == 1


def test_each_row_is_ticked_or_crossed_and_each_letter_counted(run: Run, measured: list[Path]) -> None:
    lines = run("letters", "check", *measured).stdout.splitlines()
    good, bad = lines[: lines.index("")], lines[lines.index("") + 1 :]
    assert [line[0] for line in good[1:-1]] == ["✓"] and good[-1] == "1 项，0 项不合"
    assert [line[0] for line in bad[1:-1]] == ["✗", "✓"] and bad[-1] == "2 项，1 项不合"
    assert "31.0 mm" in bad[1] and "±1 mm" in bad[1]


def test_a_program_gets_every_row_even_when_one_is_off(run: Run, measured: list[Path]) -> None:
    found = json.loads(run("letters", "check", *measured, "--json").stdout)
    assert [row["ok"] for path in measured for row in found[str(path)]] == [True, False, True]


def test_one_broken_file_among_good_ones_prints_no_result(
    run: Run, measured: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "odd.pdf").write_bytes(b"unknown")
    assert "odd.pdf" in refused(run("letters", "check", *measured, tmp_path / "odd.pdf"))
