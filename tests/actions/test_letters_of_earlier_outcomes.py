"""A letter tells of an outcome: once that no longer stands, what was not sent yet is void."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.models import Event, Letter


def letter(world: World) -> tuple[str, str | None]:
    with world.reading():
        found = db.session.scalars(select(Letter)).one()
        return found.state, found.number


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_what_was_not_numbered_yet_is_void_by_rule(huiyin: World, state: str) -> None:
    reference, later = huiyin.handled(), NOW + timedelta(hours=2)
    huiyin.letter(reference, state)
    huiyin.move(reference, "rework", at=later, note="答复没有回应第二个问题")
    assert letter(huiyin) == ("voided", None)
    with huiyin.reading():
        event = db.session.scalars(select(Event).where(Event.verb == "void")).one()
        assert (event.actor_kind, event.actor_name) == ("system", "case")
        assert (event.before, event.after) == (state, "voided")
        assert db.session.scalars(select(Letter)).one().updated_at == later


def test_what_was_numbered_stands_and_holds_the_case(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, "issued")
    with pytest.raises(Conflict):
        huiyin.move(reference, "rework", note="答复没有回应第二个问题")
    assert letter(huiyin) == ("issued", "锡政协办函〔2026〕1号")


def test_what_was_delivered_stays_when_the_case_is_opened_again(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.delivered(reference)
    huiyin.rated(reference, "dissatisfied")
    assert huiyin.state(reference) == "coordinated" and letter(huiyin)[0] == "delivered"


def test_after_the_new_outcome_there_is_a_new_letter_beside_the_void_one(huiyin: World) -> None:
    reference = huiyin.quick()
    huiyin.move(reference, "handle")
    huiyin.letter(reference)
    huiyin.move(reference, "rework", note="答复没有回应第二个问题")
    huiyin.move(reference, "handle", result="已安排电工上门检修。")
    huiyin.letter(reference, "issued")
    with huiyin.reading():
        rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        assert [(row.state, row.number) for row in rows] == [
            ("voided", None),
            ("issued", "锡政协办函〔2026〕1号"),
        ]


def test_nothing_is_due_of_a_void_letter(huiyin: World) -> None:
    public_id = huiyin.letter(huiyin.handled(), "issued")
    with huiyin.reading():
        assert db.session.scalars(select(Letter.due_at)).one() is not None
    huiyin.move_letter(public_id, "void", by="director", reason="发错了人")
    with huiyin.reading():
        assert db.session.scalars(select(Letter.due_at)).one() is None
