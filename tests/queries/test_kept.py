"""Answers are kept until the diary grows, and nobody is given another's."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.extensions import db
from tracker.models import ChainHead
from tracker.queries import desk, kept
from tracker.rules.actors import Actor, Post

ME = Actor("person", 7, "周文博", 1, (Post("clerk", 3),), diary=b"one")


@pytest.fixture
def asked() -> Callable[[], int]:
    """Answers 1, then 2, then 3: which answer it is tells how often somebody asked."""
    numbers = count(1)
    return lambda: next(numbers)


@pytest.fixture
def reading(huiyin: World) -> Iterator[World]:
    with huiyin.reading():
        yield huiyin


@pytest.fixture
def question(request: pytest.FixtureRequest) -> str:
    return str(request.node.name)


def _ask(actor: Actor, question: object, asked: Callable[[], int]) -> int:
    return kept.until_next_event(actor, question, asked)  # type: ignore[arg-type]


@pytest.mark.usefixtures("reading")
def test_the_same_question_is_asked_once(question: str, asked: Callable[[], int]) -> None:
    assert [_ask(ME, question, asked) for _ in range(3)] == [1, 1, 1]


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize(
    "other",
    [
        replace(ME, diary=b"two"),
        replace(ME, id=8),
        replace(ME, committee_id=2),
        replace(ME, posts=(Post("director", 3),)),
        replace(ME, posts=(Post("clerk", 4),)),
        replace(ME, posts=()),
    ],
    ids=["a newer diary", "another person", "another committee", "another role", "another unit", "no post"],
)
def test_an_answer_is_nobody_elses(other: Actor, question: str, asked: Callable[[], int]) -> None:
    assert _ask(ME, question, asked) == 1
    assert _ask(other, question, asked) == 2
    assert _ask(ME, question, asked) == 1


@pytest.mark.usefixtures("reading")
def test_another_question_has_an_answer_of_its_own(question: str, asked: Callable[[], int]) -> None:
    assert [_ask(ME, (question, number), asked) for number in (1, 2, 1)] == [1, 2, 1]


@pytest.mark.usefixtures("reading")
@pytest.mark.parametrize("answer", [0, None, "", ()])
def test_no_answer_is_an_answer(answer: object, question: str) -> None:
    answers = iter([answer, "asked again"])
    assert kept.until_next_event(ME, question, lambda: next(answers)) == answer
    assert kept.until_next_event(ME, question, lambda: next(answers)) == answer


@pytest.mark.usefixtures("reading")
def test_a_question_that_failed_is_asked_again(question: str, asked: Callable[[], int]) -> None:
    def fail() -> int:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        _ask(ME, question, fail)
    assert _ask(ME, question, asked) == 1


@pytest.mark.usefixtures("reading")
def test_who_did_not_come_through_the_door_asks_every_time(question: str, asked: Callable[[], int]) -> None:
    stranger = replace(ME, diary=b"")
    assert [_ask(stranger, question, asked) for _ in range(2)] == [1, 2]


def test_a_write_neither_takes_a_kept_answer_nor_leaves_one(
    question: str, asked: Callable[[], int], huiyin: World
) -> None:
    with huiyin.reading():
        assert _ask(ME, question, asked) == 1
    with huiyin.writing():
        assert [_ask(ME, question, asked) for _ in range(2)] == [2, 3]
    with huiyin.reading():
        assert _ask(ME, question, asked) == 1


@pytest.mark.usefixtures("reading")
def test_the_answer_that_was_wanted_least_lately_gives_way(question: str, asked: Callable[[], int]) -> None:
    old, older = (question, "old"), (question, "older")
    assert (_ask(ME, older, asked), _ask(ME, old, asked)) == (1, 2)
    for number in range(kept.SIZE - 2):
        _ask(ME, (question, number), lambda: 0)
    assert _ask(ME, older, asked) == 1
    _ask(ME, (question, "one more"), lambda: 0)
    assert (_ask(ME, older, asked), _ask(ME, old, asked)) == (1, 3)


# --- with the real diary
def _at_the_door(world: World, login: str) -> Actor:
    """Inside an open transaction: with the diary's end, as the door reads it."""
    actor = world.actor(login)
    end = db.session.scalar(select(ChainHead.hash).where(ChainHead.committee_id == actor.committee_id))
    return replace(actor, diary=end or b"")


def _to_coordinate(world: World, login: str = "clerk", later: timedelta = timedelta(0)) -> int:
    with world.reading():
        return desk.waiting_counts(_at_the_door(world, login), NOW + later)["to_coordinate"]


def test_a_number_of_the_desk_follows_every_event(either: World) -> None:
    reference = either.raised()
    assert (_to_coordinate(either), _to_coordinate(either)) == (1, 1)
    either.raised()
    assert _to_coordinate(either) == 2
    either.move(reference, "withdraw", by="member", note="不需要了")
    assert _to_coordinate(either) == 1


def test_a_number_is_as_old_as_the_diary_its_reader_saw(either: World) -> None:
    either.raised()
    with either.reading():
        before = _at_the_door(either, "clerk")
        assert desk.waiting_counts(before, NOW)["to_coordinate"] == 1
    either.raised()
    with either.reading():
        assert desk.waiting_counts(before, NOW)["to_coordinate"] == 1


def test_another_committees_events_change_no_number_here(either: World) -> None:
    either.raised()
    with either.reading():
        before = _at_the_door(either, "clerk").diary
    either.raised(by="dt-member")
    with either.reading():
        assert _at_the_door(either, "clerk").diary == before
        assert _at_the_door(either, "dt-clerk").diary != before


def test_what_becomes_late_is_late_although_nothing_happened(either: World) -> None:
    either.raised()
    with either.reading():
        clerk = _at_the_door(either, "clerk")
        numbers = [desk.waiting_counts(clerk, NOW + timedelta(days=days))["overdue"] for days in (0, 4)]
    assert numbers == [0, 1]


@pytest.mark.usefixtures("reading")
def test_an_answer_that_changes_with_time_lasts_its_minute(question: str, asked: Callable[[], int]) -> None:
    start = NOW.replace(second=0, microsecond=0)
    moments = [start, start + timedelta(seconds=59), start + timedelta(seconds=60)]
    assert [kept.until_next_event(ME, question, asked, now=moment) for moment in moments] == [1, 1, 2]
