"""How far a long job is, told in a file that is whole whenever it is read, and gone when the job is done."""

from pathlib import Path

from tracker.outgoing import progress


def test_the_last_figures_are_told_until_the_end(tmp_path: Path) -> None:
    instance = str(tmp_path)
    assert progress.told(instance, "a") is None
    progress.tell(instance, "a", 1, 9)
    progress.tell(instance, "a", 5, 9)
    progress.tell(instance, "b", 2, 2)
    assert progress.told(instance, "a") == (5, 9)
    progress.end(instance, "a")
    progress.end(instance, "a")
    assert progress.told(instance, "a") is None and progress.told(instance, "b") == (2, 2)
    assert [path.name for path in (tmp_path / progress.FOLDER).iterdir()] == ["b.txt"]


def test_a_file_that_is_no_figures_is_none(tmp_path: Path) -> None:
    progress.tell(str(tmp_path), "a", 1, 2)
    (tmp_path / progress.FOLDER / "a.txt").write_text("what?")
    assert progress.told(str(tmp_path), "a") is None
