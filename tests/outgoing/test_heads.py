"""What is noted outside the database, line by line, whatever happened to the line before."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.outgoing import heads
from tracker.rules.chain import make_head
from tracker.rules.clock import SHANGHAI

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


@pytest.mark.parametrize("given, expected", [("", "event_heads.log"), ("elsewhere/heads.log", "")])
def test_the_file_lies_beside_the_database_unless_a_place_is_given(
    given: str, expected: str, tmp_path: Path
) -> None:
    found = heads.path_of(given, str(tmp_path))
    assert found == (tmp_path / expected if expected else Path(given))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "not json",
        "[]",
        "null",
        "7",
        "{}",
        '{"committee": 1, "seq": 1}',
        '{"committee": "x", "seq": 1, "hash": "00", "mac": "00"}',
        '{"committee": 1, "seq": 1, "hash": "zz", "mac": "00"}',
        '{"committee": 1, "seq": null, "hash": "00", "mac": "00"}',
        '{"committee": 1, "seq": 1, "hash": 7, "mac": "00"}',
    ],
)
def test_a_line_nobody_can_read_is_told_and_hides_no_other(line: str, tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    heads.append(path, [FIRST], NOW)
    with path.open("a") as file:
        file.write(line + "\n")
    heads.append(path, [SECOND], NOW)
    read = [FIRST, None, SECOND] if line else [FIRST, SECOND]
    assert [witness.head for witness in heads.read(path)] == read
    assert heads.last(path) == {1: SECOND}


def test_a_faulty_line_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    path.write_bytes(b"\n\xff\xfe\n")
    heads.append(path, [FIRST], NOW)
    assert [(witness.line, witness.head) for witness in heads.read(path)] == [(2, None), (3, FIRST)]


def test_the_newest_line_counts_even_where_its_number_is_smaller(tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    heads.append(path, [SECOND, FIRST], NOW)
    assert heads.last(path) == {1: FIRST}


def test_what_stands_in_the_file_is_never_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    heads.append(path, [FIRST], NOW)
    before = path.read_bytes()
    heads.append(path, [OTHER], NOW)
    heads.append(path, [], NOW)
    assert path.read_bytes().startswith(before) and path.read_bytes().count(b"\n") == 2


def test_a_line_says_when_in_utc_and_nothing_about_anybody(tmp_path: Path) -> None:
    path = tmp_path / "heads.log"
    heads.append(path, [FIRST], NOW.astimezone(SHANGHAI))
    entry = json.loads(path.read_text())
    assert set(entry) == {"committee", "seq", "hash", "mac", "at"}
    assert entry["at"] == "2026-11-23T01:00:00+00:00"
