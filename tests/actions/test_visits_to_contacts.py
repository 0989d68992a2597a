"""A visit to somebody the member keeps in touch with: it counts as what the contact is, and is about them."""

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.visiting import HEARD, ids
from tests.world import World
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.models import Case, Resident, Visit
from tracker.queries.residents import identity


def kept() -> Visit:
    """Inside an open transaction."""
    return db.session.scalars(select(Visit)).one()


@pytest.mark.parametrize(
    "kind, counts",
    [
        ("enterprise", "enterprise"),
        ("sector_person", "sector_person"),
        ("public_person", "public_person"),
        ("village", "enterprise"),
        ("talent", "enterprise"),
    ],
)
def test_it_counts_as_what_the_contact_is_and_else_as_what_the_form_says(
    huiyin: World, kind: str, counts: str
) -> None:
    link = huiyin.linked(kind=kind, called="严家桥村")
    huiyin.visited(link=link, contact={"kind": "enterprise"})
    with huiyin.reading():
        assert kept().contact_kind == counts


def test_whom_one_keeps_in_touch_with_is_one_person_however_often_one_comes(huiyin: World) -> None:
    link = huiyin.linked(called="沈桂芳", phone="13612345678")
    for day in ("2026-11-18", "2026-11-20"):
        huiyin.visited(link=link, visited_on=day, contact={"name": "顾阿婆"})
    with huiyin.reading():
        visits = db.session.scalars(select(Visit)).all()
        assert {identity(visit).name for visit in visits} == {"沈桂芳"}
        assert len(db.session.scalars(select(Resident)).all()) == 1


def test_at_an_institution_somebody_was_met_who_is_written_down(huiyin: World) -> None:
    link = huiyin.linked(kind="village", called="严家桥村")
    huiyin.visited(link=link, contact={"name": "顾阿婆", "phone": "13612345678"})
    with huiyin.reading():
        assert (identity(kept()).name, identity(kept()).phone) == ("顾阿婆", "13612345678")


@pytest.mark.parametrize(
    "named, is_the_contacts",
    [({}, True), ({"name": "顾阿婆"}, False), ({"phone": "13912342186"}, False)],
)
def test_a_concern_is_the_contacts_unless_it_names_somebody_else(
    huiyin: World, named: dict[str, str], is_the_contacts: bool
) -> None:
    link = huiyin.linked(called="沈桂芳", phone="13612345678", address="云林苑12号楼")
    resident = named | ({"consent_process": True} if named else {})
    huiyin.visited(link=link, cases=[HEARD | {"resident": resident}])
    with huiyin.reading():
        found = identity(db.session.scalars(select(Case)).one())
        theirs = ("沈桂芳", "13612345678", "云林苑12号楼")
        assert (found.name, found.phone, found.address) == (
            theirs if is_the_contacts else (named.get("name", ""), named.get("phone", ""), "")
        )


@pytest.mark.parametrize("whose", ["member2", "nobody"])
def test_nobody_visits_the_contact_of_another(huiyin: World, whose: str) -> None:
    link = huiyin.linked(by="member2") if whose == "member2" else "no-such-link"
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        huiyin.visited(link=link)
    assert [fault.field for fault in refused.value.errors] == ["link"] and everything(huiyin) == before


@pytest.mark.parametrize(
    "along, missing", [(("member2", "clerk"), 1), (("dt-member",), 1), (("dept", "admin"), 2)]
)
def test_how_many_of_those_who_went_along_are_on_no_list_is_said(
    huiyin: World, along: tuple[str, ...], missing: int
) -> None:
    before = everything(huiyin)
    with pytest.raises(Invalid) as refused:
        huiyin.visited(visitors=ids(huiyin, *along))
    (fault,) = refused.value.errors
    assert (fault.field, fault.params) == ("visitors", {"n": missing}) and everything(huiyin) == before


def test_whoever_writes_it_down_and_names_oneself_went_once(huiyin: World) -> None:
    huiyin.visited(visitors=ids(huiyin, "member", "member2", "member2"))
    with huiyin.reading():
        assert sorted(visitor.person_id for visitor in kept().visitors) == sorted(
            huiyin.actor(who).person_id or 0 for who in ("member", "member2")
        )
