"""Whom one keeps in touch with: an institution by name, a person sealed, both until they are let go."""

import pytest
from sqlalchemy import select

from tests.world import NOW, World
from tracker.actions import contact_links as acts
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.models import Case, ContactLink, Event, Resident
from tracker.queries import contact_links
from tracker.queries.residents import identity
from tracker.rules.clock import shanghai_date

TODAY = shanghai_date(NOW)


@pytest.mark.requirement("S1-08")
@pytest.mark.parametrize("kind", ["enterprise", "village", "working_committee"])
def test_an_institution_is_kept_by_its_name(kind: str, either: World) -> None:
    either.linked(kind=kind, called="严家桥村", consent_process=False)
    with either.reading():
        link = db.session.scalars(select(ContactLink)).one()
        assert (link.kind, link.institution, link.resident_id) == (kind, "严家桥村", None)
        assert link.group is not None and link.group.key == "group"


@pytest.mark.requirement("S1-07")
@pytest.mark.requirement("T01")
@pytest.mark.parametrize("kind", ["talent", "aid_household", "standing_member", "sector_person"])
def test_a_person_is_sealed_and_read_back_by_who_keeps_in_touch(kind: str, either: World) -> None:
    public_id = either.linked(kind=kind, called="沈桂芳", phone="13612345678")
    with either.reading():
        assert "沈桂芳" not in repr(db.session.scalars(select(Resident)).one().__dict__)
        assert db.session.scalars(select(Event.data).where(Event.verb == "link")).one() == {"kind": kind}
        readers = {who: _called(either, public_id, who) for who in ("member", "clerk", "secretary")}
    assert readers == {"member": "沈桂芳", "clerk": "沈**", "secretary": ""}


def _called(world: World, public_id: str, who: str) -> str:
    actor = world.actor(who)
    return contact_links.called(contact_links.get(public_id, actor), actor)


def test_a_concern_heard_from_somebody_known_is_theirs(huiyin: World) -> None:
    concern = {"summary": "楼道灯坏了", "narrative": "楼道灯坏了三个月。", "area": "0101", "category": None}
    huiyin.visited(link=huiyin.linked(called="沈桂芳", phone="13612345678"), cases=[concern])
    with huiyin.reading():
        case = db.session.scalars(select(Case)).one()
        assert (identity(case).name, identity(case).phone) == ("沈桂芳", "13612345678")
        assert case.resident is not None and not case.resident.consent_forward


def test_a_person_who_did_not_agree_is_not_kept(huiyin: World) -> None:
    with pytest.raises(Invalid):
        huiyin.linked(consent_process=False)


def test_a_link_does_not_begin_tomorrow(huiyin: World) -> None:
    with pytest.raises(Invalid) as fault:
        huiyin.linked(since="2026-12-31")
    assert [error.field for error in fault.value.errors] == ["since"]


@pytest.mark.parametrize("who", ["secretary", "clerk", "leader", "dept", "admin"])
def test_links_are_made_by_members(who: str, huiyin: World) -> None:
    with pytest.raises(Forbidden):
        huiyin.linked(by=who)


def test_an_ended_link_leaves_the_list_and_ends_once(huiyin: World) -> None:
    public_id = huiyin.linked()
    with huiyin.writing():
        actor = huiyin.actor("member")
        acts.end(contact_links.get(public_id, actor), by=actor)
    with huiyin.reading():
        assert contact_links.listing(huiyin.actor("member"), since=TODAY) == []
    with pytest.raises(Conflict), huiyin.writing():
        acts.end(contact_links.get(public_id, huiyin.actor("member")), by=huiyin.actor("member"))


def test_a_link_may_begin_today_with_an_address_and_the_group_of_its_member(huiyin: World) -> None:
    huiyin.linked(since=TODAY.isoformat(), address="云林苑12号楼")
    with huiyin.reading():
        link = db.session.scalars(select(ContactLink)).one()
        assert link.since == TODAY and identity(link).address == "云林苑12号楼"
        assert {link.group_id} == huiyin.actor("member").units("member")
