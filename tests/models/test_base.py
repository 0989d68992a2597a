"""What every row shares: moments with a zone, addresses that cannot be guessed, versions that notice."""

import secrets
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import Base, Case, Letter, Person, SavedView
from tracker.models.base import new_public_id

VERSIONED = {"assignment", "case", "letter", "person", "visit"}
SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    "given",
    [
        datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI),
        datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
        datetime(1999, 1, 1, tzinfo=UTC),
    ],
    ids=str,
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(given: datetime, either: World) -> None:
    reference = either.raised()
    with either.writing():
        either.case(reference).occurred_at = given
    with either.reading():
        found = db.session.scalars(select(Case.occurred_at).where(Case.occurred_at == given)).one()
        assert found == given and found is not None and found.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused_in_a_row_and_in_a_question(either: World) -> None:
    reference = either.raised()
    naive = datetime(2026, 11, 23, 9, 0)
    with pytest.raises(StatementError, match="a moment needs its zone"), either.writing():
        either.case(reference).occurred_at = naive
        db.session.flush()
    with either.reading(), pytest.raises(StatementError, match="a moment needs its zone"):
        db.session.scalars(select(Case.id).where(Case.raised_at < naive)).all()


def test_moments_of_different_zones_are_compared_as_moments(either: World) -> None:
    either.raised()
    same = NOW.astimezone(SHANGHAI)
    with either.reading():
        for moment, found in ((same, 1), (same + timedelta(seconds=1), 0)):
            assert len(db.session.scalars(select(Case.id).where(Case.raised_at >= moment)).all()) == found


def test_nothing_stays_nothing(either: World) -> None:
    reference = either.raised()
    with either.reading():
        assert either.case(reference).occurred_at is None


def test_an_address_holds_128_random_bits() -> None:
    made = {new_public_id() for _ in range(1000)}
    assert len(made) == 1000 and {len(one) for one in made} == {len(secrets.token_urlsafe(16))}


def test_what_moves_has_a_version_and_nothing_else_has() -> None:
    versioned = {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if mapper.version_id_col is not None
    }
    assert versioned >= VERSIONED and "event" not in versioned


@pytest.mark.parametrize("model", [Case, Person])
def test_the_slower_of_two_writers_overwrites_nothing(
    model: type[Case] | type[Person], either: World
) -> None:
    either.raised()
    table = model.__tablename__
    with pytest.raises(StaleDataError), either.writing():
        row = db.session.scalars(select(model)).first()
        assert row is not None
        # Somebody else was faster.
        db.session.execute(text(f'UPDATE "{table}" SET version = version + 1 WHERE id = :id'), {"id": row.id})
        row.updated_at = row.last_seen_at = NOW + timedelta(days=1)  # type: ignore[union-attr]
        db.session.flush()


def test_every_change_of_a_row_raises_its_version_and_no_others(either: World) -> None:
    reference, other = either.raised(), either.raised()
    versions = _versions(either, reference, other)
    either.edited(reference, urgency="urgent")
    assert _versions(either, reference, other) == [versions[0] + 1, versions[1]]


def test_a_change_of_a_letter_does_not_touch_its_case(either: World) -> None:
    reference = either.handled()
    letter = either.letter(reference)
    before = _versions(either, reference)
    either.move_letter(letter, "submit", by="clerk")
    assert _versions(either, reference) == before
    with either.reading():
        assert db.session.scalars(select(Letter.version)).one() > 1


def _versions(world: World, *references: str) -> list[int]:
    with world.reading():
        return [world.case(reference).version for reference in references]


def test_what_a_table_calls_unique_is_refused_twice(either: World) -> None:
    with pytest.raises(IntegrityError), either.writing():
        owner = either.actor("clerk").id
        for _ in range(2):
            db.session.add(SavedView(person_id=owner, noun="case", name="同名", query=""))
        db.session.flush()


def test_a_row_that_points_nowhere_is_refused(either: World) -> None:
    with pytest.raises(IntegrityError), either.writing():
        db.session.add(SavedView(person_id=10**6, noun="case", name="无主", query=""))
        db.session.flush()


def test_a_day_is_a_day_without_an_hour(either: World) -> None:
    public_id = either.visited(visited_on="2026-02-28")
    with either.reading():
        day = db.session.scalar(text("SELECT visited_on FROM visit WHERE public_id = :id"), {"id": public_id})
        assert str(day) == "2026-02-28" == date(2026, 2, 28).isoformat()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/St_Johns"])
def test_a_server_with_a_clock_of_its_own_changes_no_moment(zone: str, postgres_app: Flask) -> None:
    """PostgreSQL answers in the zone its own settings name; only the instant counts."""
    world = World(postgres_app)
    reference = world.raised()
    given = datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC)
    with world.writing():
        db.session.execute(text(f"SET LOCAL TIME ZONE '{zone}'"))
        case = world.case(reference)
        case.occurred_at = given.astimezone(SHANGHAI)
        db.session.flush()
        db.session.expire(case)
        kept = db.session.scalars(select(Case.occurred_at).where(Case.occurred_at == given)).one()
        assert kept == given and kept is not None and kept.utcoffset() == timedelta(0)


def test_sqlite_keeps_moments_as_utc_to_the_microsecond(huiyin: World) -> None:
    """As text that sorts like time; with a zone in it two spellings of one moment would not be equal."""
    reference = huiyin.raised()
    with huiyin.writing():
        huiyin.case(reference).occurred_at = datetime(2026, 11, 23, 9, 0, 0, 5, tzinfo=SHANGHAI)
    with huiyin.reading():
        assert db.session.scalar(text('SELECT occurred_at FROM "case"')) == "2026-11-23 01:00:00.000005"
