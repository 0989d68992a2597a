"""A worker in a process of its own that stops in the middle of one kind of job, to be killed there.

``python -m tests.jobs.worker DATABASE INSTANCE KIND STAGE`` prints "here" when it has come that far.
"""

import sys
import time
from pathlib import Path

from tests.conftest import build
from tracker.jobs import drain, handlers
from tracker.jobs.drain import Worker
from tracker.jobs.handlers import Payload, Store

STAGES = ("claimed", "worked", "stored")


def pause() -> None:
    print("here", flush=True)
    time.sleep(600)


def stop_at(kind: str, stage: str) -> None:
    """Before its work, after it (a mail's file or a PDF is there), or with the effect not committed yet."""
    real = handlers.HANDLERS[kind]

    def handle(payload: Payload) -> Store:
        if stage == "claimed":
            pause()
        store = real(payload)
        if stage == "worked":
            pause()

        def stored() -> None:
            store()
            pause()

        return stored

    handlers.HANDLERS[kind] = drain.HANDLERS[kind] = handle


if __name__ == "__main__":
    url, instance, kind, stage = sys.argv[1:]
    stop_at(kind, stage)
    Worker(build(url, Path(instance))).run()
