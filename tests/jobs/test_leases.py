"""A lease: held by a beat while the work lasts, lost when it stops, freed when its holder is dead."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from tests.world import NOW, World
from tracker.actions import outbox
from tracker.actions.outbox import LEASE, Job
from tracker.extensions import db
from tracker.jobs import leases
from tracker.jobs.leases import Heartbeat
from tracker.models import Outbox
from tracker.queries import outbox as waiting


@pytest.fixture
def work(either: World) -> World:
    """Two jobs are due on Monday."""
    either.raised()
    return either


def claim(world: World, worker: str, later: timedelta = timedelta()) -> Job | None:
    with world.writing(NOW + later):
        return outbox.claim(worker)


def claimed(world: World, worker: str = "here:1:a") -> Job:
    job = claim(world, worker)
    assert job is not None
    return job


def stored(world: World, job: Job) -> SimpleNamespace:
    """The row's columns, to be looked at outside its transaction."""
    with world.reading():
        row = db.session.get_one(Outbox, job.id)
        return SimpleNamespace(
            **{column.name: getattr(row, column.name) for column in Outbox.__table__.columns}
        )


# --- names


def test_a_name_tells_host_and_process_and_is_never_given_twice() -> None:
    names = {leases.new_name() for _ in range(50)}
    assert len(names) == 50
    assert {name.rpartition(":")[0] for name in names} == {f"{leases.HOST}:{os.getpid()}"}
    assert all(len(name) <= 64 for name in names)


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_an_ended_process_of_this_machine_is_dead(gone: int) -> None:
    assert leases.is_dead(f"{leases.HOST}:{gone}:abc")


def test_the_same_number_on_another_machine_may_live(gone: int) -> None:
    assert not leases.is_dead(f"elsewhere:{gone}:abc")


@pytest.mark.parametrize("name", ["", ":", "::", "x", f"{leases.HOST}:", f"{leases.HOST}:-1:a", "a:b:c:d"])
def test_of_a_name_that_is_none_nothing_is_known(name: str) -> None:
    assert not leases.is_dead(name)


def test_a_host_with_a_colon_in_its_name_is_still_told_apart(
    gone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "HOST", "fe80::1")
    assert leases.is_dead(f"fe80::1:{gone}:abc") and not leases.is_dead(leases.new_name())


# --- who holds what


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(("later", "free"), [(LEASE, False), (LEASE + timedelta(seconds=1), True)])
def test_a_lease_that_ran_out_is_anybodys(work: World, later: timedelta, free: bool) -> None:
    for worker in ("here:1:a", "here:2:b"):
        claimed(work, worker)
    assert (claim(work, "here:3:c", later) is not None) is free


def test_each_claim_is_a_try(work: World) -> None:
    first = claimed(work)
    claimed(work)
    again = claim(work, "here:2:b", LEASE + timedelta(seconds=1))
    assert again and (again.id, first.attempts, again.attempts) == (first.id, 1, 2)


@pytest.mark.requirement("R5")
def test_whoever_lost_the_lease_extends_fails_and_gives_back_nothing(work: World) -> None:
    job = claimed(work)
    with work.writing():
        db.session.query(Outbox).update({"claimed_by": "here:2:b"})
    for act in (outbox.extend, outbox.give_back, lambda job: outbox.fail(job, "x")):
        with work.writing():
            assert not act(job)
    row = stored(work, job)
    assert (row.claimed_by, row.attempts, row.last_error) == ("here:2:b", 1, "")


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 4), (4, 16)])
def test_each_failure_waits_twice_as_long(work: World, tries: int, seconds: int) -> None:
    job = claimed(work)
    with work.writing():
        db.session.query(Outbox).filter_by(id=job.id).update({"attempts": tries})
        assert outbox.fail(Job(**(vars(job) | {"attempts": tries})), "x" * 500) is None
    row = stored(work, job)
    assert row.available_at == NOW + timedelta(seconds=seconds) and len(row.last_error) == 200
    assert row.parked_at is None and row.claimed_by is None


def test_the_count_tells_running_from_waiting(work: World) -> None:
    claimed(work)
    with work.reading():
        found = waiting.status(NOW + timedelta(seconds=1))
        late = waiting.status(NOW + LEASE + timedelta(seconds=1))
    assert (found.waiting, found.running, found.oldest_seconds) == (1, 1, 1.0)
    assert (late.waiting, late.running) == (2, 0)


# --- the beat


@pytest.fixture
def beat(huiyin: World) -> Iterator[Heartbeat]:
    with Heartbeat(huiyin.app, seconds=0.005) as heartbeat:
        yield heartbeat


@pytest.fixture
def beats(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """The jobs whose lease was extended, in order."""
    found: list[Job] = []
    monkeypatch.setattr(outbox, "extend", found.append)
    return found


def wait_for(true: Callable[[], object]) -> bool:
    tick = threading.Event()
    return any(true() or tick.wait(0.005) for _ in range(1000))


JOB = Job(1, "notify", "notify:1", {}, 1, "here:1:a")


def test_while_nothing_is_done_nothing_is_extended(beats: list[Job], beat: Heartbeat) -> None:
    threading.Event().wait(0.05)
    assert beats == []


def test_only_the_job_at_hand_is_extended_and_only_while_it_lasts(beats: list[Job], beat: Heartbeat) -> None:
    with beat.during(JOB):
        assert wait_for(lambda: len(beats) >= 2)
    assert wait_for(lambda: beat._job is None)
    count = len(beats)
    threading.Event().wait(0.03)
    assert {job.id for job in beats} == {1} and len(beats) <= count + 1


def test_a_job_that_fails_is_no_longer_extended(beats: list[Job], beat: Heartbeat) -> None:
    with pytest.raises(ValueError), beat.during(JOB):
        raise ValueError
    assert beat._job is None


def test_a_database_that_is_away_for_a_beat_does_not_stop_the_heart(
    beat: Heartbeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Job] = []

    def extend(job: Job) -> None:
        tries.append(job)
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(outbox, "extend", extend)
    with beat.during(JOB):
        assert wait_for(lambda: len(tries) >= 3)


def test_the_heart_stops_with_its_worker(huiyin: World) -> None:
    with Heartbeat(huiyin.app, seconds=60) as heartbeat:
        assert heartbeat._thread.is_alive()
    assert not heartbeat._thread.is_alive()


def test_two_beats_may_be_missed_before_a_lease_is_lost() -> None:
    assert timedelta(seconds=2 * leases.BEAT_SECONDS) < LEASE
