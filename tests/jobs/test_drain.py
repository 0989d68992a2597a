"""The worker goes on, whatever one job does; what it cannot do is parked and told."""

import json
import os
import subprocess
import threading
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from tests.jobs.conftest import Drain
from tests.world import NOW, World
from tracker.actions import outbox
from tracker.errors import Invalid
from tracker.extensions import clock, db
from tracker.jobs import drain as drains
from tracker.jobs import leases
from tracker.jobs.drain import Worker
from tracker.jobs.handlers import Payload, Store
from tracker.jobs.leases import Heartbeat
from tracker.models import Notice, Outbox
from tracker.outgoing import heads
from tracker.queries import outbox as waiting

COLUMNS = tuple(column.name for column in Outbox.__table__.columns)
SECRET = "欧阳桂兰 13912342186"


def poison(payload: Payload) -> Store:
    raise RuntimeError(SECRET)


def half(payload: Payload) -> Store:
    """Stores something and then refuses."""

    def store() -> None:
        outbox.put("never", "never:1", {}, 1)
        raise Invalid.one("x", "不行")

    return store


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"poison": poison, "half": half}
    monkeypatch.setattr(drains, "HANDLERS", drains.HANDLERS | kinds)


def put(world: World, *kinds: str) -> None:
    with world.writing():
        for kind in kinds:
            outbox.put(kind, f"{kind}:1", {"event": 0}, world.actor("clerk").committee_id)


def row(world: World, kind: str) -> SimpleNamespace:
    """The row's columns, to be looked at outside its transaction."""
    with world.reading():
        found = db.session.query(Outbox).filter_by(kind=kind).one()
        return SimpleNamespace(**{name: getattr(found, name) for name in COLUMNS})


@pytest.mark.requirement("R5")
@pytest.mark.usefixtures("odd")
def test_one_bad_job_never_stops_the_rest_and_is_parked_with_an_alert(either: World) -> None:
    put(either, "poison")
    either.raised()
    moment = NOW
    for _ in range(7):
        with clock.at(moment), Heartbeat(either.app) as heartbeat:
            worker = Worker(either.app)
            for _ in range(8):
                worker.step(heartbeat)
        moment += timedelta(seconds=33)
    parked = row(either, "poison")
    assert parked.parked_at and parked.attempts == 5 and parked.done_at is None
    with either.reading():
        assert waiting.status(moment).parked == 1 and waiting.pending() == 0
        told = db.session.query(Notice).filter_by(template="job.park").count()
        assert told == 1 and db.session.query(Notice).filter_by(template="case.raise").count() == 2


@pytest.mark.usefixtures("odd")
def test_a_failure_is_written_down_without_what_it_said(
    huiyin: World, caplog: pytest.LogCaptureFixture
) -> None:
    put(huiyin, "poison")
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        Worker(huiyin.app).step(heartbeat)
    assert row(huiyin, "poison").last_error.startswith("RuntimeError (test_drain.py:")
    assert SECRET not in caplog.text and "RuntimeError" in caplog.text


@pytest.mark.usefixtures("odd")
def test_an_effect_that_fails_leaves_nothing_of_itself(huiyin: World) -> None:
    put(huiyin, "half")
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        Worker(huiyin.app).step(heartbeat)
    with huiyin.reading():
        assert db.session.query(Outbox).filter_by(effect_key="never:1").count() == 0
    assert row(huiyin, "half").attempts == 1


def test_an_unknown_kind_is_a_failure_like_any_other(huiyin: World) -> None:
    put(huiyin, "telegram")
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        Worker(huiyin.app).step(heartbeat)
    assert row(huiyin, "telegram").last_error.startswith("KeyError")


@pytest.mark.usefixtures("odd")
def test_a_job_that_killed_every_worker_is_parked_untried(huiyin: World) -> None:
    put(huiyin, "poison")
    with huiyin.writing():
        db.session.query(Outbox).update({"attempts": 5, "lease_until": NOW - timedelta(seconds=1)})
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        Worker(huiyin.app).step(heartbeat)
    assert row(huiyin, "poison").parked_at and row(huiyin, "poison").last_error.startswith("Died")


