"""The embedded worker: one process that empties the outbox, one job after the other."""

import threading
import time
import traceback
from pathlib import Path

from flask import Flask

from tracker.actions import notices, outbox
from tracker.actions.outbox import MOST_TRIES, Job, LeaseLost
from tracker.errors import HuiyinError
from tracker.extensions import clock, transaction
from tracker.jobs.handlers import HANDLERS
from tracker.jobs.leases import Heartbeat, is_dead, new_name
from tracker.outgoing import heads, pdf
from tracker.queries import outbox as waiting
from tracker.rules.chain import Head

IDLE_SECONDS = 0.3
HEADS_SECONDS = 1.0
TROUBLE_SECONDS = 1.0


class Died(HuiyinError):
    """Every worker that tried this job is gone."""


class Worker:
    """Claims, works, stores; ``stop`` lets the job at hand end first."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = new_name()
        self.stopping = threading.Event()
        self._heads = HeadsFile(app)

    def stop(self) -> None:
        self.stopping.set()

    def run(self, *, until_empty: bool = False) -> int:
        """Work until stopped, or until nothing is left to do at all; how many jobs were finished."""
        done = 0
        self._reclaim()
        with Heartbeat(self.app) as heartbeat:
            while not self.stopping.is_set():
                worked = self._safely(heartbeat)
                done += bool(worked)
                if not worked and until_empty and self._is_empty():
                    break
                if not worked:
                    self.stopping.wait(IDLE_SECONDS)
        self._heads.write(now=True)
        pdf.stop()
        return done

    def step(self, heartbeat: Heartbeat) -> bool:
        """Take one job and end it one way or the other; whether it was finished."""
        with self.app.app_context():
            with transaction("read"):
                if not waiting.is_due(clock()):
                    return False
            with transaction("write"):
                job = outbox.claim(self.name)
        if job is None:
            return False
        with heartbeat.during(job), self.app.app_context():
            return self._work(job)

    def _safely(self, heartbeat: Heartbeat) -> bool:
        """A database that is away for a while stops the work, not the worker."""
        try:
            worked = self.step(heartbeat)
            self._heads.write()
            return worked
        except Exception as error:
            self.app.logger.error("jobs: %s", _words(error))
            self.stopping.wait(TROUBLE_SECONDS)
            return False

    def _work(self, job: Job) -> bool:
        try:
            if job.attempts > MOST_TRIES:
                raise Died("every worker that tried it died")
            store = HANDLERS[job.kind](job.payload)
            with transaction("write"):
                store()
                outbox.finish(job)
        except LeaseLost as lost:
            self.app.logger.warning("%s: %s", job.effect_key, lost.message)
            return False
        except Exception as error:
            self._fail(job, error)
            return False
        return True

    def _fail(self, job: Job, error: Exception) -> None:
        reason = _words(error)
        self.app.logger.error("%s, try %d: %s", job.effect_key, job.attempts, reason)
        with transaction("write"):
            parked = outbox.fail(job, reason)
            if parked is not None:
                notices.alert(parked)

    def _reclaim(self) -> None:
        """Jobs of processes that died on this machine need not wait for their lease to run out."""
        with self.app.app_context():
            with transaction("read"):
                orphans = [row_id for row_id, name in waiting.leased() if is_dead(name)]
            if orphans:
                with transaction("write"):
                    outbox.release(orphans)

    def _is_empty(self) -> bool:
        with self.app.app_context(), transaction("read"):
            return waiting.pending() == 0


class HeadsFile:
    """Writes the ends of the chains beside the database whenever they moved, once a second at most."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._path = heads.path_of(app.config["HUIYIN_EVENT_HEADS"], app.config["HUIYIN_INSTANCE"])
        self._written = heads.last(self._path)
        self._next = 0.0

    def write(self, *, now: bool = False) -> None:
        if not now and time.monotonic() < self._next:
            return
        self._next = time.monotonic() + HEADS_SECONDS
        with self._app.app_context(), transaction("read"):
            current = [Head(row.committee_id, row.seq, row.hash, row.mac) for row in waiting.heads()]
        moved = [head for head in current if self._written.get(head.committee) != head]
        heads.append(self._path, moved, clock())
        self._written |= {head.committee: head for head in moved}


def _words(error: Exception) -> str:
    """What kind of failure and where; a foreign error's own text may quote what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    said = f": {error.message}" if isinstance(error, HuiyinError) and error.message else ""
    return f"{type(error).__name__}{said}{place}"
