"""The parent of the processes: starts them, starts them again, and lets nothing outlive it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tracker.cli import supervisor as supervisors
from tracker.cli.supervisor import LONGEST_PAUSE, STEADY_SECONDS, Child, Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
# Ignores the polite request, and says when it has begun to.
STUBBORN = ["sh", "-c", "trap '' TERM; touch up; exec sleep 60"]


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


@pytest.fixture
def children() -> Iterator[list[Child]]:
    """Whatever a test has started is ended with it."""
    started: list[Child] = []
    yield started
    for child in started:
        if child.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


@pytest.fixture
def keep(children: list[Child], tmp_path: Path) -> Callable[[Child], Supervisor]:
    def once(child: Child) -> Supervisor:
        children.append(child)
        parent = Supervisor(children, tmp_path)
        parent._keep(child)
        return parent

    return once


Keep = Callable[[Child], Supervisor]


def gone(child: Child) -> bool:
    return child.process is not None and child.process.poll() is not None


def test_what_does_not_run_is_started_where_it_belongs(keep: Keep, tmp_path: Path) -> None:
    child = Child("writer", ["touch", "here"])
    keep(child)
    assert child.process and child.process.wait(10) == 0
    assert (tmp_path / "here").exists()


def test_what_runs_is_left_alone(keep: Keep) -> None:
    child = Child("sleeper", SLEEPER)
    parent = keep(child)
    first = child.process
    parent._keep(child)
    assert child.process is first and child.is_running


def test_a_child_has_a_group_of_its_own(keep: Keep) -> None:
    """Ctrl-C in the terminal reaches the parent alone, which then stops the children one by one."""
    child = Child("sleeper", SLEEPER)
    keep(child)
    assert child.process and os.getpgid(child.process.pid) == child.process.pid != os.getpgrp()


def test_what_died_is_started_again_at_once_the_first_time(
    keep: Keep, capfd: pytest.CaptureFixture[str]
) -> None:
    child = Child("broken", ["false"])
    parent = keep(child)
    assert child.process and child.process.wait(10) == 1
    first = child.process.pid
    parent._keep(child)
    assert child.process and child.process.pid != first
    assert capfd.readouterr().err == "broken ended (1), starting again\n"


def test_the_second_time_it_waits(keep: Keep) -> None:
    child = Child("broken", ["false"])
    parent = keep(child)
    for _ in range(2):
        assert child.process
        child.process.wait(10)
        parent._keep(child)
    assert child.process is None and 0 < child.pause <= LONGEST_PAUSE


def test_what_ran_steadily_is_forgiven(keep: Keep) -> None:
    child = Child("sleeper", SLEEPER, pause=16.0)
    parent = keep(child)
    parent._keep(child)
    assert child.pause == 16.0
    child.started -= STEADY_SECONDS + 1
    parent._keep(child)
    assert child.pause == 0.0


def test_a_stop_ends_every_child(keep: Keep) -> None:
    first, second = Child("one", SLEEPER), Child("two", SLEEPER)
    keep(first)
    keep(second)._stop()
    assert gone(first) and gone(second)


def test_one_that_does_not_listen_is_ended_after_its_time(
    keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisors, "STOP_SECONDS", 0.1)
    child = Child("stubborn", STUBBORN)
    parent = keep(child)
    parent._stop()
    assert gone(child)


def test_a_stop_before_anything_ran_is_quick(tmp_path: Path) -> None:
    Supervisor([Child("never", ["true"])], tmp_path)._stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_asked_to(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisors, "TICK_SECONDS", 0.01)
    kept = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    child = Child("sleeper", SLEEPER)
    parent = Supervisor([child], tmp_path)
    real = parent._keep

    def keep_and_ask(one: Child) -> None:
        real(one)
        os.kill(os.getpid(), number)

    monkeypatch.setattr(parent, "_keep", keep_and_ask)
    try:
        assert parent.run() == 0
    finally:
        for one, handler in kept.items():
            signal.signal(one, handler)
    assert gone(child)


def test_what_a_dead_child_left_behind_is_ended_too(keep: Keep, capfd: pytest.CaptureFixture[str]) -> None:
    """A worker that went on answering at the port would keep the new server from it."""
    child = Child("mother", ["sh", "-c", "sleep 60 & echo $!; exit 1"])
    parent = keep(child)
    assert child.process
    child.process.wait(10)
    orphan = int(capfd.readouterr().out)
    parent._mourn(child, now=0.0)
    until(lambda: _ended(orphan))


def _ended(process: int) -> bool:
    """Gone, or only waiting to be counted by its new parent."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def test_to_clear_up_after_what_is_gone_is_no_failure() -> None:
    process = subprocess.Popen(["true"], process_group=0)
    process.wait()
    supervisors._clear(process.pid)
