"""Real workers over a test's database, to be killed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import KEYS
from tests.world import World

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[str]


def settings(world: World) -> dict[str, str]:
    config = world.app.config
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    own = {"DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"], "HUIYIN_INSTANCE": config["HUIYIN_INSTANCE"]}
    return plain | KEYS | own | {"FLASK_SKIP_DOTENV": "1"}


@contextmanager
def stopping_at(world: World, kind: str, stage: str, number: int = 1) -> Iterator[Process]:
    """A worker that has come to the stage of its so many-th job of this kind; killed at the end."""
    with _running(world, "-m", "tests.jobs.worker", kind, stage, str(number)) as process:
        assert process.stdout
        for line in process.stdout:
            if line.strip() == "here":
                break
        yield process


@contextmanager
def working(world: World) -> Iterator[Process]:
    """The worker as the service starts it."""
    with _running(world, "-m", "flask", "--app", "wsgi", "jobs", "run") as process:
        yield process


def kill(process: Process) -> None:
    process.kill()
    process.wait()


@contextmanager
def _running(world: World, *arguments: str) -> Iterator[Process]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=settings(world),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        kill(process)
        assert process.stdout
        process.stdout.close()
