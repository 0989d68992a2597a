"""The ends of the event chains, appended to a file that the database's owner should not be able to write."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tracker.rules.chain import Head
from tracker.rules.witness import Witness

TAIL = 64 * 1024
DEFAULT_NAME = "event_heads.log"


def path_of(given: str, instance: str) -> Path:
    """Where the setting says, else beside the database."""
    return Path(given) if given else Path(instance) / DEFAULT_NAME


def append(path: Path, heads: Iterable[Head], now: datetime) -> None:
    """Add a line for each head; on disk when this returns."""
    lines = "".join(_line(head, now) for head in heads)
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        # A line cut off by a power failure must not swallow the next one.
        start = "" if _ends_clean(path) else "\n"
        file.write((start + lines).encode())
        file.flush()
        os.fsync(file.fileno())


def last(path: Path) -> dict[int, Head]:
    """The newest head of each committee near the end of the file."""
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        lines = file.read().decode("utf-8", "replace").splitlines()
    found = (_read(line) for line in lines)
    return {head.committee: head for head in found if head is not None}


def read(path: Path) -> Iterator[Witness]:
    """Every line in order; nothing where no file has been written yet, OSError where it cannot be read."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield Witness(number, _read(line))


def _line(head: Head, now: datetime) -> str:
    entry = {
        "committee": head.committee,
        "seq": head.seq,
        "hash": head.hash.hex(),
        "mac": head.mac.hex(),
        "at": now.astimezone(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(entry) + "\n"


def _read(line: str) -> Head | None:
    try:
        entry = json.loads(line)
        return Head(
            int(entry["committee"]),
            int(entry["seq"]),
            bytes.fromhex(entry["hash"]),
            bytes.fromhex(entry["mac"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _ends_clean(path: Path) -> bool:
    size = path.stat().st_size
    if size == 0:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read() == b"\n"
