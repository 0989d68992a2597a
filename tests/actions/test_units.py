"""The tree of units grows without two units ever being taken for each other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.world import REPLY, World
from tracker.actions import units
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.schema import read
from tracker.incoming.units import UnitEdit, UnitIn
from tracker.models import Event, OrgUnit
from tracker.queries import directory, reference


@contextmanager
def refused(field: str) -> Iterator[None]:
    with pytest.raises(Invalid) as fault:
        yield
    assert [error.field for error in fault.value.errors] == [field]


def add(huiyin: World, name: str, parent: str = "root", by: str = "admin") -> OrgUnit:
    """Inside an open transaction."""
    given = {"name": name, "kind": "department", "parent": parent}
    return units.add(read(UnitIn, given), by=huiyin.actor(by))


def test_a_new_unit_has_a_key_of_its_own_and_one_event(either: World) -> None:
    with either.writing():
        made = [add(either, f"区第{n}局") for n in range(5)]
        keys = [unit.key for unit in db.session.query(OrgUnit).filter_by(committee_id=made[0].committee_id)]
        assert len(set(keys)) == len(keys)
        assert [reference.unit(either.actor("clerk"), unit.key) for unit in made] == made
        assert db.session.query(Event).filter_by(verb="add_unit").count() == 5


def test_the_tree_shows_it_below_its_parent(huiyin: World) -> None:
    with huiyin.writing():
        below = add(huiyin, "区房产管理处", "housing")
        rows = {row.unit.id: row.depth for row in directory.units(huiyin.actor("admin"))}
        assert rows[below.id] == 2


def test_a_name_is_given_once_whether_its_unit_is_in_use_or_not(huiyin: World) -> None:
    with huiyin.writing():
        water = add(huiyin, "区水利局")
        with refused("name"):
            add(huiyin, "区水利局", "housing")
        other = add(huiyin, "区水务局")
        with refused("name"):
            units.edit(other, UnitEdit(name="区水利局", is_active=True), by=huiyin.actor("admin"))
        units.edit(water, UnitEdit(name="区水利局", is_active=False), by=huiyin.actor("admin"))
        with refused("name"):
            add(huiyin, "区水利局")


def test_a_unit_out_of_use_takes_no_more_below_it(huiyin: World) -> None:
    with huiyin.writing():
        water = add(huiyin, "区水利局")
        units.edit(water, UnitEdit(name="区水利局", is_active=False), by=huiyin.actor("admin"))
        with refused("parent"):
            add(huiyin, "区河道所", water.public_id)


def test_the_tree_stays_shallow(huiyin: World) -> None:
    with huiyin.writing():
        parent = "root"
        for level in range(1, units.DEEPEST):
            parent = add(huiyin, f"第{level}级", parent).public_id
        with refused("parent"):
            add(huiyin, "再下一级", parent)


def test_the_committee_itself_is_never_out_of_use(huiyin: World) -> None:
    with huiyin.writing():
        top = reference.unit(huiyin.actor("admin"), "root")
        with pytest.raises(Conflict):
            units.edit(top, UnitEdit(name=top.name, is_active=False), by=huiyin.actor("admin"))
        units.edit(top, UnitEdit(name="锡山政协", is_active=True), by=huiyin.actor("admin"))
        assert top.name == "锡山政协"


@pytest.mark.parametrize("who", ["clerk", "director", "auditor", "dept"])
def test_only_the_administrator_adds_units(huiyin: World, who: str) -> None:
    with huiyin.writing(), pytest.raises(Forbidden):
        add(huiyin, "区水利局", by=who)


# --- units that work


def housing(huiyin: World) -> OrgUnit:
    """Inside an open transaction."""
    return reference.unit(huiyin.actor("admin"), "housing")


@pytest.mark.parametrize("step", ["dispatched", "accept", "reply"])
def test_a_unit_that_has_something_in_hand_stays_in_use_and_may_be_renamed(huiyin: World, step: str) -> None:
    share = huiyin.shares(huiyin.coordinated())[0]
    if step == "accept":
        huiyin.move_share(share, "accept")
    if step == "reply":
        huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    with huiyin.writing(), pytest.raises(Conflict) as refused_:
        units.edit(housing(huiyin), UnitEdit(name="区住建局", is_active=False), by=huiyin.actor("admin"))
    assert refused_.value.missing == ["no_open_assignment"]
    with huiyin.writing():
        units.edit(housing(huiyin), UnitEdit(name="区住建局", is_active=True), by=huiyin.actor("admin"))
    with huiyin.reading():
        assert (housing(huiyin).name, housing(huiyin).is_active) == ("区住建局", True)


def test_a_unit_that_has_answered_everything_may_go_out_of_use_and_come_back(huiyin: World) -> None:
    """Under the name it had, which is its own."""
    huiyin.handled()
    with huiyin.reading():
        name, public_id = housing(huiyin).name, housing(huiyin).public_id
    for is_active in (False, True):
        with huiyin.writing():
            unit = db.session.query(OrgUnit).filter_by(public_id=public_id).one()
            units.edit(unit, UnitEdit(name=name, is_active=is_active), by=huiyin.actor("admin"))
    with huiyin.reading():
        assert housing(huiyin).is_active
        told = db.session.query(Event).filter_by(verb="edit_unit").order_by(Event.id)
        assert [event.data for event in told] == [{"active": False}, {"active": True}]


def test_a_name_of_another_committee_is_free(huiyin: World) -> None:
    with huiyin.writing():
        foreign = World(huiyin.app, "dt")
        made = units.add(
            read(UnitIn, {"name": "市水务局", "kind": "department", "parent": "root"}),
            by=foreign.actor("admin"),
        )
        assert add(huiyin, "市水务局").committee_id != made.committee_id


@pytest.mark.parametrize("parent", ["nowhere", "", "ROOT"])
def test_a_parent_that_is_not_there_is_named(huiyin: World, parent: str) -> None:
    with huiyin.writing(), refused("parent"):
        add(huiyin, "区水利局", parent)


def test_a_unit_of_another_committee_is_no_parent(huiyin: World) -> None:
    with huiyin.writing():
        foreign = World(huiyin.app, "dt")
        token = reference.unit(foreign.actor("admin"), "housing").public_id
        with refused("parent"):
            add(huiyin, "区水利局", token)
