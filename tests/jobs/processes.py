"""Real workers over a test's database, to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


class Nursery:
    """Gives workers that stop where they are told to; see ``tests/jobs/worker.py``."""

    def __init__(self, process: Process) -> None:
        assert process.stdin and process.stdout
        self._orders, self._answers = process.stdin, process.stdout

    def stopped_at(self, kind: str, stage: str, number: int = 1) -> int:
        """The process of a worker that has come to the stage of its so many-th job of this kind."""
        self._orders.write(f"{kind} {stage} {number}\n")
        self._orders.flush()
        said = {self._answers.readline().strip() for _ in range(2)}
        assert "here" in said, f"no worker came to where job {number} is {stage}: {said}"
        return int((said - {"here"}).pop())


@contextmanager
def nursery(world: World) -> Iterator[Nursery]:
    with _running(world, "-m", "tests.jobs.worker") as process:
        yield Nursery(process)


def kill(process: int) -> None:
    """A worker of the nursery, and wait until it is gone."""
    os.kill(process, signal.SIGKILL)
    while Path("/proc", str(process)).exists():
        time.sleep(0.005)


@contextmanager
def working(world: World) -> Iterator[Process]:
    """The worker as the service starts it."""
    with _running(world, "-m", "flask", "--app", "wsgi", "jobs", "run") as process:
        yield process


@contextmanager
def _running(world: World, *arguments: str) -> Iterator[Process]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=settings(world),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # With whatever it started and did not end itself.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdin and process.stdout
        process.stdin.close()
        process.stdout.close()
