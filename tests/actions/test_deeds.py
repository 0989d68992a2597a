"""Each action that is no move: who may, what the diary says of it, and that the slower of two is told."""

import inspect
import pkgutil
import re
from collections.abc import Iterable
from importlib import import_module
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.deeds import DEEDS, ELSEWHERE, MOVES, meetings
from tests.deeds.deed import Deed
from tests.world import CAST, World
from tracker import actions
from tracker.errors import Conflict, Forbidden, HuiyinError, Invalid, NotFound
from tracker.extensions import db
from tracker.models import Event, Note
from tracker.rules.actors import Actor

# One of each role, and a member of another group.
WALKED = tuple(who for who in CAST if who not in ("clerk2", "director2", "dept2"))
# Another committee's people do not learn whether it exists.
UNKNOWN = (Forbidden, NotFound, Invalid)


def _all() -> set[str]:
    """Every function of the room that was marked as an action."""
    found = set[str]()
    for entry in pkgutil.iter_modules(actions.__path__):
        module = import_module(f"{actions.__name__}.{entry.name}")
        functions = inspect.getmembers(module, inspect.isfunction)
        found |= {
            f"{entry.name}.{name}"
            for name, function in functions
            if hasattr(function, "__wrapped__") and function.__module__ == module.__name__
        }
    return found


def test_every_action_is_walked_or_named_with_a_reason() -> None:
    known = _all()
    sources = "".join(path.read_text("utf-8") for path in Path(meetings.__file__).parent.glob("[a-z]*.py"))
    walked = set(re.findall(r'"(\w+\.\w+)"', sources)) & known
    assert walked | MOVES | set(ELSEWHERE) == known
    assert not walked & set(ELSEWHERE)


def _cast(world: World, logins: Iterable[str]) -> dict[str, Actor]:
    return {who: world.actor(who) for who in logins}


def _refused(deed: Deed, by: Actor, **seen: int) -> HuiyinError | None:
    """Why it was not done. What is refused is not undone here: it must not have written anything."""
    try:
        deed.do(by, **seen)
    except HuiyinError as refused:
        return refused
    return None


@pytest.mark.requirement("T35")
@pytest.mark.parametrize("family", DEEDS)
def test_whoever_may_not_or_looked_too_early_is_refused_and_leaves_nothing_behind(
    huiyin: World, family: str
) -> None:
    deeds = DEEDS[family](huiyin)
    before = everything(huiyin)
    with huiyin.writing():
        ours = _cast(huiyin, WALKED)
        theirs = _cast(
            World(huiyin.app, "dt"), {who for deed in deeds if not deed.is_new for who in deed.may}
        )
        for who, deed in product(WALKED, deeds):
            if who not in deed.may:
                assert isinstance(_refused(deed, ours[who]), Forbidden), (deed.action, who)
            elif not deed.is_new:
                assert isinstance(_refused(deed, theirs[who]), UNKNOWN), (deed.action, who)
        for deed in deeds:
            if deed.row:
                _stale(deed, ours[deed.may[0]])
    assert everything(huiyin) == before


def _stale(deed: Deed, by: Actor) -> None:
    """Whoever looked before it changed is told the version it has now."""
    version = _version(deed)
    for off in (-1, 1):
        refused = _refused(deed, by, expect=version + off)
        assert isinstance(refused, Conflict) and refused.version == version, deed.action


def _version(deed: Deed) -> int:
    assert deed.row is not None
    return int(deed.row().version)


def _events(after: int) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.id > after).order_by(Event.id)))


def _last() -> int:
    return db.session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)) or 0


@pytest.mark.parametrize("family", DEEDS)
def test_each_who_may_leaves_the_same_lines_in_their_own_name(huiyin: World, family: str) -> None:
    deeds = DEEDS[family](huiyin)
    with huiyin.writing():
        cast = _cast(huiyin, {who for deed in deeds for who in deed.may})
        for deed in deeds:
            for who in deed.may:
                _look_at(deed, cast[who])


def _look_at(deed: Deed, by: Actor) -> None:
    point, last = db.session.begin_nested(), _last()
    deed.do(by, **({"expect": _version(deed)} if deed.row else {}))
    told = _events(last)
    assert tuple(f"{one.object_kind}.{one.verb}" for one in told) in (deed.says, _for_another(deed, by))
    assert {(one.actor_kind, one.actor_id) for one in told} <= {("person", by.id)}, deed.action
    assert not told or set(told[0].data) == deed.facts, (deed.action, told[0].data)
    assert _has_note(told) == deed.note, deed.action
    point.rollback()


def _for_another(deed: Deed, by: Actor) -> tuple[str, ...]:
    """Handed in for a member by somebody else, it is told to the member."""
    is_for = deed.action == "submissions.submit" and not by.has("member")
    return ("submission.submit_for",) if is_for else deed.says


def _has_note(told: list[Event]) -> bool:
    ids = [one.id for one in told]
    return db.session.scalar(select(Note.id).where(Note.event_id.in_(ids))) is not None
