"""What still waits to be done: each job is counted in exactly one place."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.queries.conftest import Filled
from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import Outbox
from tracker.queries import outbox

SECOND = timedelta(seconds=1)
JOBS: dict[str, dict[str, Any]] = {
    "due": {"available_at": NOW - 90 * SECOND},
    "due now": {"available_at": NOW},
    "later": {"available_at": NOW + SECOND},
    "running": {"available_at": NOW - 300 * SECOND, "claimed_by": "w1", "lease_until": NOW},
    "lost": {"available_at": NOW - 60 * SECOND, "claimed_by": "w2", "lease_until": NOW - SECOND},
    "done": {"available_at": NOW, "done_at": NOW},
    "parked": {"available_at": NOW, "parked_at": NOW, "attempts": 5, "last_error": "SMTPError"},
}


def _put(world: World, **jobs: dict[str, Any]) -> None:
    with world.writing():
        committee = world.actor("clerk").committee_id
        db.session.add_all(
            Outbox(committee_id=committee, kind="notify", effect_key=name, payload={}, **facts)
            for name, facts in jobs.items()
        )


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    _put(filling.world, **JOBS)
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


@pytest.mark.usefixtures("reading")
def test_each_job_is_in_one_place() -> None:
    status = outbox.status(NOW)
    counted = (status.waiting, status.later, status.running, status.parked, status.done)
    assert counted == (3, 1, 1, 1, 1) and sum(counted) == len(JOBS)
    assert outbox.pending() == 5


@pytest.mark.usefixtures("reading")
def test_the_oldest_is_the_one_that_could_be_taken_up_longest_ago() -> None:
    assert outbox.status(NOW).oldest_seconds == 90.0
    # A moment later the lease of the running one is over, and it has waited longest.
    assert outbox.status(NOW + SECOND).oldest_seconds == 301.0


@pytest.mark.usefixtures("reading")
def test_parked_jobs_are_told_with_their_last_error() -> None:
    assert outbox.status(NOW).parked_jobs == [
        {"effect_key": "parked", "kind": "notify", "attempts": 5, "last_error": "SMTPError"}
    ]


@pytest.mark.usefixtures("reading")
def test_what_somebody_holds_is_told_with_the_holder_also_when_the_lease_is_over() -> None:
    assert sorted(who for _, who in outbox.leased()) == ["w1", "w2"]


@pytest.mark.parametrize(
    ("name", "now", "due"),
    [
        ("due", NOW, True),
        ("due now", NOW, True),
        ("later", NOW, False),
        ("later", NOW + SECOND, True),
        ("running", NOW, False),
        ("running", NOW + SECOND, True),
        ("lost", NOW, True),
        ("done", NOW, False),
        ("parked", NOW + 9 * SECOND, False),
    ],
)
def test_a_worker_is_told_whether_it_would_find_something(
    name: str, now: datetime, due: bool, either: World
) -> None:
    _put(either, it=JOBS[name])
    with either.reading():
        assert outbox.is_due(now) is due


def test_an_empty_box_has_nothing_to_tell(either: World) -> None:
    with either.reading():
        assert outbox.status(NOW) == outbox.Status(0, 0, 0, 0, 0, 0.0, [])
        assert (outbox.is_due(NOW), outbox.leased(), outbox.pending()) == (False, [], 0)


def test_every_committee_that_wrote_something_has_the_end_of_its_diary(either: World) -> None:
    before = _ends(either)
    either.raised()
    either.raised(by="dt-member")
    either.raised(by="dt-member")
    grown = {code: seq - before.get(code, 0) for code, seq in _ends(either).items()}
    assert list(grown.values()) == [1, 2]


def _ends(world: World) -> dict[int, int]:
    with world.reading():
        return {head.committee_id: head.seq for head in outbox.heads()}
