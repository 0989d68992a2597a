"""A preset becomes a committee with a tree, places, a first event; its prefixes are given once."""

import pytest
from sqlalchemy import func, select

from tests.world import World
from tracker.actions import committees
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.incoming import presets
from tracker.models import Area, Category, Committee, Event, OrgUnit


@pytest.mark.parametrize("name", ["plain"])
def test_a_founded_committee_holds_what_its_preset_says(either: World, name: str) -> None:
    preset = presets.load(name)
    with either.writing():
        found = committees.found(preset)
        for table, wanted in (
            (OrgUnit, len(preset.units) + 1),
            (Area, len(preset.areas)),
            (Category, len(preset.categories)),
        ):
            counted = select(func.count()).select_from(table).where(table.committee_id == found.id)
            assert db.session.scalar(counted) == wanted
        assert db.session.query(Event).filter_by(committee_id=found.id).one().verb == "found"


def test_every_unit_stands_in_the_tree_below_the_committee(huiyin: World) -> None:
    with huiyin.writing():
        found = committees.found(presets.load("plain"))
        units = db.session.scalars(select(OrgUnit).where(OrgUnit.committee_id == found.id)).all()
        root = next(unit for unit in units if unit.parent_id is None)
        assert {unit.lineage[0] for unit in units} == {root.id}
        assert all(unit.lineage[-1] == unit.id for unit in units)


@pytest.mark.parametrize("name", ["xishan", "dongtai"])
def test_a_code_or_prefix_that_is_taken_founds_nothing(huiyin: World, name: str) -> None:
    with huiyin.writing(), pytest.raises(Conflict):
        committees.found(presets.load(name))
    with huiyin.reading():
        assert db.session.scalar(select(func.count()).select_from(Committee)) == 2
