"""What is noted outside the database, line by line, whatever happened to the line before."""

from datetime import UTC, datetime
from pathlib import Path

from tracker.outgoing import heads
from tracker.rules.chain import make_head

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIRST, SECOND = (make_head(b"key", 1, seq, bytes([seq]) * 32) for seq in (1, 2))
OTHER = make_head(b"key", 2, 7, bytes(32))


def test_what_was_noted_is_read_again_in_order(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "heads.log"
    heads.append(path, [FIRST, OTHER], NOW)
    heads.append(path, [SECOND], NOW)
    assert [witness.head for witness in heads.read(path)] == [FIRST, OTHER, SECOND]
    assert heads.last(path) == {1: SECOND, 2: OTHER}


def test_nothing_moved_writes_nothing(tmp_path: Path) -> None:
    heads.append(tmp_path / "heads.log", [], NOW)
    assert not (tmp_path / "heads.log").exists()
    assert heads.last(tmp_path / "heads.log") == {} and not list(heads.read(tmp_path / "heads.log"))


def test_a_line_cut_off_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    heads.append(path, [FIRST], NOW)
    path.write_bytes(path.read_bytes()[:-40])
    heads.append(path, [SECOND], NOW)
    assert [witness.head for witness in heads.read(path)] == [None, SECOND]
    assert heads.last(path) == {1: SECOND}


def test_only_the_end_of_a_long_file_is_searched_for_the_last_heads(tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    heads.append(path, [make_head(b"key", 1, seq, bytes(32)) for seq in range(1, 1001)], NOW)
    assert heads.last(path)[1].seq == 1000
