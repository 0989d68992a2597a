"""A worker in a process of its own that stops in the middle of one kind of job, to be killed there.

``python -m tests.jobs.worker KIND STAGE NUMBER`` prints "here" when its job of that number
has come that far.
"""

import itertools
import sys
import time

from tracker.jobs import drain, handlers
from tracker.jobs.drain import Worker
from tracker.jobs.handlers import Payload, Store
from wsgi import app

STAGES = ("claimed", "worked", "stored")


def pause() -> None:
    print("here", flush=True)
    time.sleep(600)


def stop_at(kind: str, stage: str, number: int) -> None:
    """Before its work, after it (a mail's file or a PDF is there), or with the effect not committed yet."""
    real = handlers.HANDLERS[kind]
    numbers = itertools.count(1)

    def handle(payload: Payload) -> Store:
        mine = stage if next(numbers) == number else ""
        if mine == "claimed":
            pause()
        store = real(payload)
        if mine == "worked":
            pause()

        def stored() -> None:
            store()
            if mine == "stored":
                pause()

        return stored

    handlers.HANDLERS[kind] = drain.HANDLERS[kind] = handle


if __name__ == "__main__":
    kind, stage, number = sys.argv[1:]
    stop_at(kind, stage, int(number))
    Worker(app).run()
