"""The lists people choose from: their own committee's, and only what is in use."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.world import UNITS, World
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Category, OrgUnit, Person
from tracker.queries import reference
from tracker.rules.actors import Actor

FIND: dict[str, Callable[[Actor, str], Any]] = {
    "category": reference.category,
    "area": reference.area,
    "unit": reference.unit,
}


@pytest.mark.parametrize(
    ("kind", "code", "name"),
    [
        ("category", "B01", "市政照明"),
        ("category", "B", "城乡建设"),
        ("area", "0101", "云林社区"),
        ("area", "01", "东亭街道"),
        ("unit", "housing", "区住房和城乡建设局"),
    ],
)
def test_what_is_sent_as_a_code_is_found_in_the_own_committee(
    kind: str, code: str, name: str, still: World
) -> None:
    for who in ("xs-member", "dt-member"):
        actor = still.actor(who)
        found = FIND[kind](actor, code)
        assert (found.name, found.committee_id) == (name, actor.committee_id)


@pytest.mark.parametrize("kind", FIND)
@pytest.mark.parametrize("code", ["", "nonsense", "b01", "B0", "%", "B01 "])
def test_a_code_nobody_has_is_refused_and_names_its_field(kind: str, code: str, still: World) -> None:
    with pytest.raises(Invalid) as refused:
        FIND[kind](still.actor("member"), code)
    assert [error.field for error in refused.value.errors] == [kind]


def test_the_field_is_named_as_the_sender_calls_it(still: World) -> None:
    with pytest.raises(Invalid) as refused:
        reference.unit(still.actor("clerk"), "nonsense", "assignments.0.unit")
    assert [error.field for error in refused.value.errors] == ["assignments.0.unit"]


@pytest.mark.requirement("T14")
def test_another_committees_unit_cannot_be_named_by_its_public_id(still: World) -> None:
    mine, theirs = (reference.unit(still.actor(who), "housing").public_id for who in ("xs-clerk", "dt-clerk"))
    assert reference.unit(still.actor("clerk"), mine).public_id == mine
    with pytest.raises(Invalid):
        reference.unit(still.actor("clerk"), theirs)


def test_what_is_out_of_use_cannot_be_chosen_any_more(either: World) -> None:
    with either.writing():
        clerk = either.actor("clerk")
        reference.category(clerk, "B01").is_active = False
        reference.unit(clerk, "housing").is_active = False
        db.session.flush()
        assert [row.code for row in reference.categories(clerk)] == ["B"]
        assert "housing" not in {row.key for row in reference.units(clerk)}
        for find, code in ((reference.category, "B01"), (reference.unit, "housing")):
            with pytest.raises(Invalid):
                find(clerk, code)
        # The other committee keeps its own.
        assert reference.category(either.actor("dt-clerk"), "B01").is_active


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (None, ["root", *UNITS]),
        ("department", ["housing", "transport", "education"]),
        ("group", ["group", "group2"]),
        ("office", ["office"]),
        ("nonsense", []),
    ],
)
@pytest.mark.requirement("S1-01")
def test_units_are_listed_by_kind_in_the_order_of_the_tree(
    kind: str | None, keys: list[str], still: World
) -> None:
    assert [unit.key for unit in reference.units(still.actor("clerk"), kind)] == keys


def test_categories_and_areas_stand_in_the_order_of_their_codes(either: World) -> None:
    with either.writing():
        clerk = either.actor("clerk")
        db.session.add(Category(committee_id=clerk.committee_id, code="A", name="经济", level=1))
        db.session.flush()
        assert [row.code for row in reference.categories(clerk)] == ["A", "B", "B01"]
        assert [row.code for row in reference.areas(clerk)] == ["01", "0101"]
        assert len(reference.categories(either.actor("dt-clerk"))) == 2


def test_members_come_with_their_group_and_without_those_who_left(either: World) -> None:
    with either.writing():
        clerk = either.actor("clerk")
        told = [(person.login, unit.key) for person, unit in reference.members(clerk)]
        assert told == [("xs-member", "group"), ("xs-member2", "group2")]
        db.session.query(Person).filter_by(login="xs-member").one().is_active = False
        db.session.flush()
        assert [person.login for person, _ in reference.members(clerk)] == ["xs-member2"]


def test_the_committee_is_the_actors_own(still: World) -> None:
    assert reference.committee(still.actor("dt-clerk")).code == "dt"


def test_a_database_that_answers_says_so(either_app: Flask) -> None:
    with World(either_app).reading():
        assert reference.answers()


def test_a_unit_just_added_below_another_stands_below_it(either: World) -> None:
    with either.writing():
        clerk = either.actor("clerk")
        housing = reference.unit(clerk, "housing")
        below = OrgUnit(
            committee_id=clerk.committee_id, parent_id=housing.id, kind="department", key="sub", name="市政科"
        )
        db.session.add(below)
        db.session.flush()
        below.path = f"{housing.path}{below.id}/"
        db.session.flush()
        keys = [unit.key for unit in reference.units(clerk, "department")]
    assert keys == ["housing", "sub", "transport", "education"]
