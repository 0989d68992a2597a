"""What is behind a bell: one's own lines, with what a link is made of."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from tests.queries.conftest import Filled
from tests.world import NOW, World
from tracker.actions import bell
from tracker.actions import notices as actions
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import Event, Notice
from tracker.queries import notices
from tracker.rules.actors import system


def _tell(world: World, verb: str, who: str) -> None:
    """The newest event of this verb, to one person."""
    with world.writing():
        event = db.session.scalars(
            select(Event.id).where(Event.verb == verb).order_by(Event.id.desc())
        ).first()
        person = world.actor(who).id
        assert event is not None and person is not None
        actions.tell(event, [person], f"x.{verb}")


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    known["case"] = world.handled()
    (known["share"],) = world.shares(known["case"])
    known["letter"] = world.letter(known["case"], "submitted")
    for verb in ("raise", "dispatch", "submit"):
        _tell(world, verb, "clerk")
    _tell(world, "raise", "member")
    with world.writing():
        db.session.scalars(select(Notice).where(Notice.template == "x.dispatch")).one().read_at = NOW
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def test_a_line_leads_to_what_it_is_about_newest_first(reading: Filled) -> None:
    rows = notices.page(reading.world.actor("clerk")).items
    known = reading.known
    assert [(row.template, row.reference, row.share, row.letter) for row in rows] == [
        ("x.submit", known["case"], None, known["letter"]),
        ("x.dispatch", known["case"], known["share"], None),
        ("x.raise", known["case"], None, None),
    ]
    assert [row.read_at for row in rows] == [None, NOW, None]


def test_the_bell_counts_what_is_not_read_up_to_its_cap(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    assert (notices.unread(clerk), notices.unread(clerk, cap=1)) == (2, 1)
    assert notices.unread(reading.world.actor("director")) == 0


def test_a_page_ends_with_the_cursor_of_the_next(reading: Filled) -> None:
    clerk = reading.world.actor("clerk")
    first = notices.page(clerk, limit=2)
    last = notices.page(clerk, limit=2, after=first.next)
    assert [row.template for row in (*first.items, *last.items)] == ["x.submit", "x.dispatch", "x.raise"]
    assert first.next and last.next is None


def test_who_is_no_person_has_no_bell(reading: Filled) -> None:
    nobody = system(reading.world.actor("clerk").committee_id)
    resident = reading.world.resident(reading.known["case"])
    for actor in (nobody, resident):
        assert (list(notices.page(actor).items), notices.unread(actor)) == ([], 0)


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    "number", ["0", "-1", "x", "", "1.0", "１", "²", "2147483647", "2147483648", "9" * 18, "9" * 40, " 1"]
)
def test_an_address_that_names_no_line_is_not_found(number: str, reading: Filled) -> None:
    with pytest.raises(NotFound):
        notices.get(number, reading.world.actor("clerk"))


@pytest.mark.requirement("T14")
def test_only_ones_own_line_can_be_fetched(reading: Filled) -> None:
    (mine,) = notices.page(reading.world.actor("member")).items
    assert notices.get(str(mine.id), reading.world.actor("member")).template == "x.raise"
    with pytest.raises(NotFound):
        notices.get(str(mine.id), reading.world.actor("clerk"))


def test_telling_the_same_again_adds_no_line(either: World) -> None:
    either.raised()
    for _ in range(2):
        _tell(either, "raise", "clerk")
    with either.writing():
        clerk = either.actor("clerk")
        assert notices.unread(clerk) == 1
        bell.read_all(by=either.actor("clerk2"))
        assert notices.unread(clerk) == 1
        bell.read_all(by=clerk)
        assert notices.unread(clerk) == 0 and len(notices.page(clerk).items) == 1
