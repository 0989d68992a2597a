"""Who was let in to a meeting is told when it becomes another one (S1-36)."""

from typing import Any

import pytest
from sqlalchemy import select

from tests import inviting
from tests.world import World
from tracker.extensions import db
from tracker.models import Event, Outbox

pytestmark = pytest.mark.requirement("S1-36")


@pytest.fixture
def meeting(huiyin: World) -> str:
    """Two were let in for the secretary, a third waits for an answer."""
    found = inviting.meeting(huiyin)
    for called in ("蒋秋萍", "华银娣"):
        inviting.moved(huiyin, inviting.proposed(huiyin, found, called=called), "approve", by="director")
    inviting.proposed(huiyin, found, called="浦志良")
    return found


def told(world: World) -> tuple[int, int]:
    """Events, and how many of them somebody hears of."""
    with world.reading():
        ids = db.session.scalars(select(Event.id).where(Event.verb.in_(("tell_change", "tell_cancelled"))))
        keys = [f"notify:{row}" for row in ids]
        heard = db.session.query(Outbox).filter(Outbox.effect_key.in_(keys)).count()
        return len(keys), heard


@pytest.mark.parametrize(
    "given", [{"title": "居民议事会"}, {"held_on": "2026-11-25"}, {"place": "二楼"}, {"cancelled": True}]
)
def test_each_who_was_let_in_is_passed_the_change_and_one_word_goes_to_who_proposed_them(
    huiyin: World, meeting: str, given: dict[str, Any]
) -> None:
    assert inviting.changed(huiyin, meeting, **given) == 2
    assert told(huiyin) == (2, 1)


@pytest.mark.parametrize("given", [{"report": "会上谈了路灯。"}, {"people_count": 12}])
def test_what_the_invited_need_not_know_is_told_to_nobody(
    huiyin: World, meeting: str, given: dict[str, Any]
) -> None:
    assert inviting.changed(huiyin, meeting, **given) == 0
    assert told(huiyin) == (0, 0)


def test_a_record_put_right_afterwards_is_told_to_nobody(huiyin: World) -> None:
    meeting = inviting.meeting(huiyin, held_on="2026-11-24")
    inviting.moved(huiyin, inviting.proposed(huiyin, meeting), "approve", by="director")
    later = inviting.NOW.replace(month=12)
    assert inviting.changed(huiyin, meeting, at=later, title="座谈会纪要", held_on="2026-11-24") == 0
