"""A small supervisor: starts children, starts them again when they die, and takes them along when it ends."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

STOP_SECONDS = 30.0
TICK_SECONDS = 0.2
# The first restart comes at once; one that keeps dying is tried ever more slowly.
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A program and, while it runs, its process."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    due: float = field(default=0.0)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs until SIGTERM or SIGINT; then every child gets the same and time to finish."""

    def __init__(self, children: list[Child], folder: Path) -> None:
        self._children = children
        self._folder = folder
        self._ending = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self._ending:
            for child in self._children:
                self._keep(child)
            time.sleep(TICK_SECONDS)
        self._stop()
        return 0

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _keep(self, child: Child) -> None:
        now = time.monotonic()
        if child.is_running:
            if now - child.started > STEADY_SECONDS:
                child.pause = 0.0
            return
        if child.process is not None:
            self._mourn(child, now)
        if now >= child.due:
            # A group of its own, so that what it has started can be ended after it has died itself.
            child.process = subprocess.Popen(
                child.command, cwd=self._folder, process_group=0, preexec_fn=_dies_with(os.getpid())
            )
            child.started = now

    def _mourn(self, child: Child, now: float) -> None:
        assert child.process is not None
        print(f"{child.name} ended ({child.process.returncode}), starting again", file=sys.stderr, flush=True)
        _clear(child.process.pid)
        child.process = None
        child.due = now + child.pause
        child.pause = min(LONGEST_PAUSE, max(1.0, child.pause * 2))

    def _stop(self) -> None:
        for child in self._children:
            if child.process is not None and child.is_running:
                child.process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for child in self._children:
            _wait(child, max(0.0, end - time.monotonic()))


def _wait(child: Child, seconds: float) -> None:
    if child.process is None:
        return
    try:
        child.process.wait(seconds)
    except subprocess.TimeoutExpired:
        child.process.kill()
        child.process.wait()
    _clear(child.process.pid)


def _clear(group: int) -> None:
    """End what a dead child left behind: workers that would go on answering at its port."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _dies_with(parent: int) -> Callable[[], None] | None:
    """Ask the kernel to end the child when we are killed and cannot do it ourselves."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            # It was killed between the fork and the line above.
            os._exit(1)

    return ask
