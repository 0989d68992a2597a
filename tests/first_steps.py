"""The first steps of a test, gone once in a process: later tests are put where they led.

Most tests begin with the same few cases, brought as far as the same few states; to bring them there again
was a fifth of the run. Only first steps are taken over: as soon as anybody else has written to the database,
or a setting is changed, a test goes every step itself.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import get_ident
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from flask import Flask

from tracker.extensions import db
from tracker.outgoing import pdf

Words = ParamSpec("Words")
Answer = TypeVar("Answer")
Trail = tuple[str, ...]

# Each takes a megabyte and a half of memory.
MOST = 400


class _Place(NamedTuple):
    folder: Path
    answer: Any


class FirstSteps:
    """Where steps from a fresh SQLite database lead, as copies of the app's instance folder."""

    def __init__(self, app: Flask, home: Path) -> None:
        self._app = app
        self._instance = Path(app.config["HUIYIN_INSTANCE"])
        self._home = home
        self._times: Counter[Trail] = Counter()
        self._places: dict[Trail, _Place] = {}
        self._trail: Trail | None = None
        self._walker: int | None = None
        self._watch: Any = None

    def begin(self) -> None:
        """The instance folder holds nothing but a fresh database."""
        self._settings = dict(self._app.config)
        self._walker = get_ident()
        self._stand_at(())

    def end(self) -> None:
        """Whatever comes now is nobody's first step."""
        self._trail = None
        self._close()

    def go(self, step: str, take: Callable[[], Any]) -> Any:
        """What ``take`` answers, by doing it or by standing where it led before."""
        if get_ident() != self._walker:
            # Many at once do not walk one path; what they write shows in the database.
            return take()
        before = self._trail = self._trail if self._is_untouched() else None
        if before is None:
            return take()
        trail = (*before, step)
        if trail in self._places:
            return self._put_at(trail)
        answer = take()
        self._times[trail] += 1
        # What only one test does is not worth a copy.
        if self._times[trail] == 2 and len(self._places) < MOST:
            self._remember(trail, answer)
        self._stand_at(trail)
        return answer

    def _is_untouched(self) -> bool:
        return (
            self._trail is not None
            and self._app.config == self._settings
            and self._version() == self._left
            and self._is_idle()
        )

    def _is_idle(self) -> bool:
        """Nobody is in the middle of a transaction, whose file would be exchanged."""
        with self._app.app_context():
            return db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]

    def _version(self) -> int:
        """Another number after every commit by anybody else than the watch."""
        found: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return found

    def _stand_at(self, trail: Trail) -> None:
        self._trail = trail
        if self._watch is None:
            with self._app.app_context():
                self._watch = db.engine.dialect.dbapi.connect(self._instance / "huiyin.db")  # type: ignore[union-attr]
        self._left = self._version()

    def _remember(self, trail: Trail, answer: Any) -> None:
        self._close()
        folder = self._home / str(len(self._places))
        shutil.copytree(self._instance, folder)
        self._places[trail] = _Place(folder, answer)

    def _put_at(self, trail: Trail) -> Any:
        self._close()
        place = self._places[trail]
        shutil.copytree(place.folder, self._instance, dirs_exist_ok=True)
        self._stand_at(trail)
        return place.answer

    def _close(self) -> None:
        """With its last connection SQLite writes everything into the one file."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        with self._app.app_context():
            db.engine.dispose()


def step(act: Callable[Concatenate[Any, Words], Answer]) -> Callable[Concatenate[Any, Words], Answer]:
    """What a world does and can be a first step: the same words lead to the same place."""

    @wraps(act)
    def going(world: Any, *args: Words.args, **kwargs: Words.kwargs) -> Answer:
        steps: FirstSteps | None = world.app.extensions.get("first_steps")
        given = f"{args} {sorted(kwargs.items())}"
        name = f"{act.__module__}.{act.__qualname__}"
        words = f"{world.committee} {name} {given} {pdf.render.__qualname__}"
        # An object without a name of its own cannot be told from another one.
        if steps is None or " at 0x" in words:
            return act(world, *args, **kwargs)
        found: Answer = steps.go(words, lambda: act(world, *args, **kwargs))
        return found

    return going
