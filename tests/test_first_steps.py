"""Steps are taken over only where they would lead to the same place."""

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from tests.first_steps import FirstSteps
from tests.world import World
from tracker.extensions import db, transaction
from tracker.models import Case


class Walk:
    """From a fresh database, as often as one likes; ``taken`` are the steps that were gone."""

    def __init__(self, app: Flask, template: Path, home: Path) -> None:
        # The app's own would look after the world's steps by itself.
        app.extensions["first_steps"].end()
        self.world = World(app)
        self.steps = FirstSteps(app, home)
        self.template = template
        self.taken: list[str] = []

    def begin(self) -> None:
        self.steps.end()
        self.taken.clear()
        shutil.copy(self.template, Path(self.world.app.config["HUIYIN_INSTANCE"]) / "huiyin.db")
        self.steps.begin()

    def go(self, summary: str) -> str:
        def take() -> str:
            self.taken.append(summary)
            return self.world.raised(summary=summary)

        found: str = self.steps.go(summary, take)
        return found

    def summaries(self) -> dict[str, str]:
        with self.world.reading():
            return {case.reference: case.summary for case in db.session.query(Case)}


@pytest.fixture
def walk(app: Flask, sqlite_template: Path, tmp_path: Path) -> Walk:
    """The way of two steps was gone twice."""
    found = Walk(app, sqlite_template, tmp_path)
    for _ in range(2):
        found.begin()
        found.go("路灯不亮")
        found.go("井盖松动")
        assert found.taken == ["路灯不亮", "井盖松动"]
    found.begin()
    return found


def test_what_was_gone_twice_is_a_copy(walk: Walk) -> None:
    answers = [walk.go("路灯不亮"), walk.go("井盖松动")]
    assert walk.taken == []
    assert walk.summaries() == dict(zip(answers, ["路灯不亮", "井盖松动"], strict=True))


def test_another_order_is_another_way(walk: Walk) -> None:
    walk.go("井盖松动")
    walk.go("路灯不亮")
    assert walk.taken == ["井盖松动", "路灯不亮"]


def test_who_only_reads_is_in_nobodys_way(walk: Walk) -> None:
    walk.go("路灯不亮")
    assert list(walk.summaries().values()) == ["路灯不亮"]
    walk.go("井盖松动")
    assert walk.taken == []


def _write(walk: Walk) -> None:
    walk.world.raised(summary="公交改道")


def _set(walk: Walk) -> None:
    walk.world.app.config["PREFERRED_URL_SCHEME"] = "https"


def _end(walk: Walk) -> None:
    walk.steps.end()


@pytest.mark.parametrize("something", [_write, _set, _end])
def test_where_something_has_changed_a_step_is_gone(something: Callable[[Walk], None], walk: Walk) -> None:
    walk.go("路灯不亮")
    something(walk)
    before = set(walk.summaries().values())
    walk.go("井盖松动")
    assert walk.taken == ["井盖松动"]
    assert set(walk.summaries().values()) == before | {"井盖松动"}


def test_another_thread_goes_by_itself(walk: Walk) -> None:
    thread = Thread(target=walk.go, args=("路灯不亮",))
    thread.start()
    thread.join()
    assert walk.taken == ["路灯不亮"]
    walk.go("井盖松动")
    assert walk.taken == ["路灯不亮", "井盖松动"]


def test_nothing_is_exchanged_under_an_open_transaction(walk: Walk) -> None:
    taken: list[Any] = []
    with walk.world.app.app_context(), transaction("read"):
        assert db.session.query(Case).count() == 0
        walk.steps.go("路灯不亮", lambda: taken.append(1))
    assert taken == [1]


def test_a_step_that_fails_leaves_the_way_open(walk: Walk) -> None:
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        walk.steps.go("nowhere", fail)
    walk.go("路灯不亮")
    assert walk.taken == []
