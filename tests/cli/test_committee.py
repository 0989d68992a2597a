"""Founding a committee from a preset, built in or one's own."""

import shutil
from pathlib import Path

from tests.cli.conftest import Run, answer, refused
from tests.world import World
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Committee


def test_a_preset_becomes_a_committee(huiyin: World, run: Run) -> None:
    found = answer(run("committee", "create", "--preset", "plain", "--json"))
    assert found["code"] == "zx" and found["units"] == len(presets.load("plain").units)
    with huiyin.reading():
        assert db.session.query(Committee).filter_by(code="zx").one().preset == "plain"


def test_the_sentence_names_the_next_step(run: Run) -> None:
    result = run("committee", "create", "--preset", "plain")
    assert result.exit_code == 0 and "people invite" in result.stdout and "zx" in result.stdout


def test_a_preset_of_ones_own_is_read_from_a_file(run: Run, tmp_path: Path) -> None:
    shutil.copy(presets.HOME / "categories.toml", tmp_path)
    text = (presets.HOME / "plain.toml").read_text("utf-8")
    for old, new in (('"zx"', '"lh"'), ('"ZX"', '"LH"'), ("示政协办函", "梁政协办函")):
        text = text.replace(old, new)
    (tmp_path / "own.toml").write_text(text, "utf-8")
    assert answer(run("committee", "create", "--file", tmp_path / "own.toml", "--json"))["code"] == "lh"


def test_the_same_committee_is_founded_once(run: Run) -> None:
    assert run("committee", "create", "--preset", "plain").exit_code == 0
    assert "已经有同样代码或编号前缀" in refused(run("committee", "create", "--preset", "plain"))


def test_a_broken_preset_is_refused_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[committee]\n", "utf-8")
    assert "own.toml" in refused(run("committee", "create", "--file", tmp_path / "own.toml"))


def test_misuse_is_told_apart_from_refusal(run: Run) -> None:
    assert run("committee", "create").exit_code == 2
    assert run("committee", "create", "--preset", "nowhere").exit_code == 2
    assert run("committee", "create", "--preset", "plain", "--file", "missing.toml").exit_code == 2
