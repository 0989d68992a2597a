"""Apps over real databases: each test gets a fresh copy of a migrated one with two small committees."""

import base64
import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from tests import postgres, world
from tests.world import World
from tracker import create_app
from tracker.extensions import db, transaction

KEYS = {
    "SECRET_KEY": "test",
    "HUIYIN_EVENT_KEY": "event",
    "HUIYIN_DATA_KEY": "t1:" + base64.b64encode(bytes(range(32))).decode(),
}
MakeApp = Callable[[str], Flask]


def build(url: str, instance: Path, **more: str) -> Flask:
    """An app over a database; every setting is given, so that the developer's own do not leak in."""
    app = create_app(KEYS | {"DATABASE_URL": url, "HUIYIN_INSTANCE": str(instance)} | more)
    app.testing = False
    return app


def _fill(url: str, instance: Path) -> None:
    app = build(url, instance)
    with app.app_context():
        upgrade()
        with transaction("write"):
            world.found("xs")
            world.found("dt", "东政协办函", circles=True)
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    _fill(f"sqlite:///{folder / 'template.db'}", folder)
    return folder / "template.db"


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    url = postgres.fresh_database(postgres_url)
    _fill(url, tmp_path_factory.mktemp("template-pg"))
    return url


@pytest.fixture
def sqlite_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    shutil.copy(sqlite_template, tmp_path / "huiyin.db")
    app = build(f"sqlite:///{tmp_path / 'huiyin.db'}", tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def postgres_app(postgres_template: str, tmp_path: Path) -> Iterator[Flask]:
    url = postgres.fresh_database(postgres_template)
    app = build(url, tmp_path)
    yield app
    with app.app_context():
        db.engine.dispose()
    postgres.drop_database(url)


@pytest.fixture
def app(sqlite_app: Flask) -> Flask:
    """The default: SQLite. Tests of both databases use ``either_app``."""
    return sqlite_app


@pytest.fixture(params=["sqlite", "postgresql"])
def either_app(request: pytest.FixtureRequest) -> Flask:
    found: Flask = request.getfixturevalue(
        {"sqlite": "sqlite_app", "postgresql": "postgres_app"}[request.param]
    )
    return found


@pytest.fixture
def huiyin(app: Flask) -> World:
    return World(app)


@pytest.fixture
def either(either_app: Flask) -> World:
    return World(either_app)


_addresses = itertools.count(1)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
