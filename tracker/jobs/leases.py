"""Who holds a lease: the name of this process, whether another still lives, and the beat that keeps one."""

import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from tracker.actions import outbox
from tracker.actions.outbox import LEASE, Job
from tracker.extensions import transaction

BEAT_SECONDS = LEASE.total_seconds() / 3
HOST = socket.gethostname()[:24]


def new_name() -> str:
    return f"{HOST}:{os.getpid()}:{secrets.token_hex(6)}"


def is_dead(name: str) -> bool:
    """Only of this machine's processes can we know; others' leases run out by themselves."""
    host, _, rest = name.rpartition(":")[0].rpartition(":")
    if host != HOST or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class Heartbeat:
    """A thread that extends the lease of the job at hand, however long its work takes."""

    def __init__(self, app: Flask, seconds: float = BEAT_SECONDS) -> None:
        self._app = app
        self._seconds = seconds
        self._job: Job | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join()

    @contextmanager
    def during(self, job: Job) -> Iterator[None]:
        self._job = job
        try:
            yield
        finally:
            self._job = None

    def _beat(self) -> None:
        while not self._ended.wait(self._seconds):
            job = self._job
            if job is None:
                continue
            try:
                with self._app.app_context(), transaction("write"):
                    outbox.extend(job)
            except SQLAlchemyError as error:
                # The lease has two more beats; a database that stays away ends the job as well.
                self._app.logger.warning("heartbeat of %s: %s", job.effect_key, type(error).__name__)