def test_a_database_that_is_away_stops_the_work_and_not_the_worker(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drains, "TROUBLE_SECONDS", 0.01)
    huiyin.raised()
    real, falls = outbox.claim, iter((True, True, False))

    def claim(worker: str) -> outbox.Job | None:
        if next(falls, False):
            raise OperationalError("claim", {}, Exception("away"))
        return real(worker)

    monkeypatch.setattr(outbox, "claim", claim)
    with clock.at(NOW):
        assert Worker(huiyin.app).run(until_empty=True) == 2


def test_leases_of_processes_that_died_here_are_freed_at_once(huiyin: World, drain: Drain) -> None:
    huiyin.raised()
    dead = subprocess.Popen(["true"])
    dead.wait()
    with huiyin.writing():
        assert outbox.claim(f"{leases.HOST}:{dead.pid}:abc")
        assert outbox.claim(f"{leases.HOST}:{dead.pid}:abc")
    assert drain(huiyin) == 2


def test_only_what_surely_died_is_taken_from_its_owner() -> None:
    assert not leases.is_dead(leases.new_name())
    assert not leases.is_dead(f"{leases.HOST}:1:abc")
    assert not leases.is_dead(f"elsewhere:{os.getpid()}:abc")
    assert not leases.is_dead("nonsense")


def test_the_heartbeat_keeps_a_slow_jobs_lease(huiyin: World) -> None:
    huiyin.raised()
    with huiyin.writing():
        job = outbox.claim("me:1:x")
        assert job
        db.session.query(Outbox).filter_by(id=job.id).update({"lease_until": NOW})
    beaten = threading.Event()
    with Heartbeat(huiyin.app, seconds=0.01) as heartbeat, heartbeat.during(job):
        for _ in range(200):
            with huiyin.reading():
                if db.session.get_one(Outbox, job.id).lease_until != NOW:
                    beaten.set()
                    break
    assert beaten.is_set()


@pytest.mark.requirement("T39")
def test_the_ends_of_the_chains_are_noted_whenever_they_moved(huiyin: World, drain: Drain) -> None:
    path = Path(huiyin.app.config["HUIYIN_INSTANCE"]) / heads.DEFAULT_NAME
    for _ in range(2):
        huiyin.raised()
        drain(huiyin)
        drain(huiyin)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["seq"] for line in lines] == sorted({line["seq"] for line in lines})
    with huiyin.reading():
        (last,) = [head for head in waiting.heads() if head.committee_id == lines[-1]["committee"]]
        assert (lines[-1]["seq"], lines[-1]["hash"]) == (last.seq, last.hash.hex())


