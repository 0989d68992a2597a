"""Who acts: which posts count, where, and for whom."""

from itertools import combinations

import pytest

from tracker.rules.actors import ROLES, ZONES, Actor, Post, system, zone_of

OFFICE = {"member", "secretary", "clerk", "director", "leader"}


def person(*posts: tuple[str, int]) -> Actor:
    return Actor("person", 7, "周文博", 1, tuple(Post(role, unit) for role, unit in posts))


def test_a_post_counts_in_its_own_unit_only() -> None:
    actor = person(("member", 3), ("secretary", 4), ("member", 5))
    assert actor.units("member") == {3, 5}
    assert actor.units("secretary") == {4}
    assert actor.units("clerk") == set()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [(("member",), True), (("clerk", "secretary"), True), (("clerk", "director"), False), ((), False)],
)
def test_one_of_the_asked_roles_is_enough(asked: tuple[str, ...], answer: bool) -> None:
    assert person(("member", 3), ("secretary", 4)).has(*asked) is answer


def test_a_person_without_a_post_has_no_role() -> None:
    assert person().roles == frozenset()


@pytest.mark.parametrize("kind", ["resident", "system"])
def test_whoever_is_no_person_has_one_role_and_no_persons_number(kind: str) -> None:
    actor = Actor(kind, 7, "", 1, (Post("director", 2),))
    assert actor.roles == {kind}
    assert actor.person_id is None


def test_a_resident_and_a_person_of_one_number_are_two_users() -> None:
    assert Actor("resident", 7, "", 1).get_id() != person().get_id()


def test_a_rule_acts_for_one_committee_and_says_its_name() -> None:
    rule = system(2, "delivery")
    assert (rule.kind, rule.id, rule.name, rule.committee_id) == ("system", None, "delivery", 2)


def test_what_the_diary_looked_like_makes_nobody_another_person() -> None:
    assert Actor("person", 7, "周", 1, diary=b"a") == Actor("person", 7, "周", 1, diary=b"b")
    assert "diary" not in repr(Actor("person", 7, "周", 1, diary=b"a"))


def test_every_role_a_person_can_hold_has_a_zone() -> None:
    assert set(ZONES) == set(ROLES) - {"resident", "system"}


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(ZONES), 2)))
def test_two_roles_share_an_account_only_within_the_office(one: str, other: str) -> None:
    together = {one, other} <= OFFICE
    assert zone_of({one, other}) == ("office" if together else None)


@pytest.mark.parametrize("other", ["handler", "admin", "auditor"])
def test_the_whole_office_is_one_zone_until_one_from_outside_joins(other: str) -> None:
    assert zone_of(OFFICE) == "office"
    assert zone_of(OFFICE | {other}) is None


def test_no_role_is_no_zone() -> None:
    assert zone_of(set()) is None


def test_a_person_answers_with_their_own_number() -> None:
    assert person(("clerk", 2)).person_id == 7
    assert system(1).person_id is None
