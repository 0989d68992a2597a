"""Running the jobs and asking how they stand, from the shell."""

import re
from datetime import timedelta

import pytest

from tests.actions.conftest import everything
from tests.cli.conftest import Run, answer
from tests.world import NOW, World
from tracker.actions import outbox
from tracker.extensions import clock, db
from tracker.models import Outbox


def test_what_waits_is_done_and_counted(huiyin: World, run: Run) -> None:
    huiyin.raised()
    with clock.at(NOW):
        before = answer(run("jobs", "status", "--json"))
        assert (before["waiting"], before["done"], before["parked"]) == (2, 0, 0)
        assert run("jobs", "run", "--until-empty").stdout == "完成 2 件\n"
        after = answer(run("jobs", "status", "--json"))
    assert (after["waiting"], after["done"], after["oldest_seconds"]) == (0, 2, 0.0)


def test_a_parked_job_is_shown_with_its_reason(huiyin: World, run: Run) -> None:
    with huiyin.writing():
        outbox.put("notify", "notify:0", {"event": 0}, huiyin.actor("clerk").committee_id)
        db.session.flush()
        db.session.query(Outbox).update({"parked_at": NOW, "last_error": "KeyError", "attempts": 5})
    assert "notify:0: KeyError" in run("jobs", "status").stdout
    (job,) = answer(run("jobs", "status", "--json"))["parked_jobs"]
    assert job == {"effect_key": "notify:0", "kind": "notify", "attempts": 5, "last_error": "KeyError"}


STATES = {
    "waiting": {},
    "later": {"available_at": NOW + timedelta(minutes=1)},
    "running": {"claimed_by": "here:1:a", "lease_until": NOW + timedelta(seconds=5)},
    "parked": {"parked_at": NOW, "last_error": "KeyError"},
    "done": {"done_at": NOW},
}


@pytest.mark.parametrize("state", STATES)
def test_each_job_is_counted_in_one_state_only(huiyin: World, run: Run, state: str) -> None:
    with huiyin.writing():
        outbox.put("notify", "notify:0", {"event": 0}, huiyin.actor("clerk").committee_id)
        db.session.flush()
        if STATES[state]:
            db.session.query(Outbox).update(STATES[state])
    with clock.at(NOW):
        found = answer(run("jobs", "status", "--json"))
        said = run("jobs", "status").stdout.splitlines()[0]
    assert {name: found[name] for name in STATES} == {name: int(name == state) for name in STATES}
    assert [int(number) for number in re.findall(r"\d+", said)] == [int(name == state) for name in STATES]


def test_how_long_the_oldest_has_waited_is_told_in_seconds(huiyin: World, run: Run) -> None:
    for minutes in (0, 3):
        huiyin.raised(at=NOW + timedelta(minutes=minutes))
    with clock.at(NOW + timedelta(minutes=5)):
        assert answer(run("jobs", "status", "--json"))["oldest_seconds"] == 300.0
        assert "300" in run("jobs", "status").stdout


def test_asking_how_they_stand_does_none_of_them(huiyin: World, run: Run) -> None:
    huiyin.raised()
    before = everything(huiyin)
    run("jobs", "status")
    assert everything(huiyin) == before


def test_a_run_does_what_it_can_and_ends_although_something_is_parked(huiyin: World, run: Run) -> None:
    huiyin.raised()
    with huiyin.writing():
        first = db.session.query(Outbox).order_by(Outbox.id).first()
        first.parked_at, first.last_error = NOW, "KeyError"
    with clock.at(NOW):
        assert run("jobs", "run", "--until-empty").stdout == "完成 1 件\n"
        assert run("jobs", "run", "--until-empty").stdout == "完成 0 件\n"
