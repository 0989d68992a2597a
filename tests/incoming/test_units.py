"""A unit as the administrator types it."""

from typing import Any

import pytest

from tests.incoming import faults
from tracker.incoming.units import UnitEdit, UnitIn

UNIT = {"name": "区水利局", "kind": "department", "parent": "root"}


@pytest.mark.parametrize(
    "kind",
    [
        "office",
        "special_committee",
        "working_committee",
        "sector_group",
        "party",
        "city_group",
        "township_group",
        "department",
    ],
)
def test_every_kind_of_unit_can_be_added(kind: str) -> None:
    assert faults.of(UnitIn, UNIT | {"kind": kind}) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "committee"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"name": "局"}, "name"),
        ({"name": " 局 "}, "name"),
        ({"name": "长" * 81}, "name"),
        ({"parent": None}, "parent"),
        ({"key": "root"}, "key"),
        ({"path": "/1/"}, "path"),
    ],
)
def test_a_second_top_or_a_key_of_ones_own_is_refused(change: dict[str, Any], field: str) -> None:
    assert faults.of(UnitIn, UNIT | change) == [field]


@pytest.mark.parametrize("field", ["name", "is_active"])
def test_an_edit_says_both_name_and_use(field: str) -> None:
    given = {"name": "区水利局", "is_active": True}
    assert faults.of(UnitEdit, given) == []
    assert faults.of(UnitEdit, {k: v for k, v in given.items() if k != field}) == [field]


@pytest.mark.parametrize("field", ["kind", "parent"])
def test_a_unit_does_not_change_its_kind_or_place(field: str) -> None:
    assert faults.of(UnitEdit, {"name": "区水利局", "is_active": True, field: "office"}) == [field]
