"""What is created once and bound to the app later: the session, the transaction, the clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from tracker.turnstile import BUSY_SECONDS, Turnstile

Mode = Literal["read", "write"]

db = SQLAlchemy(session_options={"expire_on_commit": False})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()

_mode: ContextVar[Mode | None] = ContextVar("transaction_mode", default=None)
_looked_up: ContextVar[dict[str, Any] | None] = ContextVar("looked_up", default=None)


@contextmanager
def transaction(mode: Mode = "write") -> Iterator[Session]:
    """One unit of work: all of it is stored, or nothing.

    Opened by the entrance. "read" cannot write; "write" takes SQLite's write lock before the first read, so
    that nothing decided inside can be overtaken.
    """
    if _mode.get() is not None:
        raise RuntimeError("a transaction is open already")
    session: Session = db.session()
    token, memory = _mode.set(mode), _looked_up.set({})
    try:
        with _turn(session, mode):
            yield from _unit(session, mode)
    finally:
        _looked_up.reset(memory)
        _mode.reset(token)


def _unit(session: Session, mode: Mode) -> Iterator[Session]:
    try:
        yield session
        if mode == "write":
            session.commit()
        else:
            session.rollback()
    except BaseException:
        session.rollback()
        raise


@contextmanager
def _turn(session: Session, mode: Mode) -> Iterator[None]:
    """Let SQLite's writers in one by one, in the order they came, as PostgreSQL's rows do by themselves."""
    bind = session.get_bind()
    database = bind.engine.url.database if bind.dialect.name == "sqlite" else None
    if mode == "read" or not database or database == ":memory:":
        yield
        return
    with _turnstile_of(database).passed():
        yield


@cache
def _turnstile_of(database: str) -> Turnstile:
    return Turnstile(database)


def writing() -> bool:
    """Is a write transaction open?"""
    return _mode.get() == "write"


def in_transaction() -> bool:
    """Is any unit of work open?"""
    return _mode.get() is not None


def looked_up() -> dict[str, Any]:
    """What holds for the whole unit of work and is looked up once in it; nothing is kept outside of one."""
    found = _looked_up.get()
    return {} if found is None else found


def prepare_engine(engine: Engine, journal_mode: str) -> None:
    """Make every connection safe by the rules of docs/running.md."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection, journal_mode))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, journal_mode: str) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        f"journal_mode={journal_mode}",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",
        "trusted_schema=OFF",
        # 32 MiB a connection, in KiB: the 2 MiB it would take forget the upper index pages of large tables.
        "cache_size=-32768",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = _mode.get() == "read"
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout='5s'; SET idle_in_transaction_session_timeout='10s'")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if _mode.get() == "read":
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


class Clock:
    """Now, in UTC. Demo data and tests hand in another moment with ``with clock.at(moment):``."""

    def __init__(self) -> None:
        self._source: ContextVar[Callable[[], datetime] | None] = ContextVar("clock", default=None)

    def __call__(self) -> datetime:
        source = self._source.get()
        return source() if source else datetime.now(UTC)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        token = self._source.set(lambda: moment)
        try:
            yield
        finally:
            self._source.reset(token)


clock = Clock()
