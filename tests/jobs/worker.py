"""Workers that stop in the middle of one kind of job, to be killed there.

``python -m tests.jobs.worker`` reads lines "KIND STAGE NUMBER". For each it forks a worker, prints the
worker's process id, and the worker prints "here" when its job of that number has come that far. Forking what
is already imported spares two hundred workers two hundred starts of the interpreter.
"""

import itertools
import os
import signal
import sys
import time

from tracker.extensions import db
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


def work(kind: str, stage: str, number: int) -> None:
    """In the forked process."""
    with app.app_context():
        db.engine.dispose(close=False)
    stop_at(kind, stage, number)
    Worker(app).run()


if __name__ == "__main__":
    # The killed are gone at once; as zombies they would look alive to the next worker.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if not (child := os.fork()):
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            kind, stage, number = line.split()
            work(kind, stage, int(number))
            os._exit(0)
        print(child, flush=True)
