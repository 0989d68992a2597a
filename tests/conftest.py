"""Apps over real databases: each test gets a fresh copy of a migrated one with two small committees."""

import base64
import gc
import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache

from tests import postgres, world
from tests.first_steps import FirstSteps
from tests.world import QUICK, World
from tracker import create_app
from tracker.extensions import db, transaction
from tracker.queries import kept
from tracker.rules import codes, passwords

KEYS = {
    "SECRET_KEY": "test",
    "HUIYIN_EVENT_KEY": "event",
    "HUIYIN_DATA_KEY": "t1:" + base64.b64encode(bytes(range(32))).decode(),
}
SLOW = passwords._HASHER, codes._HASHER
MakeApp = Callable[[str], Flask]


def pytest_collection_finish() -> None:
    """What is imported by now stays to the end: to look through it for garbage took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


class Compiled(BytecodeCache):
    """Templates compiled once a run, not once an app."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = Compiled()


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords and codes are slow to check on purpose; tests of that slowness ask for ``slow_hashes``."""
    with _hashing(QUICK, QUICK):
        yield


@pytest.fixture
def slow_hashes() -> Iterator[None]:
    """As slow as in service."""
    with _hashing(*SLOW):
        yield


@contextmanager
def _hashing(for_passwords: PasswordHasher, for_codes: PasswordHasher) -> Iterator[None]:
    nobody, nowhere = for_passwords.hash("nobody"), for_codes.hash("nowhere")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_HASHER", for_passwords)
        patched.setattr(passwords, "_nobody", lambda: nobody)
        patched.setattr(codes, "_HASHER", for_codes)
        patched.setattr(codes, "_NOBODY", nowhere)
        yield


def build(url: str, instance: Path, **more: str) -> Flask:
    """An app over a database; every setting is given, so that the developer's own do not leak in."""
    app = create_app(KEYS | {"DATABASE_URL": url, "HUIYIN_INSTANCE": str(instance)} | more)
    app.testing = False
    app.jinja_env.bytecode_cache = _compiled
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


@pytest.fixture(scope="session")
def sqlite_home(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One app for the whole run: its statements and templates are compiled once."""
    instance = tmp_path_factory.mktemp("home")
    app = build(f"sqlite:///{instance / 'huiyin.db'}", instance)
    app.extensions["first_steps"] = FirstSteps(app, tmp_path_factory.mktemp("first-steps"))
    return app


@pytest.fixture
def sqlite_app(request: pytest.FixtureRequest, sqlite_home: Flask, sqlite_template: Path) -> Iterator[Flask]:
    """The app in an instance folder that holds nothing but a fresh database."""
    shutil.copy(sqlite_template, _emptied(sqlite_home) / "huiyin.db")
    steps = sqlite_home.extensions["first_steps"]
    with _lent(sqlite_home):
        # Where something is exchanged or listened to, every step is the test's own.
        if not {"monkeypatch", "caplog"} & set(request.fixturenames):
            steps.begin()
        yield sqlite_home
        steps.end()


@pytest.fixture(scope="session")
def postgres_home(postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return build(postgres.fresh_database(postgres_template), tmp_path_factory.mktemp("home-pg"))


@pytest.fixture
def postgres_app(postgres_home: Flask, postgres_template: str) -> Iterator[Flask]:
    _emptied(postgres_home)
    postgres.renew(postgres_home.config["SQLALCHEMY_DATABASE_URI"], postgres_template)
    with _lent(postgres_home):
        yield postgres_home


def _emptied(app: Flask) -> Path:
    instance = Path(app.config["HUIYIN_INSTANCE"])
    # A process the test before started may still be writing its last file there.
    for _ in range(100):
        shutil.rmtree(instance, ignore_errors=True)
        if not instance.exists():
            break
        time.sleep(0.05)
    instance.mkdir(mode=0o700)
    return instance


@contextmanager
def _lent(app: Flask) -> Iterator[None]:
    """What a test changes in the settings ends with it, and so do its connections."""
    settings = dict(app.config)
    # Two tests may write the same diary at the same frozen moment.
    kept.forget()
    yield
    app.config.clear()
    app.config.update(settings)
    with app.app_context():
        db.engine.dispose()


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
