"""One worker has a job, for as long as its lease; five tries, then it is parked and somebody is told."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.actions import notices, outbox
from tracker.actions.outbox import LEASE, MOST_TRIES, Job, LeaseLost
from tracker.extensions import db
from tracker.models import Event, Outbox

LATER = NOW + LEASE + timedelta(seconds=1)


def queued(world: World, *keys: str) -> None:
    with world.writing():
        for key in keys:
            outbox.put("notify", key, {"event": 1}, world.actor("clerk").committee_id)


def claimed(world: World, worker: str = "one", at: datetime = NOW) -> Job | None:
    with world.writing(at):
        return outbox.claim(worker)


def row(key: str) -> Outbox:
    return db.session.scalars(select(Outbox).where(Outbox.effect_key == key)).one()


def test_the_same_effect_is_queued_once(either: World) -> None:
    queued(either, "a")
    queued(either, "a")
    with either.reading():
        assert db.session.query(Outbox).filter_by(effect_key="a").count() == 1


def test_the_oldest_job_comes_first_and_is_nobody_elses(either: World) -> None:
    queued(either, "a", "b")
    found = [claimed(either, worker) for worker in ("one", "two", "three")]
    assert [job.effect_key if job else None for job in found] == ["a", "b", None]


def test_a_job_that_is_not_due_yet_waits(either: World) -> None:
    queued(either, "a")
    assert claimed(either, at=NOW - timedelta(seconds=1)) is None


def test_a_lease_that_ran_out_is_anybodys_and_the_first_can_store_nothing(either: World) -> None:
    queued(either, "a")
    first = claimed(either, "one")
    second = claimed(either, "two", LATER)
    assert first and second and second.attempts == 2
    with pytest.raises(LeaseLost), either.writing(LATER):
        outbox.finish(first)
    with either.writing(LATER):
        outbox.finish(second)
        assert row("a").done_at == LATER


def test_a_heartbeat_keeps_the_lease(either: World) -> None:
    queued(either, "a")
    job = claimed(either, "one")
    assert job
    with either.writing(NOW + LEASE / 2):
        assert outbox.extend(job)
    assert claimed(either, "two", NOW + LEASE + timedelta(seconds=1)) is None
    assert claimed(either, "two", NOW + LEASE * 1.5 + timedelta(seconds=1)) is not None


def test_a_finished_job_is_never_claimed_again(either: World) -> None:
    queued(either, "a")
    job = claimed(either)
    assert job
    with either.writing():
        outbox.finish(job)
    assert claimed(either, "two", NOW + timedelta(days=1)) is None


@pytest.mark.requirement("R5")
def test_a_job_that_fails_five_times_is_parked_and_told_once(either: World) -> None:
    either.raised()
    with either.writing():
        db.session.query(Outbox).delete()
    queued(either, "poison")
    moment, pauses = NOW, []
    for _ in range(MOST_TRIES):
        job = claimed(either, at=moment)
        assert job
        with either.writing(moment):
            parked = outbox.fail(job, "RuntimeError")
            pauses.append((row("poison").available_at - moment).total_seconds())
            if parked:
                notices.alert(parked)
        moment += timedelta(seconds=pauses[-1])
    assert pauses == [2, 4, 8, 16, 32]
    assert claimed(either, at=moment + timedelta(days=1)).kind == "notify"  # type: ignore[union-attr]
    with either.reading():
        assert row("poison").parked_at and row("poison").last_error == "RuntimeError"
        assert [event.data for event in db.session.query(Event).filter_by(verb="park")] == [
            {"kind": "notify"}
        ]


def test_an_alert_that_cannot_be_told_raises_no_second_alert(huiyin: World) -> None:
    queued(huiyin, "poison")
    with huiyin.writing():
        notices.alert(row("poison"))
        park = db.session.query(Event).filter_by(verb="park").one()
        telling = row(f"notify:{park.id}")
        notices.alert(telling)
        assert db.session.query(Event).filter_by(verb="park").count() == 1


def test_stopping_gives_the_job_back_without_counting_the_try(huiyin: World) -> None:
    queued(huiyin, "a")
    job = claimed(huiyin)
    assert job
    with huiyin.writing():
        outbox.give_back(job)
    again = claimed(huiyin, "two")
    assert again and again.attempts == 1


def test_what_a_dead_worker_held_is_freed_behind_what_waits(huiyin: World) -> None:
    queued(huiyin, "a", "b")
    held = claimed(huiyin)
    assert held and held.effect_key == "a"
    with huiyin.writing(NOW + timedelta(seconds=1)):
        outbox.release([held.id])
    order = [claimed(huiyin, "two", datetime.now(UTC) + timedelta(days=9)) for _ in range(2)]
    assert [job.effect_key if job else None for job in order] == ["b", "a"]
