"""The neighbours of a case in the list it was opened from."""

from collections.abc import Iterator

import pytest

from tests.queries.conftest import Filled
from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import Case
from tracker.queries import beside
from tracker.queries.beside import Beside
from tracker.queries.cases import CaseFilter

ORDER = ("a", "b", "c", "d", "e")


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world, known = filling.world, filling.known
    for name in ORDER:
        by = "member2" if name in "bd" else "member"
        said = "河水发臭" if name == "c" else "路灯不亮"
        known[name] = world.raised(by=by, summary=said, narrative=said)
        # A case of somebody else between any two.
        world.raised(by="dt-member")
    world.raised(is_accusation=True)
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _names(filled: Filled, found: Beside) -> tuple[str | None, str | None]:
    known = {reference: name for name, reference in filled.known.items()} | {None: None}
    return known[found.before], known[found.after]


@pytest.mark.parametrize(
    ("name", "who", "wanted", "expected", "place", "total"),
    [
        ("e", "clerk", CaseFilter(), (None, "d"), 1, 5),
        ("c", "clerk", CaseFilter(), ("d", "b"), 3, 5),
        ("a", "clerk", CaseFilter(), ("b", None), 5, 5),
        ("c", "secretary", CaseFilter(), ("e", "a"), 2, 3),
        ("d", "member2", CaseFilter(), (None, "b"), 1, 2),
        ("d", "clerk", CaseFilter(q="路灯"), ("e", "b"), 2, 4),
        ("d", "clerk", CaseFilter(group="group2"), (None, "b"), 1, 2),
        ("a", "clerk", CaseFilter(waiting="to_coordinate"), ("b", None), 5, 5),
    ],
)
def test_a_case_has_its_place_among_what_its_reader_sees(
    name: str,
    who: str,
    wanted: CaseFilter,
    expected: tuple[str | None, str | None],
    place: int,
    total: int,
    reading: Filled,
) -> None:
    case, actor = reading.world.case(reading.known[name]), reading.world.actor(who)
    found = beside.in_list(case, actor, wanted, NOW)
    assert (_names(reading, found), found.place, found.total) == (expected, place, total)


@pytest.mark.parametrize(("name", "expected"), [("c", ("d", "b")), ("e", (None, "d")), ("a", ("b", None))])
def test_a_case_that_left_the_list_still_has_neighbours_and_no_place(
    name: str, expected: tuple[str | None, str | None], reading: Filled
) -> None:
    case, clerk = reading.world.case(reading.known[name]), reading.world.actor("clerk")
    others = tuple(reading.known[other] for other in ORDER if other != name)
    found = beside.in_list(case, clerk, CaseFilter(only=others), NOW)
    assert (_names(reading, found), found.place, found.total) == (expected, 0, 0)


def test_alone_in_the_list_there_is_nobody_beside(reading: Filled) -> None:
    case, clerk = reading.world.case(reading.known["c"]), reading.world.actor("clerk")
    assert beside.in_list(case, clerk, CaseFilter(q="河水"), NOW) == Beside(None, None, 1, 1)
    assert beside.in_list(case, clerk, CaseFilter(q="没有这个词"), NOW) == Beside(None, None)


def _many(model: Case) -> list[Case]:
    """The case and copies of it, oldest first: one more than anybody goes through."""
    fields = ("committee_id", "state", "summary", "narrative", "source", "raised_by_id", "raised_at")
    alike = {name: getattr(model, name) for name in fields}
    copies = [
        Case(reference=f"XS-2020-{number:06}", updated_at=NOW, **alike) for number in range(beside.REACH)
    ]
    db.session.add_all(copies)
    db.session.flush()
    return [model, *copies]


@pytest.mark.parametrize(("index", "place"), [(0, 0), (1, 100), (2, 99), (100, 1)])
def test_a_place_is_known_among_the_first_hundred(index: int, place: int, either: World) -> None:
    reference = either.raised()
    with either.writing():
        listed = _many(either.case(reference))
        found = beside.in_list(listed[index], either.actor("clerk"), CaseFilter(), NOW)
        assert (found.place, found.total) == (place, beside.REACH + 1 if place else 0)
        assert found.before == (listed[index + 1].reference if index < beside.REACH else None)
        assert found.after == (listed[index - 1].reference if index else None)
