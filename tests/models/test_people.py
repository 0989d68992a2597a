"""People with their posts and bridges, and what a committee decided about itself."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.world import World
from tracker.extensions import db
from tracker.models import Bridge, Committee, OrgUnit, Person

KINDS = ["community_cadre", "local_leader", "professional"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], []),
        (["professional"], ["professional"]),
        (KINDS[::-1], KINDS),
        (["local_leader"] * 2, ["local_leader"]),
    ],
)
def test_bridges_are_kept_once_and_in_their_own_order(given: list[str], kept: list[str]) -> None:
    person = Person()
    person.bridges = given
    assert person.bridges == kept


def test_a_bridge_that_stays_keeps_its_row(huiyin: World) -> None:
    """Or the unique key would refuse the new one before the old one is gone."""
    with huiyin.writing():
        person = _member()
        person.bridges = ["local_leader", "professional"]
        db.session.flush()
        stays = person.bridge_rows[0].id
    with huiyin.writing():
        person = _member()
        person.bridges = ["community_cadre", "local_leader"]
        db.session.flush()
        rows = db.session.execute(select(Bridge.kind, Bridge.id).order_by(Bridge.kind)).all()
        assert [row.kind for row in rows] == ["community_cadre", "local_leader"]
        assert rows[1].id == stays


def _member() -> Person:
    return db.session.scalars(select(Person).where(Person.login == "xs-member")).one()


def test_an_account_belongs_to_whoever_signs_in_with_it() -> None:
    assert Person(id=11).owner_id == 11


# --- committees
@pytest.mark.parametrize(
    ("settings", "signs"),
    [
        ({}, "政协无锡市锡山区委员会办公室"),
        ({"signature": ""}, "政协无锡市锡山区委员会办公室"),
        ({"signature": None}, "政协无锡市锡山区委员会办公室"),
        ({"signature": "锡山区政协办公室"}, "锡山区政协办公室"),
    ],
)
def test_a_letter_is_signed_with_the_offices_own_name_where_it_has_one(
    settings: dict[str, Any], signs: str
) -> None:
    assert Committee(full_name="政协无锡市锡山区委员会办公室", settings=settings).signature == signs


@pytest.mark.parametrize(
    ("settings", "officers"),
    [
        ({}, set()),
        ({"accusation_officers": []}, set()),
        ({"accusation_officers": [4]}, {4}),
        ({"accusation_officers": [4, 9]}, {4, 9}),
        ({"accusation_officers": [4, 9, 13]}, {4, 9}),
    ],
)
def test_two_officers_at_most_read_accusations(settings: dict[str, Any], officers: set[int]) -> None:
    assert Committee(settings=settings).accusation_officers == officers


def test_the_page_for_residents_is_closed_until_the_office_opens_it() -> None:
    assert [Committee(settings=given).contact for given in ({}, {"contact": None})] == [{}, {}]
    decided = Committee(settings={"contact": {"open": True, "members": False}})
    assert decided.contact == {"open": True, "members": False}
    # What a reader does with the answer does not change the committee.
    decided.contact["hidden"] = True
    assert "hidden" not in decided.contact


@pytest.mark.parametrize(
    ("path", "lineage"), [("/", ()), ("/1/", (1,)), ("/1/7/", (1, 7)), ("/1/7/1042/", (1, 7, 1042))]
)
def test_a_units_line_is_read_from_the_root_down(path: str, lineage: tuple[int, ...]) -> None:
    assert OrgUnit(path=path).lineage == lineage
