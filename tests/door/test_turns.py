"""Writers of a SQLite database take turns, also between processes: each Turnstile here stands for one."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Semaphore

import pytest

from tracker import turnstile
from tracker.turnstile import Turnstile


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "huiyin.db")


@contextmanager
def _occupied(here: Turnstile) -> Iterator[None]:
    """Somebody of this process is writing; leaves with the block."""
    entered, leave = Event(), Event()

    def write() -> None:
        with here.passed():
            entered.set()
            leave.wait(10)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write)
        assert entered.wait(10)
        try:
            yield
        finally:
            leave.set()
            done.result()


def _enter(here: Turnstile, name: str, order: list[str]) -> None:
    with here.passed():
        order.append(name)


def test_who_waits_longer_is_let_in_before_a_later_comer_of_the_busy_process(database: str) -> None:
    one, other = Turnstile(database), Turnstile(database)
    order: list[str] = []
    with ThreadPoolExecutor(2) as pool, _occupied(one):
        first = pool.submit(_enter, other, "waiting", order)
        while turnstile._locked(one._door, 0):
            # The other process has not reached the door yet.
            turnstile.fcntl.flock(one._door, turnstile.fcntl.LOCK_UN)
        second = pool.submit(_enter, one, "later", order)
    first.result()
    second.result()
    assert order == ["waiting", "later"]


def test_a_process_that_ends_in_the_middle_gives_its_turn_back(database: str) -> None:
    gone, order = Turnstile(database), []
    assert turnstile._locked(gone._room, 0)
    os.close(gone._door)
    os.close(gone._room)
    _enter(Turnstile(database), "next", order)
    assert order == ["next"]


def test_who_waited_long_enough_goes_on_and_asks_the_database(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turnstile, "BUSY_SECONDS", 0.05)
    order: list[str] = []
    with _occupied(Turnstile(database)):
        _enter(Turnstile(database), "impatient", order)
    assert order == ["impatient"]


def test_threads_of_one_process_go_through_one_by_one(database: str) -> None:
    here, inside, most = Turnstile(database), Semaphore(1), []

    def write() -> None:
        with here.passed():
            most.append(inside.acquire(blocking=False))
            inside.release()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write) for _ in range(40)]:
            done.result()
    assert most == [True] * 40


@pytest.mark.parametrize("ending", [ValueError, KeyboardInterrupt])
def test_who_fails_inside_gives_the_turn_back(database: str, ending: type[BaseException]) -> None:
    here, order = Turnstile(database), []
    with pytest.raises(ending), here.passed():
        raise ending
    _enter(here, "same process", order)
    _enter(Turnstile(database), "other process", order)
    assert order == ["same process", "other process"]


def test_the_files_of_the_turns_lie_beside_the_database_for_its_owner_alone(database: str) -> None:
    Turnstile(database)
    folder = Path(database).parent
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "huiyin.db-door": 0o600,
        "huiyin.db-room": 0o600,
    }


def test_databases_do_not_wait_for_each_other(tmp_path: Path) -> None:
    order: list[str] = []
    with _occupied(Turnstile(str(tmp_path / "one.db"))):
        _enter(Turnstile(str(tmp_path / "two.db")), "two", order)
        assert order == ["two"]
