"""One tree of processes: what dies is started again, and nothing outlives the stop."""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run, refused
from tests.jobs.processes import ROOT, settings
from tests.world import World
from tracker.cli.supervisor import Child, Supervisor
from tracker.outgoing import fonts, pdf

SECONDS = 60


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def children(process: int) -> dict[str, int]:
    """Direct children by what they are: web or jobs."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes().decode()
        except (OSError, ValueError):
            continue
        if parent == process:
            found["jobs" if "jobs" in command else "web"] = int(entry.name)
    return found


def descendants(process: int) -> list[int]:
    below = list(children_of(process))
    return [*below, *(one for child in below for one in descendants(child))]


def children_of(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def is_alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def service(huiyin: World, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, cwd=ROOT, env=settings(huiyin), stdout=subprocess.DEVNULL)
    try:
        until(lambda: answers(port))
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(SECONDS)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def are_both_new(now: dict[str, int], before: dict[str, int]) -> bool:
    """Killed processes stay in the table until their parent has seen it."""
    return set(now) == set(before) and not set(now.values()) & set(before.values())


def test_what_dies_is_started_again_and_a_stop_ends_everything(
    service: "subprocess.Popen[bytes]", port: int
) -> None:
    first = children(service.pid)
    assert set(first) == {"web", "jobs"}
    for name in ("jobs", "web"):
        os.kill(first[name], signal.SIGKILL)
    until(lambda: are_both_new(children(service.pid), first))
    until(lambda: answers(port))
    tree = descendants(service.pid)
    service.send_signal(signal.SIGTERM)
    assert service.wait(SECONDS) == 0
    assert not answers(port)
    assert [process for process in tree if is_alive(process)] == []


def test_a_killed_parent_takes_its_children_along(service: "subprocess.Popen[bytes]", port: int) -> None:
    tree = descendants(service.pid)
    assert len(tree) >= 2
    service.kill()
    service.wait()
    until(lambda: not any(is_alive(process) for process in tree))
    assert not answers(port)


def test_a_child_that_keeps_dying_is_tried_ever_more_slowly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    child = Child("broken", ["false"])
    supervisor = Supervisor([child], tmp_path)
    waits = []
    for _ in range(8):
        child.process = subprocess.Popen(child.command, process_group=0)
        child.process.wait()
        supervisor._mourn(child, now=0.0)
        waits.append(child.due)
    assert waits == [0, 1, 2, 4, 8, 16, 30, 30]
    assert capfd.readouterr().err.count("broken ended (1), starting again") == 8


@pytest.mark.parametrize("lacking, lines", [([], 0), (["fang", "kai"], 1)])
def test_missing_fonts_are_said_at_the_start_with_their_remedy(
    run: Run, port: int, monkeypatch: pytest.MonkeyPatch, lacking: list[str], lines: int
) -> None:
    monkeypatch.setattr(Supervisor, "run", lambda _self: 0)
    monkeypatch.setattr(fonts, "missing", lambda _directories: lacking)
    monkeypatch.setattr(pdf, "_of_libraries", lambda: [])
    said = run("serve", "--port", port).stderr.splitlines()
    assert len(said) == lines and all("仿宋、楷体" in line and "make fonts" in line for line in said)


def test_a_port_that_is_taken_is_said_at_once(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert "端口" in refused(run("serve", "--port", other.getsockname()[1]))


def test_an_impossible_port_is_misuse(run: Run) -> None:
    assert run("serve", "--port", "0").exit_code == 2
    assert run("serve", "--workers", "0").exit_code == 2


@pytest.fixture
def started(run: Run, port: int, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, list[str]]]:
    """The commands of the children that would be kept running."""
    found: dict[str, list[str]] = {}

    def note(parent: Supervisor) -> int:
        found.update({child.name: child.command for child in parent._children})
        return 0

    def ask(*words: str) -> dict[str, list[str]]:
        result = run("serve", "--port", port, *words)
        assert result.exit_code == 0 and f"http://127.0.0.1:{port}" in result.stdout
        return found

    monkeypatch.setattr(Supervisor, "run", note)
    return ask


Started = Callable[..., dict[str, list[str]]]


def test_the_worker_beside_the_server_is_the_same_program_as_alone(started: Started) -> None:
    assert started()["jobs"][1:] == ["-m", "flask", "--app", "wsgi", "jobs", "run"]


def test_the_worker_may_run_elsewhere(started: Started) -> None:
    assert set(started("--no-jobs")) == {"web"}


def test_the_server_listens_where_it_was_told_and_answers_quietly(started: Started, port: int) -> None:
    web = started("--workers", "3")["web"]
    given = dict(itertools.pairwise(web))
    assert (given["--host"], given["--port"], given["--workers"]) == ("127.0.0.1", str(port), "3")
    assert given["--log-level"] == "warning" and "--no-ws" in web and "--access-log" not in web


@pytest.mark.parametrize(("processors", "workers"), [(None, "2"), (1, "2"), (3, "3"), (64, "4")])
def test_without_a_number_there_is_a_process_for_each_processor_within_measure(
    started: Started, monkeypatch: pytest.MonkeyPatch, processors: int | None, workers: str
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    web = started()["web"]
    assert web[web.index("--workers") + 1] == workers
