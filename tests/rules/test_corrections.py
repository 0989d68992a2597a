"""The words of a case may be corrected by the raiser until the office coordinated it, then by the office."""

from dataclasses import dataclass

import pytest

from tracker.rules.actors import Actor, Post
from tracker.rules.corrections import is_open_to, is_visit_open, may_correct

STATES = ("raised", "coordinated", "handled", "fed_back")


@dataclass
class Case:
    state: str
    owner_id: int = 7
    committee_id: int = 1
    group_id: int = 3
    noun: str = "case"
    is_accusation: bool = False


def person(role: str, number: int = 7) -> Actor:
    return Actor("person", number, "", 1, (Post(role, 3),))


@pytest.mark.parametrize("state", STATES)
def test_the_raiser_corrects_until_it_is_coordinated(state: str) -> None:
    assert may_correct(person("member"), Case(state)) is (state == "raised")


@pytest.mark.parametrize("role", ["clerk", "director"])
@pytest.mark.parametrize("state", STATES)
def test_the_office_corrects_at_any_time(role: str, state: str) -> None:
    assert may_correct(person(role, 8), Case(state))


@pytest.mark.parametrize("role", ["secretary", "handler", "leader", "auditor", "admin"])
@pytest.mark.parametrize("state", STATES)
def test_nobody_else_corrects(role: str, state: str) -> None:
    assert not may_correct(person(role, 8), Case(state))


def test_another_member_of_the_group_does_not() -> None:
    assert not may_correct(person("member", 8), Case("raised"))


def test_that_it_is_open_is_not_yet_a_right() -> None:
    stranger = person("member", 8)
    assert is_open_to(stranger, Case("raised"))
    assert not may_correct(stranger, Case("raised"))


def test_an_accusation_is_corrected_by_the_director_alone() -> None:
    told = Case("raised", is_accusation=True)
    assert may_correct(person("director", 8), told)
    assert not may_correct(person("clerk", 8), told)
    assert not may_correct(person("member"), told)


@pytest.mark.parametrize(
    ("states", "open_"),
    [
        ((), True),
        (("raised",), True),
        (("raised", "raised"), True),
        (("raised", "coordinated"), False),
        (("coordinated", "raised"), False),
        (("fed_back",), False),
    ],
)
def test_a_visit_is_put_right_until_one_of_its_cases_is_worked_on(
    states: tuple[str, ...], open_: bool
) -> None:
    assert is_visit_open([Case(state) for state in states]) is open_


def test_a_post_in_another_committee_corrects_nothing_here() -> None:
    other = Actor("person", 7, "", 2, (Post("director", 3),))
    assert is_open_to(other, Case("raised")) and not may_correct(other, Case("raised"))
