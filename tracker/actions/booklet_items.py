"""The items of a booklet: chosen, put in order, reworded, left out, and each confirmed by a person."""

from collections.abc import Sequence
from typing import Literal

from tracker.actions import booklet_words
from tracker.actions.base import action, session
from tracker.actions.booklets import changed, open_to_change, telling
from tracker.errors import Conflict, FieldError, Invalid
from tracker.extensions import clock
from tracker.incoming.booklets import ItemEdit
from tracker.models import Booklet, BookletItem, Case, Submission, Visit
from tracker.models.base import new_public_id
from tracker.queries import booklets
from tracker.queries.booklet_sources import MOST, Candidate
from tracker.rules import publishing
from tracker.rules.actors import Actor
from tracker.rules.words import N_

_THINGS: dict[str, type[Visit] | type[Submission] | type[Case]] = {
    "visit": Visit,
    "submission": Submission,
    "case": Case,
}


@action
def add(booklet: Booklet, found: Sequence[Candidate], *, by: Actor, expect: int | None = None) -> int:
    """Take these in behind the others, each in words that name nobody, to be confirmed one by one."""
    open_to_change(booklet, by=by, expect=expect)
    if len(booklet.items) + len(found) > MOST:
        raise Conflict(N_("一本汇编最多 400 条，请分成两本"), version=booklet.version)
    last = max((item.position for item in booklet.items), default=0)
    headed = [(_chapter(booklet, one), one) for one in found]
    headed.sort(key=lambda pair: booklet_words.rank(booklet.chapter_by, pair[0]))
    for position, (heading, one) in enumerate(headed, start=last + 1):
        booklet.items.append(_item(one, heading, position))
    if found:
        changed(booklet, by=by, what="add", data={"count": len(found)})
    return len(found)


@action
def edit(
    booklet: Booklet, item: BookletItem, given: ItemEdit, *, by: Actor, expect: int | None = None
) -> None:
    """New words; they are confirmed at once where the person says so, else they wait for it again."""
    open_to_change(booklet, by=by, expect=expect)
    item.chapter, item.title = given.chapter, given.title
    item.text, item.byline = given.text, given.byline
    item.confirmed_by_id = item.confirmed_at = None
    if given.confirm:
        _refuse_what_tells(item)
        _confirm(item, by)
    changed(booklet, by=by, what="item", data={"item": item.id})


@action
def confirm(booklet: Booklet, items: Sequence[BookletItem], *, by: Actor, expect: int | None = None) -> None:
    """Somebody read these and says that nobody can be recognised; the detector must agree.

    What reads like a name is confirmed by opening its item, never among many.
    """
    open_to_change(booklet, by=by, expect=expect)
    faults = [fault for item in items for fault in _faults(item, item.public_id) or _doubts(item)]
    if faults:
        raise Invalid(faults)
    for item in items:
        _confirm(item, by)
    changed(booklet, by=by, what="confirm", data={"items": [item.id for item in items]})


@action
def leave_out(
    booklet: Booklet, item: BookletItem, *, out: bool, by: Actor, expect: int | None = None
) -> None:
    """Not printed, but not proposed again either; or back in."""
    open_to_change(booklet, by=by, expect=expect)
    item.excluded = out
    changed(booklet, by=by, what="leave_out" if out else "take_back", data={"item": item.id})


@action
def shift(
    booklet: Booklet,
    item: BookletItem,
    way: Literal["up", "down"],
    *,
    by: Actor,
    expect: int | None = None,
) -> None:
    """One place towards the beginning or the end; chapters stand in the order of their first items."""
    open_to_change(booklet, by=by, expect=expect)
    order = list(booklet.items)
    place = order.index(item)
    other = place + (-1 if way == "up" else 1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, one in enumerate(order, start=1):
        one.position = position
    changed(booklet, by=by, what="order", data={"item": item.id})


def _chapter(booklet: Booklet, one: Candidate) -> str:
    heading = booklet_words.chapter(booklet.chapter_by, kind=one.kind, circle=one.circle, group=one.group)
    return heading[:60]


def _item(one: Candidate, heading: str, position: int) -> BookletItem:
    item = BookletItem(
        public_id=new_public_id(), position=position, chapter=heading, kind=one.noun, excluded=False
    )
    setattr(item, one.noun, session().get_one(_THINGS[one.noun], one.id))
    booklet_words.propose(item)
    return item


def _confirm(item: BookletItem, by: Actor) -> None:
    item.confirmed_by_id, item.confirmed_at = by.person_id, clock()


def _refuse_what_tells(item: BookletItem) -> None:
    if faults := _faults(item, ""):
        raise Invalid(faults)


def _doubts(item: BookletItem) -> list[FieldError]:
    named = publishing.suspects(f"{item.title}\n{item.text}")
    return [FieldError(item.public_id, N_("有像姓名的内容，请打开这一条看过再确认"))] if named else []


def _faults(item: BookletItem, key: str) -> list[FieldError]:
    """A sentence for each field that still says who somebody is; under ``key`` where many are asked."""
    found: list[FieldError] = []
    for field in ("chapter", "title", "text", "byline"):
        text: str = getattr(item, field)
        found += telling(key or field, booklets.found_in(item, text)) if text else []
    return found
