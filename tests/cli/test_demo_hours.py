"""Whenever the demonstration is loaded, its people are at work when they act."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.world import World
from tracker.cli import demo_agenda, demo_contacts, demo_meetings
from tracker.extensions import db
from tracker.models import Event
from tracker.rules.actors import Actor
from tracker.rules.clock import SHANGHAI

# Half past midnight in Dongtai, on a Monday.
NIGHT = datetime(2026, 11, 22, 16, 38, tzinfo=UTC)
Tell = Callable[[datetime, Callable[[str], Actor]], None]


@pytest.mark.parametrize("tell", [demo_agenda.take_up, demo_meetings.meet, demo_contacts.keep])
def test_nobody_acts_at_night_or_at_weekends(tell: Tell, huiyin: World) -> None:
    worlds = {code: World(huiyin.app, code) for code in ("xs", "dt")}
    with huiyin.writing():
        before = db.session.scalar(select(func.max(Event.id))) or 0
        tell(NIGHT, lambda login: worlds[login[:2]].actor(login[3:]))
        moments = db.session.scalars(select(Event.at).where(Event.id > before)).all()
    assert moments
    for moment in moments:
        local = moment.astimezone(SHANGHAI)
        assert (local.hour, local.minute) == (10, 30) and local.weekday() < 5 and moment <= NIGHT
