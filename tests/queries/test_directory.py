"""People and units as the administrator keeps them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.queries.conftest import Filled, said
from tests.world import CAST, NOW, UNITS
from tracker.errors import Forbidden, Invalid, NotFound
from tracker.extensions import db
from tracker.models import OrgUnit, Person
from tracker.queries import directory, people


@pytest.fixture(scope="module")
def filled(filling: Filled) -> Filled:
    world = filling.world
    world.coordinated(units=(("housing", "lead"), ("transport", "co")))
    world.replied()
    world.handled()
    world.drafted(world.raised(), "education")
    with world.writing():
        gone = db.session.query(Person).filter_by(login="xs-clerk2").one()
        gone.is_active, gone.password_hash = False, None
        db.session.query(Person).filter_by(login="xs-dept2").one().password_hash = None
        db.session.query(Person).filter_by(login="xs-auditor").one().name = "孙_谦%"
    return filling


@pytest.fixture
def reading(filled: Filled) -> Iterator[Filled]:
    with filled.world.reading():
        yield filled


def _logins(filled: Filled, who: str = "admin", **asked: Any) -> list[str]:
    page = directory.people(filled.world.actor(who), now=NOW, **asked)
    return [person.login.removeprefix("xs-") for person in page.items]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"role": "clerk"}, {"clerk", "clerk2"}),
        ({"role": "handler"}, {"dept", "dept2"}),
        ({"role": "resident"}, set()),
        ({"q": "吴海"}, {"member"}),
        ({"q": "xs-dept"}, {"dept", "dept2"}),
        ({"q": "没有"}, set()),
        ({"q": "_"}, {"auditor"}),
        ({"q": "%"}, {"auditor"}),
        ({"q": "xs_dept"}, set()),
        ({"waits": "invited"}, {"dept2"}),
        ({"waits": "inactive"}, {"clerk2"}),
        ({"waits": "active", "role": "clerk"}, {"clerk"}),
        ({}, set(CAST)),
    ],
    ids=said,
)
def test_a_filter_leaves_exactly_what_it_says(
    asked: dict[str, Any], expected: set[str], reading: Filled
) -> None:
    assert set(_logins(reading, **asked)) == expected


@pytest.mark.parametrize("limit", [1, 5, 12, 50])
def test_page_after_page_shows_every_account_once(limit: int, reading: Filled) -> None:
    admin, found, after = reading.world.actor("admin"), [], None
    while True:
        page = directory.people(admin, now=NOW, limit=limit, after=after)
        found += [person.id for person in page.items]
        after = page.next
        if after is None:
            break
    assert found == sorted(found, reverse=True) and len(found) == len(CAST)


@pytest.mark.requirement("T14")
@pytest.mark.parametrize("who", ["member", "clerk", "director", "leader", "dept"])
def test_accounts_are_not_for_everybody(who: str, reading: Filled) -> None:
    with pytest.raises(Forbidden):
        _logins(reading, who)
    with pytest.raises(Forbidden):
        people.listing(reading.world.actor(who))


def test_the_auditor_reads_the_same_accounts(reading: Filled) -> None:
    assert _logins(reading, "auditor") == _logins(reading)


def test_a_queue_of_something_else_is_refused(reading: Filled) -> None:
    with pytest.raises(Invalid):
        _logins(reading, waits="overdue")


# --- units
def test_the_tree_is_told_from_its_root_with_what_hangs_on_each_unit(reading: Filled) -> None:
    rows = directory.units(reading.world.actor("admin"))
    assert [row.unit.key for row in rows] == ["root", *UNITS]
    assert [row.depth for row in rows] == [0] + [1] * len(UNITS)
    told = {row.unit.key: (row.people, row.open) for row in rows}
    # Somebody who left does not count, and neither does a draft or what is completed.
    assert told["office"] == (6, 0)
    assert (told["housing"], told["transport"], told["education"]) == ((1, 2), (1, 1), (0, 0))


def test_a_person_with_two_posts_in_a_unit_is_one_person(reading: Filled) -> None:
    told = {row.unit.key: row.people for row in directory.units(reading.world.actor("dt-admin"))}
    assert told == {
        "root": 0,
        "office": 7,
        "group": 2,
        "group2": 1,
        "housing": 1,
        "transport": 1,
        "education": 0,
    }


def _unit(code: str, key: str) -> OrgUnit:
    person = people.by_login(f"{code}-admin")
    assert person is not None
    return db.session.query(OrgUnit).filter_by(committee_id=person.committee_id, key=key).one()


@pytest.mark.parametrize("name", ["区教育局", "没有这个局", ""])
def test_a_unit_is_known_by_its_name_in_ones_own_committee(name: str, reading: Filled) -> None:
    found = directory.unit_named(name, reading.world.actor("admin"))
    assert (found == _unit("xs", "education")) is (name == "区教育局")


@pytest.mark.requirement("T14")
def test_another_committees_unit_is_not_found(reading: Filled) -> None:
    admin = reading.world.actor("admin")
    assert directory.unit(_unit("xs", "group").public_id, admin).key == "group"
    for public_id in (_unit("dt", "group").public_id, "group", ""):
        with pytest.raises(NotFound):
            directory.unit(public_id, admin)


def test_of_two_units_of_a_name_the_one_in_use_comes_first(either: Any) -> None:
    with either.writing():
        old = _unit("xs", "education")
        old.is_active = False
        new = OrgUnit(committee_id=old.committee_id, kind="department", key="new", name=old.name)
        db.session.add(new)
        db.session.flush()
        admin = either.actor("admin")
        assert directory.unit_named(old.name, admin) is new
        new.is_active = False
        db.session.flush()
        assert directory.unit_named(old.name, admin) is old
        assert directory.unit(old.public_id, admin) is old
