"""Photos of a visit: sealed, sent ahead under ids of the phone, and never anybody else's."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, World
from tracker.actions import photos
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.photos import Shot
from tracker.incoming.visits import MOST_PHOTOS
from tracker.models import Event, Photo, Visit
from tracker.queries import photos as find

SHOT = Shot(b"\xff\xd8 a picture of a lamp", 4, 3)
OTHER = Shot(b"\xff\xd8 a picture of a street", 4, 3)


def send(world: World, client_id: str, *, by: str = "member", shot: Shot = SHOT, days: int = 0) -> int:
    with world.writing(NOW + timedelta(days=days)):
        return photos.keep(shot, client_id, by=world.actor(by)).id


def kept() -> list[tuple[str, bool]]:
    rows = db.session.scalars(select(Photo).order_by(Photo.id))
    return [(row.client_id, row.visit_id is not None) for row in rows]


def visit_of(public_id: str) -> Visit:
    return db.session.scalars(select(Visit).where(Visit.public_id == public_id)).one()


@pytest.mark.requirement("T28")
def test_a_picture_is_kept_sealed_and_opens_again(either: World) -> None:
    send(either, "p1")
    assert "picture of a lamp" not in repr(everything(either))
    with either.reading():
        assert find.content(db.session.scalars(select(Photo)).one()) == SHOT.content


def test_the_same_photo_sent_twice_is_one_photo(either: World) -> None:
    assert send(either, "p1") == send(either, "p1", shot=OTHER)
    assert send(either, "p1", by="member2") != send(either, "p1")


def test_photos_sent_ahead_belong_to_their_visit(either: World) -> None:
    send(either, "p1")
    send(either, "p2")
    public_id = either.visited(photos=["p1", "p2"])
    with either.reading():
        assert kept() == [("p1", True), ("p2", True)]
        assert len(visit_of(public_id).photos) == 2


@pytest.mark.parametrize(("by", "wanted"), [("member", ["p1", "p9"]), ("member2", ["p1"])])
def test_a_visit_whose_photo_is_missing_or_another_s_is_not_stored(
    either: World, by: str, wanted: list[str]
) -> None:
    send(either, "p1")
    before = everything(either)
    with pytest.raises(Invalid) as fault:
        either.visited(by=by, photos=wanted)
    assert [error.field for error in fault.value.errors] == ["photos"]
    assert everything(either) == before


def test_a_photo_belongs_to_one_visit_only(huiyin: World) -> None:
    send(huiyin, "p1")
    huiyin.visited(photos=["p1"])
    with pytest.raises(Invalid):
        huiyin.visited(photos=["p1"])


def test_a_photo_whose_visit_never_came_is_forgotten_after_a_week(huiyin: World) -> None:
    send(huiyin, "p1")
    send(huiyin, "p2")
    huiyin.visited(photos=["p2"])
    send(huiyin, "p3", days=8)
    with huiyin.reading():
        assert kept() == [("p2", True), ("p3", False)]


def test_nobody_fills_the_store_with_photos_that_wait(huiyin: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(photos, "MOST_WAITING", 2)
    send(huiyin, "p1")
    send(huiyin, "p2")
    with pytest.raises(Conflict):
        send(huiyin, "p3")


def test_photos_are_added_up_to_a_number_and_taken_away_for_good(huiyin: World) -> None:
    public_id = huiyin.visited()
    with huiyin.writing():
        photos.add(visit_of(public_id), [SHOT] * MOST_PHOTOS, by=huiyin.actor("member"))
    with pytest.raises(Invalid), huiyin.writing():
        photos.add(visit_of(public_id), [SHOT], by=huiyin.actor("member"))
    with huiyin.writing():
        visit = visit_of(public_id)
        photos.remove(visit.photos[0], visit, by=huiyin.actor("clerk"))
    with huiyin.reading():
        assert len(kept()) == MOST_PHOTOS - 1
        verbs = [event.verb for event in db.session.scalars(select(Event).order_by(Event.id))]
        assert verbs == ["visit", *["add_photo"] * MOST_PHOTOS, "remove_photo"]


@pytest.mark.parametrize("who", ["member2", "secretary", "clerk", "leader"])
def test_only_the_writer_adds_photos(huiyin: World, who: str) -> None:
    public_id = huiyin.visited()
    with pytest.raises(Forbidden), huiyin.writing():
        photos.add(visit_of(public_id), [SHOT], by=huiyin.actor(who))


@pytest.mark.parametrize("who", ["member2", "secretary", "leader", "dt-clerk"])
def test_not_everybody_takes_a_photo_away(huiyin: World, who: str) -> None:
    public_id = huiyin.visited()
    with huiyin.writing():
        photos.add(visit_of(public_id), [SHOT], by=huiyin.actor("member"))
    with pytest.raises(Forbidden), huiyin.writing():
        visit = visit_of(public_id)
        photos.remove(visit.photos[0], visit, by=huiyin.actor(who))
