"""The list of letters, and fetching one of them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import NoResultFound

from tests.queries.conftest import Filled, said
from tests.world import NOW
from tracker.errors import Invalid, NotFound
from tracker.queries import letters
from tracker.queries.cases import Page

ALL = {"draft", "submitted", "issued", "delivered", "theirs"}


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["draft"] = world.letter(world.handled())
    known["submitted"] = world.letter(world.handled(), "submitted")
    known["issued"] = world.letter(world.handled(), "issued")
    known["delivered"] = world.delivered(world.handled())
    known["theirs"] = world.letter(world.handled(by="member2"))
    late = world.handled()
    known["secret"] = world.letter(late)
    world.edited(late, is_accusation=True)
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _page(filled: Filled, who: str = "clerk", **asked: Any) -> Page:
    return letters.page(filled.world.actor(who), now=NOW, **asked)


def _found(filled: Filled, who: str = "clerk", **asked: Any) -> set[str]:
    return set(filled.names(row.public_id for row in _page(filled, who, **asked).items))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ALL),
        ({"state": "draft"}, {"draft", "theirs"}),
        ({"state": "issued,delivered"}, {"issued", "delivered"}),
        ({"state": "nonsense"}, set()),
        ({"waits": "to_deliver"}, {"issued"}),
        # The clerk drafted it; whoever signs is another person.
        ({"waits": "to_sign"}, set()),
        ({"only": ()}, set()),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert _found(reading, **asked) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("member", ALL - {"theirs"}),
        ("member2", {"theirs"}),
        ("secretary", ALL - {"theirs"}),
        ("director", ALL | {"secret"}),
        ("auditor", ALL),
        ("leader", set()),
        ("dept", set()),
        ("dt-director", set()),
    ],
)
def test_the_list_holds_what_its_reader_may_read(who: str, expected: set[str], reading: Filled) -> None:
    assert _found(reading, who) == expected


@pytest.mark.requirement("T06")
@pytest.mark.parametrize("who", ["member", "clerk", "auditor"])
def test_a_letter_of_an_accusation_is_found_by_directors_only(who: str, reading: Filled) -> None:
    assert letters.get(reading.known["secret"], reading.world.actor("director")).is_accusation
    with pytest.raises(NotFound):
        letters.get(reading.known["secret"], reading.world.actor(who))


def test_a_number_and_its_dates_stand_in_the_list_once_they_are_given(reading: Filled) -> None:
    rows = {reading.names([row.public_id])[0]: row for row in _page(reading).items}
    assert (rows["draft"].number, rows["draft"].issue_date) == (None, None)
    assert rows["issued"].number == "锡政协办函〔2026〕1号"
    assert rows["issued"].delivered_on is None
    assert rows["delivered"].number == "锡政协办函〔2026〕2号"
    assert rows["delivered"].delivered_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("who", "verb", "may"),
    [
        ("auditor", "read", True),
        ("auditor", "read_content", False),
        ("secretary", "read_content", False),
        ("member", "read_content", True),
        ("member", "issue", False),
    ],
)
def test_a_letter_is_fetched_for_one_verb(who: str, verb: str, may: bool, reading: Filled) -> None:
    public_id, actor = reading.known["issued"], reading.world.actor(who)
    if may:
        assert letters.get(public_id, actor, verb).public_id == public_id
        return
    with pytest.raises(NotFound):
        letters.get(public_id, actor, verb)


def test_the_frozen_file_is_not_read_along_with_its_letter(reading: Filled) -> None:
    letter = letters.get(reading.known["delivered"], reading.world.actor("clerk"))
    assert "pdf_sealed" in inspect(letter).unloaded
    assert letter.has_pdf


def test_the_worker_asks_by_number_and_a_missing_letter_is_an_error(reading: Filled) -> None:
    letter = letters.get(reading.known["issued"], reading.world.actor("clerk"))
    assert letters.to_render(letter.id) is letter
    with pytest.raises(NoResultFound):
        letters.to_render(letter.id + 1000)


def test_page_after_page_shows_every_row_once_newest_first(reading: Filled) -> None:
    first = _page(reading, limit=3)
    last = _page(reading, limit=3, after=first.next)
    walked = [row.id for row in (*first.items, *last.items)]
    assert walked == sorted(walked, reverse=True) and len(walked) == len(ALL)
    assert last.next is None


def test_a_queue_of_something_else_is_refused(reading: Filled) -> None:
    with pytest.raises(Invalid):
        _page(reading, waits="to_coordinate")
