"""Put forward as exemplary, once at a time, and no longer; nobody's own work and no accusation (S1-49)."""

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.visiting import together
from tests.world import NOW, World
from tracker.actions import exemplars
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.extensions import db
from tracker.models import Event, Exemplar
from tracker.queries import exemplars as marks

pytestmark = pytest.mark.requirement("S1-49")


def made(world: World, kind: str, by: str = "member") -> str:
    """The name under which the thing is known."""
    make = {"visit": world.visited, "submission": world.submitted, "case": world.raised}[kind]
    return make(by=by)


def marked(world: World, kind: str, ident: str, *, by: str = "clerk", reason: str = "走得勤、记得细") -> str:
    with world.writing():
        actor = world.actor(by)
        return exemplars.mark(marks.thing(kind, ident, actor), reason, by=actor).public_id


def ended(world: World, public_id: str, *, by: str = "clerk") -> None:
    with world.writing():
        exemplars.end(marks.get(public_id, world.actor(by)), by=world.actor(by))


@pytest.mark.parametrize("kind", ["visit", "submission", "case"])
def test_a_mark_says_of_what_by_whom_and_why(huiyin: World, kind: str) -> None:
    ident = made(huiyin, kind)
    marked(huiyin, kind, ident)
    with huiyin.reading():
        row, thing = (
            db.session.scalars(select(Exemplar)).one(),
            marks.thing(kind, ident, huiyin.actor("clerk")),
        )
        pointed = {name: getattr(row, f"{name}_id") for name in ("visit", "submission", "case")}
        assert pointed == {name: thing.id if name == kind else None for name in pointed}
        assert (row.reason, row.marked_by_id, row.ended_at) == (
            "走得勤、记得细",
            huiyin.actor("clerk").id,
            None,
        )


@pytest.mark.parametrize("kind", ["visit", "submission", "case"])
def test_it_is_marked_once_until_the_mark_is_taken_back(huiyin: World, kind: str) -> None:
    ident = made(huiyin, kind)
    first = marked(huiyin, kind, ident)
    with pytest.raises(Conflict):
        marked(huiyin, kind, ident, by="clerk2")
    ended(huiyin, first)
    second = marked(huiyin, kind, ident)
    with huiyin.reading():
        rows = db.session.query(Exemplar).order_by(Exemplar.id)
        assert [(row.public_id, row.ended_at) for row in rows] == [(first, NOW), (second, None)]


def test_a_mark_that_was_taken_back_is_not_there_to_take_back_again(huiyin: World) -> None:
    public_id = marked(huiyin, "visit", huiyin.visited())
    ended(huiyin, public_id)
    with pytest.raises(NotFound):
        ended(huiyin, public_id)


def test_marking_one_thing_leaves_another_of_the_same_number_free(huiyin: World) -> None:
    """The first visit, the first submission and the first case all have the same number."""
    for kind in ("visit", "submission", "case"):
        marked(huiyin, kind, made(huiyin, kind))
    with huiyin.reading():
        assert db.session.query(Exemplar).count() == 3


def test_an_accusation_is_nobodys_example(huiyin: World) -> None:
    reference = huiyin.raised(is_accusation=True)
    before = everything(huiyin)
    with huiyin.writing(), pytest.raises(Forbidden):
        exemplars.mark(huiyin.case(reference), "办得好", by=huiyin.actor("clerk"))
    assert everything(huiyin) == before


@pytest.mark.parametrize(
    "who, may", [("secretary", True), ("clerk", True), ("director", False), ("member2", False)]
)
def test_the_own_groups_secretary_and_the_clerks_put_forward(huiyin: World, who: str, may: bool) -> None:
    ident = huiyin.visited()
    if may:
        assert marked(huiyin, "visit", ident, by=who)
        return
    with huiyin.writing(), pytest.raises(Forbidden):
        exemplars.mark(marks.thing("visit", ident, huiyin.actor("clerk")), "走得勤", by=huiyin.actor(who))


def test_another_groups_visit_is_not_the_secretarys_to_put_forward(huiyin: World) -> None:
    ident = huiyin.visited(by="member2")
    with pytest.raises(NotFound):
        marked(huiyin, "visit", ident, by="secretary")
    with huiyin.writing(), pytest.raises(Forbidden):
        found = marks.thing("visit", ident, huiyin.actor("clerk"))
        exemplars.mark(found, "走得勤", by=huiyin.actor("secretary"))


def test_another_committee_knows_of_no_mark(huiyin: World) -> None:
    public_id = marked(huiyin, "visit", together(huiyin))
    with huiyin.reading(), pytest.raises(NotFound):
        marks.get(public_id, huiyin.actor("dt-clerk"))


def test_the_diary_says_what_was_put_forward_and_none_of_the_reason(huiyin: World) -> None:
    ident = huiyin.raised()
    ended(huiyin, marked(huiyin, "case", ident, reason="把群众的小事办成了实事"))
    with huiyin.reading():
        told = db.session.scalars(
            select(Event).where(Event.object_kind == "exemplar").order_by(Event.id)
        ).all()
        assert [(event.verb, event.data) for event in told] == [
            ("mark", {"case": huiyin.case(ident).id}),
            ("unmark", {}),
        ]
