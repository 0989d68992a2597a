"""Rows of a meeting are locked in one order, so that two clerks cannot hold each other up for ever."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests import agendas
from tests.world import World
from tracker.actions import agenda as acts
from tracker.extensions import db
from tracker.incoming.agenda import PutOnIn

pytestmark = pytest.mark.requirement("S1-42")
# What one transaction locks or changes, in its order.
ORDER = ["meeting", "agenda_item", "case", "chain_head"]
_LOCKED = re.compile(r'^UPDATE "?(\w+)|FROM "?(\w+)"?.* FOR (?:NO KEY )?UPDATE', re.DOTALL)


@contextmanager
def locking(app: Flask) -> Iterator[list[str]]:
    """The tables of which rows are locked or changed inside, in the order of their first."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if match := _LOCKED.search(statement):
            found.append(match[1] or match[2])

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield found
        event.remove(db.engine, "before_cursor_execute", note)


def put_on(world: World, meeting: str, reference: str) -> None:
    acts.put_on(world.case(reference), PutOnIn(meeting=meeting), by=world.actor("clerk"))


def cancel(world: World, meeting: str, _reference: str) -> None:
    acts.cancel(agendas.row(meeting), by=world.actor("clerk"))


@pytest.mark.parametrize("deed, unseen", [(put_on, 0), (cancel, 2)])
def test_the_meeting_comes_before_its_cases_and_the_diary_last(
    postgres_app: Flask, deed: Callable[[World, str, str], None], unseen: int
) -> None:
    world = World(postgres_app)
    meeting = agendas.arranged(world)
    for _ in range(unseen):
        reference = world.raised()
        agendas.put_on(world, meeting, reference)
        world.edited(reference, is_accusation=True)
    other = world.raised()
    with locking(postgres_app) as found, world.writing():
        deed(world, meeting, other)
    rows = [table for table in found if table in ORDER]
    assert {"meeting", "case", "chain_head"} <= set(rows)
    first = {table: rows.index(table) for table in rows}
    assert sorted(first, key=lambda table: first[table]) == [table for table in ORDER if table in first]
    cases = len([table for table in rows[: first["chain_head"]] if table == "case"])
    assert cases >= max(unseen, 1)
