"""A line behind a bell: one a person and event, and administrators hear of what failed."""

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.actions import notices
from tracker.extensions import db
from tracker.models import Event, Notice, Outbox, Person


def people(*logins: str) -> list[int]:
    """Inside an open transaction."""
    return [
        db.session.scalars(select(Person.id).where(Person.login == f"xs-{login}")).one() for login in logins
    ]


def told(world: World) -> list[str]:
    with world.reading():
        query = select(Person.login).join(Notice, Notice.person_id == Person.id).order_by(Notice.id)
        return [login.removeprefix("xs-") for login in db.session.scalars(query)]


def tell(world: World, *logins: str, template: str = "case.raise") -> None:
    with world.writing():
        event = db.session.scalars(select(Event.id).where(Event.verb == "raise")).one()
        notices.tell(event, people(*logins), template)


def test_each_is_told_once_however_often_it_is_told(either: World) -> None:
    either.raised()
    tell(either, "clerk", "clerk2")
    tell(either, "clerk", "clerk2", "director")
    assert sorted(told(either)) == ["clerk", "clerk2", "director"]


def test_nobody_to_tell_is_nobody_told(huiyin: World) -> None:
    huiyin.raised()
    tell(huiyin)
    assert told(huiyin) == []


def test_a_line_points_at_its_case_and_holds_no_word_of_it(huiyin: World) -> None:
    reference = huiyin.raised()
    tell(huiyin, "clerk")
    with huiyin.reading():
        line = db.session.scalars(select(Notice)).one()
        assert (line.case_id, line.template, line.read_at) == (huiyin.case(reference).id, "case.raise", None)


def test_telling_again_after_reading_does_not_ring_again(huiyin: World) -> None:
    huiyin.raised()
    tell(huiyin, "clerk")
    with huiyin.writing():
        db.session.scalars(select(Notice)).one().read_at = NOW
    tell(huiyin, "clerk")
    with huiyin.reading():
        assert db.session.scalars(select(Notice)).one().read_at == NOW


def parked(world: World) -> Outbox:
    """Inside an open transaction: the job of the first event."""
    return db.session.scalars(select(Outbox).order_by(Outbox.id)).first()  # type: ignore[return-value]


def test_a_parked_job_is_an_event_of_the_system_about_the_job(huiyin: World) -> None:
    huiyin.raised()
    with huiyin.writing():
        job = parked(huiyin)
        notices.alert(job)
        event = db.session.scalars(select(Event).where(Event.verb == "park")).one()
        assert (event.actor_kind, event.object_kind, event.object_id) == ("system", "job", job.id)
        assert event.data == {"kind": job.kind}


@pytest.mark.parametrize("payload", [{}, {"event": None}, {"event": "7"}, {"event": 999_999}])
def test_a_job_about_no_known_event_is_told_all_the_same(huiyin: World, payload: dict[str, object]) -> None:
    huiyin.raised()
    with huiyin.writing():
        job = parked(huiyin)
        job.payload = payload
        notices.alert(job)
        assert db.session.query(Event).filter_by(verb="park").count() == 1
