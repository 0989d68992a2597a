"""Which SQLite is used, in which journal mode, and what every connection promises."""

import sqlite3

import pytest
from sqlalchemy import text

from tests.world import World
from tracker.errors import CannotStart
from tracker.extensions import db
from tracker.models import engine


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
        ((3, 51, 2), False),
        ((3, 51, 0), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 49, 9), False),
        ((3, 44, 6), True),
        ((3, 44, 5), False),
        ((3, 45, 0), False),
        ((3, 40, 1), False),
    ],
)
def test_wal_is_used_only_where_no_commit_can_be_lost(version: tuple[int, ...], safe: bool) -> None:
    class Module:
        sqlite_version_info = version

    assert engine.wal_is_safe(version) is safe
    assert engine.journal_mode(Module) == ("wal" if safe else "delete")


def test_what_we_ship_is_safe_and_in_use(huiyin: World) -> None:
    assert engine.wal_is_safe(engine.driver().sqlite_version_info)
    with huiyin.reading():
        assert db.session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert db.session.scalar(text("SELECT sqlite_version()")) == engine.driver().sqlite_version


@pytest.mark.parametrize(
    ("platform", "machine", "starts"),
    [("linux", "x86_64", False), ("linux", "aarch64", True), ("darwin", "x86_64", True)],
)
def test_without_the_shipped_sqlite_only_other_machines_start(
    platform: str, machine: str, starts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "bundled", None)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("platform.machine", lambda: machine)
    if starts:
        assert engine.driver() is sqlite3
        return
    with pytest.raises(CannotStart, match="requirements"):
        engine.driver()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("synchronous", 2), ("secure_delete", 1), ("trusted_schema", 0)],
)
def test_every_connection_keeps_its_promises(pragma: str, value: int, huiyin: World) -> None:
    with huiyin.reading():
        assert db.session.scalar(text(f"PRAGMA {pragma}")) == value


def test_sqlite_begins_by_hand_and_postgresql_asks_whether_a_connection_still_lives() -> None:
    assert engine.engine_options("sqlite:///x.db")["connect_args"]["isolation_level"] is None
    assert engine.engine_options("postgresql+psycopg://h/x")["pool_pre_ping"] is True


def test_a_reading_transaction_cannot_write(either: World) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"), either.reading():
        db.session.execute(text("UPDATE committee SET name = 'x'"))
