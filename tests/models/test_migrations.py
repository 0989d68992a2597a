"""One set of migrations for both databases, up, down and up again with data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from tests import postgres
from tests.conftest import build
from tests.world import World, found
from tracker.extensions import db, transaction
from tracker.models import Base


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if request.param == "postgresql":
        url = postgres.fresh_database(request.getfixturevalue("postgres_url"))
    app = build(url, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


def _rows(app: Flask) -> dict[str, int]:
    with app.app_context(), transaction("read") as session:
        return {
            table.name: session.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def _fill(app: Flask) -> None:
    with app.app_context(), transaction("write"):
        found("xs")
    World(app).handled()


def test_up_down_up_with_data_leaves_a_usable_database(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
    _fill(empty_app)
    assert _rows(empty_app)["event"] > 0
    with empty_app.app_context():
        downgrade(revision="0001")
        upgrade()
    kept = _rows(empty_app)
    assert kept["case"] == 1 and kept["event"] > 0 and kept["calendar_day"] > 100
    with empty_app.app_context():
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
    _fill(empty_app)
    assert _rows(empty_app)["case"] == 1


def test_models_and_migrations_agree(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_object": _ours}
            )
            assert compare_metadata(context, Base.metadata) == []


def _ours(_item: object, name: str | None, kind: str, *_rest: object) -> bool:
    if kind == "table":
        return not str(name).startswith("search_pairs")
    return name not in ("pairs", "ix_search_text_pairs")
