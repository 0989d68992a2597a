"""The items of a booklet: how many, in which order, in whose words; each change asks for a new look."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import NOW, World
from tracker.actions import booklet_items as acts
from tracker.actions import booklets
from tracker.actions.booklets import Made
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.incoming.booklets import BookletEdit, ItemEdit
from tracker.incoming.schema import read
from tracker.models import Booklet, Event, Outbox
from tracker.queries import booklet_sources
from tracker.queries.booklet_sources import MOST, Wanted

WORDS = {
    "chapter": "走访纪实",
    "title": "走访企业两家",
    "text": "走访企业，了解用工情况。",
    "byline": "东亭街道",
}
FILES = [Made("pdf", b"%PDF-", 3), Made("docx", b"PK", 3)]


@pytest.fixture
def three(huiyin: World) -> World:
    """A booklet of three visits."""
    for day in ("18", "19", "20"):
        huiyin.visited(reported=f"十一月{day}日走访企业，了解用工情况。", visited_on=f"2026-11-{day}")
    huiyin.booklet()
    return huiyin


def do(world: World, act: Callable[..., Any], *given: Any, by: str = "clerk", **more: Any) -> Any:
    with world.writing():
        return act(booklet(), *given, by=world.actor(by), **more)


def on_item(act: Callable[..., Any], place: int) -> Callable[..., Any]:
    """The same act on the item that stands at this place now."""
    return lambda one, *given, **more: act(one, one.items[place], *given, **more)


def booklet() -> Booklet:
    """Inside an open transaction."""
    return db.session.scalars(select(Booklet)).one()


def look(world: World, ask: Callable[[Booklet], Any]) -> Any:
    with world.reading():
        return ask(booklet())


def order(world: World) -> list[int]:
    return list(look(world, lambda one: [item.visit_id for item in one.items]))


# --- which and how many


@pytest.mark.parametrize("room, fits", [(0, False), (1, True)])
def test_a_booklet_holds_four_hundred_and_not_one_more(
    three: World, monkeypatch: pytest.MonkeyPatch, room: int, fits: bool
) -> None:
    assert MOST == 400
    three.visited(reported="走访学校一所")
    with three.reading():
        found = booklet_sources.found(booklet(), Wanted(), three.actor("clerk"))
    monkeypatch.setattr(acts, "MOST", 3 + room)
    if fits:
        assert do(three, acts.add, found) == 1
        return
    before = everything(three)
    with pytest.raises(Conflict, match="400"):
        do(three, acts.add, found)
    assert everything(three) == before


def test_nothing_found_is_no_new_revision_and_no_line_in_the_diary(three: World) -> None:
    before = look(three, lambda one: one.revision)
    assert do(three, acts.add, []) == 0
    assert look(three, lambda one: one.revision) == before
    with three.reading():
        assert [event.verb for event in db.session.query(Event).filter_by(object_kind="booklet")] == [
            "begin",
            "edit",
        ]


def test_what_comes_later_stands_behind_what_was_there(three: World) -> None:
    do(three, on_item(acts.shift, 0), "down")
    before = order(three)
    three.visited(reported="走访学校一所")
    with three.reading():
        found = booklet_sources.found(booklet(), Wanted(), three.actor("clerk"))
    do(three, acts.add, found)
    assert order(three)[:3] == before
    assert look(three, lambda one: [item.position for item in one.items]) == [1, 2, 3, 4]


# --- their order


@pytest.mark.parametrize(
    "place, way, becomes",
    [
        (0, "down", [1, 0, 2]),
        (1, "up", [1, 0, 2]),
        (1, "down", [0, 2, 1]),
        (2, "up", [0, 2, 1]),
    ],
)
def test_an_item_changes_places_with_its_neighbour(
    three: World, place: int, way: str, becomes: list[int]
) -> None:
    before = order(three)
    do(three, on_item(acts.shift, place), way)
    assert order(three) == [before[number] for number in becomes]


@pytest.mark.parametrize("place, way", [(0, "up"), (2, "down")])
def test_at_either_end_there_is_nowhere_to_go(three: World, place: int, way: str) -> None:
    before = everything(three)
    do(three, on_item(acts.shift, place), way)
    assert everything(three) == before


# --- their words


def test_new_words_ask_for_a_new_look(three: World) -> None:
    do(three, lambda one, by: acts.confirm(one, one.items, by=by))
    do(three, on_item(acts.edit, 0), read(ItemEdit, WORDS))
    assert look(three, lambda one: [item.confirmed_at for item in one.items]) == [None, NOW, NOW]
    found = look(
        three,
        lambda one: {name: getattr(one.items[0], name) for name in ("chapter", "title", "text", "byline")},
    )
    assert found == WORDS


def test_whoever_saves_words_may_answer_for_them_at_once(three: World) -> None:
    do(three, on_item(acts.edit, 1), read(ItemEdit, WORDS | {"confirm": True}), by="clerk2")
    with three.reading():
        clerk2, item = three.actor("clerk2").id, booklet().items[1]
        assert (item.confirmed_by_id, item.confirmed_at) == (clerk2, NOW)
        assert [one.confirmed_at for one in booklet().items] == [None, NOW, None]


@pytest.mark.parametrize("field", ["chapter", "title", "text", "byline"])
def test_words_that_tell_are_kept_unconfirmed_or_not_at_all(three: World, field: str) -> None:
    given = WORDS | {field: f"{WORDS[field][:10]}，电话13912342186"}
    before = everything(three)
    with pytest.raises(Invalid) as refused:
        do(three, on_item(acts.edit, 0), read(ItemEdit, given | {"confirm": True}))
    assert [fault.field for fault in refused.value.errors] == [field] and everything(three) == before
    do(three, on_item(acts.edit, 0), read(ItemEdit, given))
    assert look(three, lambda one: one.items[0].confirmed_at) is None


def test_one_that_tells_keeps_all_of_them_unconfirmed_and_is_named(three: World) -> None:
    do(three, on_item(acts.edit, 1), read(ItemEdit, WORDS | {"text": "联系电话13912342186。"}))
    told = look(three, lambda one: one.items[1].public_id)
    with pytest.raises(Invalid) as refused:
        do(three, lambda one, by: acts.confirm(one, one.items, by=by))
    assert {fault.field for fault in refused.value.errors} == {told}
    assert look(three, lambda one: {item.confirmed_at for item in one.items}) == {None}


def test_what_is_left_out_comes_back_where_it_stood(three: World) -> None:
    before = order(three)
    do(three, on_item(acts.leave_out, 1), out=True)
    assert look(three, lambda one: [item.visit_id for item in one.chosen]) == [before[0], before[2]]
    do(three, on_item(acts.leave_out, 1), out=False)
    assert look(three, lambda one: [item.visit_id for item in one.chosen]) == before


# --- each change is a revision, and whoever made it is an editor


CHANGES: dict[str, Callable[..., Any]] = {
    "cover": lambda one, by: booklets.edit(one, BookletEdit(title="走在身边"), by=by),
    "item": lambda one, by: acts.edit(one, one.items[0], read(ItemEdit, WORDS), by=by),
    "confirm": lambda one, by: acts.confirm(one, one.items, by=by),
    "leave_out": lambda one, by: acts.leave_out(one, one.items[0], out=True, by=by),
    "order": lambda one, by: acts.shift(one, one.items[0], "down", by=by),
}


@pytest.mark.requirement("T45")
@pytest.mark.parametrize("what", CHANGES)
def test_every_change_counts_and_makes_an_editor_once(three: World, what: str) -> None:
    before = look(three, lambda one: one.revision)
    for _ in range(2):
        do(three, CHANGES[what], by="clerk2")
    with three.reading():
        last = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert last and (last.verb, last.data["what"], last.data["revision"]) == ("edit", what, before + 2)
        assert booklet().editor_ids == [three.actor("clerk").id, three.actor("clerk2").id]


# --- the files


def test_files_are_asked_for_once_and_again_only_after_a_failure(three: World) -> None:
    do(three, booklets.make)
    do(three, booklets.make)
    with three.writing():
        job = db.session.scalars(select(Outbox).where(Outbox.kind == "make_booklet")).one()
        job.parked_at = NOW
    do(three, booklets.make)
    with three.reading():
        keys = [row.effect_key for row in db.session.query(Outbox).filter_by(kind="make_booklet")]
        assert len(set(keys)) == len(keys) == 2


def test_files_are_not_asked_for_an_empty_booklet(huiyin: World) -> None:
    huiyin.booklet()
    before = everything(huiyin)
    with pytest.raises(Conflict) as refused:
        do(huiyin, booklets.make)
    assert refused.value.missing == ["has_items"] and everything(huiyin) == before


def test_the_first_files_of_a_revision_are_its_files(three: World) -> None:
    """A job that is done twice must not change what somebody has already read."""
    for files in (FILES, [Made("pdf", b"%PDF-2", 4)]):
        with three.writing():
            booklets.keep(booklet(), booklet().revision, files)
    with three.reading():
        assert {(file.kind, file.size, file.pages) for file in booklet().files} == {
            ("pdf", 5, 3),
            ("docx", 2, 3),
        }
        assert db.session.query(Event).filter_by(verb="freeze").count() == 1


def test_progress_raises_no_version(three: World) -> None:
    before = look(three, lambda one: (one.id, one.version))
    with three.writing():
        booklets.progress(before[0], "typesetting")
    assert look(three, lambda one: (one.id, one.version)) == before
    assert look(three, lambda one: one.making) == "typesetting"
