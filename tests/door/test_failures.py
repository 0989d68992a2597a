"""What goes wrong below has its status and a number, and says nothing of our inside (T42)."""

import errno
import logging

import psycopg
import pytest
from psycopg.errors import DeadlockDetected, DiskFull, QueryCanceled, TooManyConnections
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError

from tests.door.conftest import Answer

SECRET = "欧阳桂兰 13912342186 /srv/huiyin/secret.py SELECT token_hash"


def database(kind: type[Exception], text: str) -> Exception:
    return kind(SECRET, {"name": SECRET}, Exception(text))  # type: ignore[call-arg]


def raised_by(found: psycopg.Error) -> Exception:
    """As SQLAlchemy hands on what PostgreSQL said."""
    return DBAPIError.instance(SECRET, {"name": SECRET}, found, psycopg.Error)


@pytest.mark.parametrize(
    ("error", "status", "wait"),
    [
        (database(OperationalError, "database is locked"), 503, "5"),
        (database(OperationalError, "could not connect to server"), 503, "5"),
        (database(OperationalError, "database or disk is full"), 507, "60"),
        (raised_by(DiskFull('could not extend file "base/16384/2619": No space left on device')), 507, "60"),
        (raised_by(DiskFull('无法扩展文件 "base/16384/2619": 设备上没有空间')), 507, "60"),
        (raised_by(QueryCanceled("canceling statement due to statement timeout")), 503, "5"),
        (raised_by(DeadlockDetected("deadlock detected")), 503, "5"),
        (raised_by(TooManyConnections("sorry, too many clients already")), 503, "5"),
        (NoConnection("QueuePool limit of size 5 overflow 10 reached"), 503, "5"),
        (database(DatabaseError, "database disk image is malformed"), 500, None),
        (database(ProgrammingError, "the disk of space is full of stars"), 500, None),
        (database(IntegrityError, "UNIQUE constraint failed"), 409, None),
        (database(ProgrammingError, "no such table"), 500, None),
        (StaleDataError("UPDATE statement on table"), 409, None),
        (OSError(errno.ENOSPC, "No space left on device"), 507, "60"),
        (OSError(errno.EACCES, "Permission denied"), 500, None),
        (MemoryError(), 500, None),
    ],
)
def test_a_failure_below_has_its_status(
    problem: Answer, error: Exception, status: int, wait: str | None
) -> None:
    answer = problem(error)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, wait)


@pytest.mark.parametrize("error", [database(IntegrityError, "UNIQUE"), StaleDataError("x")])
def test_whoever_was_slower_hears_that_the_row_has_changed(problem: Answer, error: Exception) -> None:
    told = problem(error).json
    assert told["missing"] == ["version"] and told["detail"] == "刚才有人改过，请刷新后再办"


# --- failures


FAILURES = [
    pytest.param(error, id=type(error).__name__)
    for error in (
        RuntimeError(SECRET),
        KeyError(SECRET),
        FileNotFoundError(2, SECRET, SECRET),
        database(ProgrammingError, SECRET),
        database(OperationalError, SECRET),
        database(IntegrityError, SECRET),
        UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET),
    )
]


@pytest.mark.requirement("T42")
@pytest.mark.parametrize("error", FAILURES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_failure_says_nothing_of_our_inside(
    page: Answer, problem: Answer, error: Exception, language: str
) -> None:
    for answer in (page, problem):
        text = answer(error, Accept_Language=language).text
        for inside in (*SECRET.split(), type(error).__name__, "Traceback", ".py", "sqlalchemy"):
            assert inside not in text


def test_a_failure_has_a_number_under_which_the_log_has_the_rest(
    problem: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "huiyin"):
        number = problem(RuntimeError("x")).json["number"]
    (record,) = [entry for entry in caplog.records if entry.name == "huiyin"]
    assert number in record.message and record.exc_info
    assert len(number) == 8


def test_a_person_can_read_the_number_out(page: Answer, caplog: pytest.LogCaptureFixture) -> None:
    text = page(RuntimeError("x")).text
    number = caplog.records[-1].message.split()[1]
    assert number in text
