"""One unit of work: read or write, all or nothing, one at a time; and a clock one can set."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.world import NOW, World
from tracker.extensions import clock, db, in_transaction, transaction, writing
from tracker.models import Committee, Person, RateCount


def mark(name: str = "x") -> None:
    db.session.add(RateCount(bucket=name, window=1, count=1, expires_at=NOW))


def marks(world: World) -> int:
    with world.reading():
        return db.session.scalar(select(func.count()).select_from(RateCount)) or 0


def test_what_is_written_is_stored_at_the_end(either: World) -> None:
    with either.writing():
        mark()
    assert marks(either) == 1


def test_a_failure_leaves_nothing_of_the_whole(either: World) -> None:
    with pytest.raises(ZeroDivisionError), either.writing():
        mark("one")
        db.session.flush()
        mark("two")
        db.session.flush()
        _ = 1 / 0
    assert marks(either) == 0


def test_an_interrupt_undoes_it_too(huiyin: World) -> None:
    with pytest.raises(KeyboardInterrupt), huiyin.writing():
        mark()
        db.session.flush()
        raise KeyboardInterrupt
    assert marks(huiyin) == 0


def test_reading_cannot_write(either: World) -> None:
    with pytest.raises(DBAPIError), either.reading():
        mark()
        db.session.flush()
    assert marks(either) == 0


def test_reading_forgets_what_was_added_and_never_sent(huiyin: World) -> None:
    with huiyin.reading():
        mark()
    assert marks(huiyin) == 0


def test_writing_works_again_on_a_connection_that_was_for_reading(either: World) -> None:
    """The connection is the same one: the pool has only given it back."""
    for _ in range(3):
        assert marks(either) == 0
    with either.writing():
        mark()
    assert marks(either) == 1


@pytest.mark.parametrize("inner", ["read", "write"])
@pytest.mark.parametrize("outer", ["read", "write"])
def test_there_is_no_transaction_inside_another(huiyin: World, outer: str, inner: str) -> None:
    with (
        huiyin.app.app_context(),
        pytest.raises(RuntimeError, match="open already"),
        transaction(outer),  # type: ignore[arg-type]
        transaction(inner),  # type: ignore[arg-type]
    ):
        raise AssertionError("it was let in")


def test_after_a_failure_the_next_one_begins_anew(huiyin: World) -> None:
    for _ in range(2):
        with pytest.raises(ValueError), huiyin.writing():
            raise ValueError
    with huiyin.writing():
        mark()
    assert marks(huiyin) == 1


def test_one_can_ask_whether_a_transaction_is_open_and_which(huiyin: World) -> None:
    assert not in_transaction() and not writing()
    with huiyin.reading():
        assert in_transaction() and not writing()
    with huiyin.writing():
        assert in_transaction() and writing()
    assert not in_transaction() and not writing()


def test_each_thread_has_its_own(huiyin: World) -> None:
    seen: list[bool] = []
    with huiyin.writing():
        other = threading.Thread(target=lambda: seen.append(in_transaction()))
        other.start()
        other.join()
    assert seen == [False]


def test_a_constraint_speaks_when_it_is_sent_and_nothing_stays(either: World) -> None:
    with pytest.raises(IntegrityError), either.writing():
        mark()
        db.session.flush()
        db.session.execute(RateCount.__table__.insert(), {"bucket": "x", "window": 1, "expires_at": NOW})
    assert marks(either) == 0


def test_rows_can_still_be_looked_at_after_the_end(huiyin: World) -> None:
    with huiyin.writing():
        committee = db.session.scalars(select(Committee).where(Committee.code == "xs")).one()
        committee.name = "锡山"
    assert committee.name == "锡山"


# --- how a connection is made ready


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 5000),
    ],
)
def test_every_connection_to_sqlite_is_made_safe(huiyin: World, pragma: str, value: int) -> None:
    with huiyin.reading():
        assert db.session.scalar(text(f"PRAGMA {pragma}")) == value


def test_readers_do_not_wait_for_a_writer(huiyin: World) -> None:
    seen: list[int] = []
    with huiyin.writing():
        mark()
        db.session.flush()
        other = threading.Thread(target=lambda: seen.append(marks(huiyin)))
        other.start()
        other.join(5)
    assert seen == [0]


def test_a_row_that_points_nowhere_is_refused(either: World) -> None:
    with pytest.raises(IntegrityError), either.writing():
        db.session.add(Person(committee_id=99_999, login="x", name="x"))
        db.session.flush()


@pytest.mark.requirement("T09")
def test_an_error_does_not_quote_what_people_wrote(either: World) -> None:
    with pytest.raises(DBAPIError) as failed, either.writing():
        db.session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "欧阳桂兰"})
    assert "nowhere" in str(failed.value) and "欧阳桂兰" not in str(failed.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("statement_timeout", "5s"), ("idle_in_transaction_session_timeout", "10s")],
)
def test_postgresql_lets_nothing_hang(postgres_world: World, setting: str, value: str) -> None:
    with postgres_world.reading():
        assert db.session.scalar(text(f"SHOW {setting}")) == value


@pytest.fixture
def postgres_world(postgres_app: object) -> World:
    return World(postgres_app)  # type: ignore[arg-type]


# --- the clock


def test_the_clock_tells_the_real_time_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clock() <= datetime.now(UTC) and clock().tzinfo is UTC


def test_a_set_clock_stands_still_and_goes_on_afterwards() -> None:
    with clock.at(NOW):
        assert clock() == clock() == NOW
    assert clock() != NOW


def test_the_inner_of_two_moments_counts_and_the_outer_returns() -> None:
    with clock.at(NOW):
        with clock.at(NOW + timedelta(days=1)):
            assert clock() == NOW + timedelta(days=1)
        assert clock() == NOW


def test_a_set_clock_ends_with_a_failure() -> None:
    with pytest.raises(ValueError), clock.at(NOW):
        raise ValueError
    assert clock() != NOW


def test_another_threads_clock_is_not_touched() -> None:
    told: list[datetime] = []
    with clock.at(NOW):
        other = threading.Thread(target=lambda: told.append(clock()))
        other.start()
        other.join()
    assert told[0] != NOW
