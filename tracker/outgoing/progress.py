"""How far a long job is: two figures in a file beside the database.

Not in the database: what is stored whole or not at all cannot tell of itself before its end. Where web and
jobs share no folder there are no figures, and nothing else is lost.
"""

import os
from pathlib import Path
from typing import NamedTuple

FOLDER = "progress"


class Progress(NamedTuple):
    done: int
    total: int


def tell(instance: str, job: str, done: int, total: int) -> None:
    """``job`` is a public id of ours."""
    path = _path(instance, job)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{done} {total}", "ascii")
    os.replace(fresh, path)


def told(instance: str, job: str) -> Progress | None:
    try:
        done, total = _path(instance, job).read_text("ascii").split()
        return Progress(int(done), int(total))
    except (OSError, ValueError):
        return None


def end(instance: str, job: str) -> None:
    _path(instance, job).unlink(missing_ok=True)


def _path(instance: str, job: str) -> Path:
    return Path(instance) / FOLDER / f"{job}.txt"
