"""A database for the tests of one file that only read: filled once, asked often."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask

from tests import postgres
from tests.conftest import build
from tests.world import World
from tracker.extensions import db


@dataclass
class Filled:
    """A world that stays as it is, and its rows by the names the tests call them."""

    world: World
    known: dict[str, str] = field(default_factory=dict)

    def names(self, keys: Iterable[str]) -> list[str]:
        """What the rows with these references or public ids are called."""
        called = {key: name for name, key in self.known.items()}
        return [called[key] for key in keys]


def said(value: object) -> str:
    """A parameter as a test's name shows it: every process of a run must call it the same."""
    if isinstance(value, set | frozenset):
        return " ".join(sorted(str(entry) for entry in value)) or "nothing"
    return str(value)


@contextmanager
def _copied(kind: str, request: pytest.FixtureRequest, instance: Path) -> Iterator[Flask]:
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), instance / "huiyin.db")
        url = f"sqlite:///{instance / 'huiyin.db'}"
    else:
        url = postgres.fresh_database(request.getfixturevalue("postgres_template"))
    app = build(url, instance)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with _copied(request.param, request, tmp_path_factory.mktemp("module")) as app:
        yield app


@pytest.fixture(scope="module")
def plain_filling(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """As ``filling``, on SQLite alone: for conditions that read the same in every database."""
    with _copied("sqlite", request, tmp_path_factory.mktemp("plain")) as app:
        yield Filled(World(app))


@pytest.fixture(scope="module")
def filling(module_app: Flask) -> Filled:
    """Nothing in it yet but the two committees; a file's own fixture puts its rows there."""
    return Filled(World(module_app))


@pytest.fixture
def still(filling: Filled) -> Iterator[World]:
    """The two committees as a file's own fixture left them, open for reading."""
    with filling.world.reading():
        yield filling.world
