"""People, and the actor somebody becomes."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.world import World
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.models import ChainHead, Committee, Membership, OrgUnit, Person
from tracker.queries import people
from tracker.rules.actors import Post


def _person(login: str) -> Person:
    """Inside an open transaction."""
    found = people.by_login(login)
    assert found is not None
    return found


def _unit(key: str, code: str = "xs") -> int:
    query = select(OrgUnit.id).join(Committee).where(OrgUnit.key == key, Committee.code == code)
    return db.session.scalars(query).one()


def test_an_actor_is_the_person_in_plain_facts(still: World) -> None:
    actor = people.as_actor(_person("xs-dept"), session_id=5)
    assert (actor.kind, actor.name, actor.login, actor.session_id) == ("person", "张志强", "xs-dept", 5)
    assert actor.posts == (Post("handler", _unit("housing")),)
    assert (actor.locale, actor.is_accusation_officer, actor.diary) == ("zh", False, b"")


def test_every_post_is_told_and_each_role_with_its_units(either: World) -> None:
    with either.writing():
        person = _person("xs-member")
        person.posts += [
            Membership(unit_id=_unit("group2"), role="member"),
            Membership(unit_id=_unit("group"), role="secretary"),
        ]
        db.session.flush()
        actor = people.as_actor(person)
        assert actor.roles == {"member", "secretary"}
        assert actor.units("member") == {_unit("group"), _unit("group2")}
        assert actor.units("secretary") == {_unit("group")} and actor.units("clerk") == frozenset()


def test_who_has_no_post_may_nothing(either: World) -> None:
    with either.writing():
        person = _person("xs-clerk")
        person.posts = []
        db.session.flush()
        actor = people.as_actor(person)
        assert (actor.roles, actor.posts) == (frozenset(), ())


@pytest.mark.requirement("T06")
@pytest.mark.parametrize(
    ("named", "officers"),
    [
        ([], set()),
        (["clerk"], {"clerk"}),
        (["clerk", "clerk2"], {"clerk", "clerk2"}),
        # At most two, in the order in which they were named.
        (["director", "clerk2", "clerk"], {"director", "clerk2"}),
    ],
)
def test_at_most_two_are_named_officers_for_accusations(
    named: list[str], officers: set[str], either: World
) -> None:
    with either.writing():
        committee = db.session.get_one(Committee, _person("xs-clerk").committee_id)
        committee.settings = {"accusation_officers": [_person(f"xs-{name}").id for name in named]}
        db.session.flush()
        found = {who for who in ("clerk", "clerk2", "director") if either.actor(who).is_accusation_officer}
        assert found == officers
        assert committee.accusation_officers == {_person(f"xs-{name}").id for name in officers}


def test_at_the_door_the_end_of_the_own_diary_comes_along(either: World) -> None:
    either.raised()
    with either.reading():
        for login in ("xs-clerk", "dt-clerk"):
            person = _person(login)
            query = people.with_posts(select(*people.DOOR_COLUMNS).select_from(Person))
            (row,) = db.session.execute(query.where(Person.id == person.id)).all()
            head = db.session.get(ChainHead, person.committee_id)
            assert row.diary == (head.hash if head else None)
            assert people.actor_of([row], diary=row.diary).diary == (row.diary or b"")


@pytest.mark.parametrize("login", ["XS-CLERK", "xs-clerk ", "clerk", "", "xs-cler_", "%"])
def test_a_login_is_known_only_as_it_is_written(login: str, still: World) -> None:
    assert people.by_login(login) is None


@pytest.mark.requirement("T14")
@pytest.mark.parametrize(
    ("who", "login", "finds"),
    [
        ("admin", "xs-clerk", True),
        ("auditor", "xs-clerk", True),
        ("admin", "dt-clerk", False),
        ("clerk", "xs-clerk2", False),
        ("director", "xs-clerk", False),
    ],
)
def test_a_person_is_looked_up_by_who_may_and_never_across_committees(
    who: str, login: str, finds: bool, still: World
) -> None:
    person, actor = _person(login), still.actor(who)
    if finds:
        assert people.get(person.public_id, actor) is person
        return
    with pytest.raises(NotFound):
        people.get(person.public_id, actor)


def test_the_list_has_those_who_left_at_its_end(either: World) -> None:
    with either.writing():
        _person("xs-admin").is_active = False
        db.session.flush()
        logins = [person.login for person in people.listing(either.actor("auditor"))]
    assert logins[-1] == "xs-admin"
    assert logins[:-1] == sorted(logins[:-1]) and all(login.startswith("xs-") for login in logins)


@pytest.mark.parametrize(
    ("how", "number"),
    [("drafted", 0), ("coordinated", 1), ("replied", 1), ("handled", 0)],
)
def test_a_unit_has_open_what_it_got_and_nobody_finished(how: str, number: int, either: World) -> None:
    make: dict[str, Any] = {"drafted": lambda: either.drafted(either.raised(), "housing")}
    make.get(how, getattr(either, how))()
    with either.reading():
        unit = db.session.get_one(OrgUnit, _unit("housing"))
        assert people.open_assignments(unit) == number
