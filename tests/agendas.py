"""Meetings and their agendas, in the small world."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.first_steps import step
from tests.world import NOW, World
from tracker.actions import agenda as acts
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.incoming.agenda import DecisionIn, MeetingIn, OrderIn, PutOnIn, TakenOffIn
from tracker.incoming.schema import read
from tracker.models import AgendaItem, Meeting

TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
LATER = NOW + timedelta(days=2)
DECISION = "由区住建局牵头，两周内更换电缆，区城管局会后每月巡查。"
TOLD = "主席会议议定：请两周内完成电缆更换，并报送今后的巡查安排。"


@step
def arranged(world: World, *, by: str = "clerk", at: datetime = NOW, **given: Any) -> str:
    """The public id of a chair meeting, tomorrow."""
    values = {"kind": "chair", "held_on": TOMORROW.isoformat(), "place": "三楼会议室"} | given
    with world.writing(at):
        return acts.arrange(read(MeetingIn, values), by=world.actor(by)).public_id


@step
def put_on(world: World, meeting: str, reference: str, *, by: str = "clerk", at: datetime = NOW) -> str:
    with world.writing(at):
        given = PutOnIn(meeting=meeting)
        return acts.put_on(world.case(reference), given, by=world.actor(by)).public_id


@step
def standing(
    world: World, *, units: tuple[tuple[str, str], ...] = (("housing", "lead"),)
) -> tuple[str, str, str]:
    """A meeting, a case that departments handle, and the item through which it stands on the agenda."""
    meeting, reference = arranged(world), world.coordinated(units=units)
    return meeting, reference, put_on(world, meeting, reference)


@step
def reordered(world: World, meeting: str, item: str, to: str) -> None:
    with world.writing():
        given = read(OrderIn, {"item": item, "to": to})
        acts.reorder(row(meeting), given, by=world.actor("clerk"))


@step
def taken_off(
    world: World, item: str, *, by: str = "clerk", at: datetime = NOW, why: str = "材料不齐"
) -> None:
    with world.writing(at):
        acts.take_off(item_row(item), TakenOffIn(why_off=why), by=world.actor(by))


@step
def decided(world: World, item: str, *, by: str = "clerk", at: datetime = LATER, **given: Any) -> None:
    with world.writing(at):
        values = {"decision": DECISION, "told": TOLD} | given
        acts.decide(item_row(item), read(DecisionIn, values), by=world.actor(by))


def row(public_id: str) -> Meeting:
    """Inside an open transaction."""
    return db.session.query(Meeting).filter_by(public_id=public_id).one()


def item_row(public_id: str) -> AgendaItem:
    """Inside an open transaction."""
    return db.session.query(AgendaItem).filter_by(public_id=public_id).one()


@contextmanager
def refused(field: str) -> Iterator[None]:
    """What happens inside is refused because of this field alone."""
    with pytest.raises(Invalid) as found:
        yield
    assert [fault.field for fault in found.value.errors] == [field]
