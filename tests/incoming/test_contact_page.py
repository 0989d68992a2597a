"""What the office decides about the page for residents."""

from tests.incoming import faults
from tracker.incoming.contact_page import MOST_STATIONS, PublishIn
from tracker.incoming.schema import read


def test_nothing_is_published_that_nobody_asked_for() -> None:
    decided = read(PublishIn, {})
    assert (decided.open, decided.members, decided.hidden, decided.stations) == (False, False, False, [])


def test_a_ticked_box_is_a_yes_and_a_word_is_none() -> None:
    assert read(PublishIn, {"open": "on", "members": "1", "hidden": "true"}).hidden is True
    for field in ("open", "members", "hidden"):
        assert faults.values(PublishIn, {}, field, True, "off", "maybe", None, 2) == [True, "off"]


def test_so_many_stations_are_published_at_most() -> None:
    assert faults.of(PublishIn, {"stations": ["s"] * MOST_STATIONS}) == []
    assert faults.of(PublishIn, {"stations": ["s"] * (MOST_STATIONS + 1)}) == ["stations"]
    assert faults.of(PublishIn, {"stations": ["s", "", "x" * 65]}) == ["stations.1", "stations.2"]


def test_what_the_form_was_drawn_from_is_a_short_mark() -> None:
    assert faults.lengths(PublishIn, {}, "seen", 0, 64, 65) == [0, 64]