def test_a_stop_lets_the_job_at_hand_end_and_takes_no_other(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    huiyin.raised()
    worker = Worker(huiyin.app)
    real = drains.HANDLERS["notify"]

    def stop_inside(payload: Payload) -> Store:
        worker.stop()
        return real(payload)

    monkeypatch.setattr(drains, "HANDLERS", drains.HANDLERS | {"notify": stop_inside})
    with clock.at(NOW):
        assert worker.run() == 1
    with huiyin.reading():
        assert waiting.pending() == 1


# --- the end of a run


def test_a_worker_with_nothing_to_do_ends_at_once(huiyin: World, drain: Drain) -> None:
    assert drain(huiyin) == 0


def test_what_is_not_due_yet_keeps_a_worker_that_is_to_empty_everything(
    huiyin: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for a try that comes later rather than leave it undone."""
    monkeypatch.setattr(drains, "IDLE_SECONDS", 0.001)
    put(huiyin, "telegram")
    with huiyin.writing():
        db.session.query(Outbox).update({"available_at": NOW + timedelta(seconds=2)})
    worker, looks = Worker(huiyin.app), iter(range(5))
    monkeypatch.setattr(worker, "_is_empty", lambda: next(looks, None) is None)
    with clock.at(NOW):
        assert worker.run(until_empty=True) == 0
    assert row(huiyin, "telegram").attempts == 0


def test_parked_jobs_do_not_keep_a_worker(huiyin: World, drain: Drain) -> None:
    put(huiyin, "telegram")
    with huiyin.writing():
        db.session.query(Outbox).update({"parked_at": NOW})
    assert drain(huiyin) == 0


def test_a_stopped_worker_takes_nothing(huiyin: World) -> None:
    huiyin.raised()
    worker = Worker(huiyin.app)
    worker.stop()
    with clock.at(NOW):
        assert worker.run() == 0


def test_each_worker_has_a_name_of_its_own(huiyin: World) -> None:
    assert Worker(huiyin.app).name != Worker(huiyin.app).name


# --- losing and failing


@pytest.mark.requirement("R5")
def test_a_worker_that_lost_its_lease_stores_nothing_and_counts_nothing(
    either: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(payload: Payload) -> Store:
        with either.writing():
            db.session.query(Outbox).update({"claimed_by": "another:1:x"})
        return lambda: outbox.put("never", "never:1", {}, 1)

    monkeypatch.setattr(drains, "HANDLERS", {"slow": slow})
    put(either, "slow")
    with clock.at(NOW), Heartbeat(either.app) as heartbeat:
        assert not Worker(either.app).step(heartbeat)
    found = row(either, "slow")
    assert (found.claimed_by, found.done_at, found.last_error) == ("another:1:x", None, "")
    with either.reading():
        assert db.session.query(Outbox).filter_by(effect_key="never:1").count() == 0


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize(
    ("kind", "reason"), [("half", "Invalid: 请改正下面标出的内容 ("), ("poison", "RuntimeError (")]
)
def test_our_own_refusals_are_written_down_in_words_and_foreign_ones_by_kind(
    huiyin: World, kind: str, reason: str
) -> None:
    put(huiyin, kind)
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        assert not Worker(huiyin.app).step(heartbeat)
    assert row(huiyin, kind).last_error.startswith(reason)


@pytest.mark.usefixtures("odd")
def test_a_try_that_failed_waits_and_the_next_job_does_not(huiyin: World) -> None:
    put(huiyin, "poison")
    huiyin.raised()
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        worker = Worker(huiyin.app)
        assert [worker.step(heartbeat) for _ in range(4)] == [False, True, True, False]
    assert row(huiyin, "poison").attempts == 1


def test_looking_for_work_takes_no_write_lock(huiyin: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle workers look three times a second; who writes must not wait for them."""
    monkeypatch.setattr(outbox, "claim", lambda _worker: pytest.fail("it went for the lock"))
    with clock.at(NOW), Heartbeat(huiyin.app) as heartbeat:
        assert Worker(huiyin.app).step(heartbeat) is False


# --- the ends of the chains


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_ends_are_noted_once_a_second_at_most_and_at_the_end_in_any_case(
    huiyin: World, tmp_path: Path
) -> None:
    huiyin.app.config["HUIYIN_EVENT_HEADS"] = str(tmp_path / "heads.log")
    file = drains.HeadsFile(huiyin.app)
    for _ in range(3):
        huiyin.raised()
        file.write()
    assert [line["seq"] for line in lines(tmp_path / "heads.log")] == [1]
    file.write(now=True)
    assert [line["seq"] for line in lines(tmp_path / "heads.log")] == [1, 3]


def test_a_worker_that_starts_again_goes_on_where_the_file_ends(huiyin: World, tmp_path: Path) -> None:
    huiyin.app.config["HUIYIN_EVENT_HEADS"] = str(tmp_path / "heads.log")
    huiyin.raised()
    for _ in range(3):
        drains.HeadsFile(huiyin.app).write(now=True)
    assert len(lines(tmp_path / "heads.log")) == 1


def test_each_committee_has_a_line_of_its_own(huiyin: World, tmp_path: Path) -> None:
    huiyin.app.config["HUIYIN_EVENT_HEADS"] = str(tmp_path / "heads.log")
    huiyin.raised()
    World(huiyin.app, "dt").raised()
    drains.HeadsFile(huiyin.app).write(now=True)
    found = lines(tmp_path / "heads.log")
    assert len({line["committee"] for line in found}) == len(found) == 2
