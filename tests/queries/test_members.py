"""Members as the office looks them up: by group, name and bridge, never those of another committee."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.world import World
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.models import Person
from tracker.queries import members
from tracker.queries.members import Sought


@pytest.fixture
def tagged(either: World) -> Iterator[World]:
    with either.writing():
        for login, kinds in (("xs-member", ["professional", "community_cadre"]), ("xs-member2", [])):
            db.session.query(Person).filter_by(login=login).one().bridges = kinds
        db.session.query(Person).filter_by(login="dt-member").one().bridges = ["local_leader"]
    with either.reading():
        yield either


def found(world: World, who: str = "clerk", **sought: Any) -> list[str]:
    page = members.page(world.actor(who), Sought(**sought))
    return [person.login.removeprefix("xs-") for person in page.items]


@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize(
    ("sought", "logins"),
    [
        ({}, ["member2", "member"]),
        ({"bridge": "any"}, ["member"]),
        ({"bridge": "professional"}, ["member"]),
        ({"bridge": "local_leader"}, []),
        ({"group": "group2"}, ["member2"]),
        ({"group": "group2", "bridge": "any"}, []),
        ({"group": "housing"}, []),
        ({"q": "海"}, ["member"]),
        ({"q": "%"}, []),
    ],
)
def test_members_are_found_by_group_name_and_bridge(
    tagged: World, sought: dict[str, str], logins: list[str]
) -> None:
    assert found(tagged, **sought) == logins


def test_a_long_list_comes_by_pages(tagged: World) -> None:
    clerk = tagged.actor("clerk")
    first = members.page(clerk, Sought(), limit=1)
    rest = members.page(clerk, Sought(), limit=1, after=first.next)
    assert [row.login for row in (*first.items, *rest.items)] == ["xs-member2", "xs-member"]
    assert rest.next is None


def test_why_somebody_is_a_bridge_is_told_in_one_order(tagged: World) -> None:
    own = db.session.query(Person).filter_by(login="xs-member").one()
    assert members.bridges(tagged.actor("clerk")) == {own.id: ["community_cadre", "professional"]}
    assert own.bridges == ["community_cadre", "professional"]


@pytest.mark.requirement("S1-21")
@pytest.mark.parametrize("who", ["member", "dept", "leader", "auditor"])
def test_nobody_sees_more_members_than_before(tagged: World, who: str) -> None:
    with pytest.raises(Forbidden):
        found(tagged, who)


def test_who_left_is_no_member_to_be_found(either: World) -> None:
    with either.writing():
        db.session.query(Person).filter_by(login="xs-member").one().is_active = False
    with either.reading():
        assert found(either) == ["member2"]
