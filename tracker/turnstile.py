"""Where the writers of one SQLite database queue up.

SQLite lets one write at a time; the others sleep, up to a tenth of a second, and look again. Whoever sleeps
is overtaken by whoever comes just then, and under load some starve. Here the next in line holds the door
while it waits for the room, so nobody who comes later gets in before.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

# How long a writer waits for its turn, and how often the next in line looks.
BUSY_SECONDS = 5
_LOOK_EVERY = 0.001


class Turnstile:
    """Two locked files beside the database; ``passed()`` is for one thread at a time of every process.

    Whoever waited ``BUSY_SECONDS`` goes on without a turn: the database itself then says that it is busy. A
    process that dies gives its turn back, because its locks go with its files.
    """

    def __init__(self, database: str) -> None:
        self._threads = Lock()
        self._door = _opened(f"{database}-door")
        self._room = _opened(f"{database}-room")

    @contextmanager
    def passed(self) -> Iterator[None]:
        until = time.monotonic() + BUSY_SECONDS
        with ExitStack() as held:
            if self._threads.acquire(timeout=BUSY_SECONDS):
                held.callback(self._threads.release)
                if _locked(self._door, until):
                    in_time = _locked(self._room, until)
                    fcntl.flock(self._door, fcntl.LOCK_UN)
                    if in_time:
                        held.callback(fcntl.flock, self._room, fcntl.LOCK_UN)
            yield


def _opened(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _locked(file: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(_LOOK_EVERY)
        else:
            return True
