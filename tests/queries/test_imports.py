"""What an earlier import brought is known by its keys, however many are asked for."""

import pytest

from tests.world import World
from tracker.extensions import db
from tracker.models import Case
from tracker.queries import imports


@pytest.fixture
def keyed(either: World) -> World:
    reference, other = either.raised(), either.raised()
    either.raised()
    with either.writing():
        either.case(reference).import_key = "list:1"
        either.case(other).import_key = "list:1001"
    return either


@pytest.mark.parametrize(
    ("keys", "known"),
    [
        ([], set()),
        (["list:2"], set()),
        (["list:1", "list:2"], {"list:1"}),
        (["list:1", "list:1"], {"list:1"}),
        (["LIST:1", "list:1 ", "list:%", ""], set()),
        ([f"list:{number}" for number in range(1, 2002)], {"list:1", "list:1001"}),
    ],
    ids=["none", "new", "one of two", "twice", "spelt otherwise", "thousands"],
)
def test_known_keys_are_those_that_came_before(keys: list[str], known: set[str], keyed: World) -> None:
    with keyed.reading():
        assert imports.known_keys(keys) == known


def test_cases_without_a_key_are_no_answer(keyed: World) -> None:
    with keyed.reading():
        assert db.session.query(Case).filter(Case.import_key.is_(None)).count() == 1
        assert imports.known_keys(["None", ""]) == frozenset()
