"""Running the jobs and asking how they stand, from the shell."""

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
