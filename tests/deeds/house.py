"""Accounts, units and the rules of work."""

from sqlalchemy import select

from tests.deeds.deed import ADMIN, DIRECTOR, Deed, facts
from tests.world import World
from tracker.actions import people, rosters, units, work_rules
from tracker.extensions import db
from tracker.incoming.people import PersonEdit, PersonIn, PostIn
from tracker.incoming.rosters import Entry, RosterRow
from tracker.incoming.units import UnitEdit, UnitIn
from tracker.incoming.work_rules import WorkRulesIn
from tracker.models import OrgUnit, Person

ROSTER = [Entry("2", RosterRow(name="周敏", unit="group", role="member"))]
RULES = WorkRulesIn(text="一、诉求登记后三个工作日内协调交办。\n二、每月通报一次。", why="按会议纪要修订")
POST = PostIn(role="member", unit="group")


def of_accounts(world: World) -> list[Deed]:
    def person() -> Person:
        return db.session.scalars(select(Person).where(Person.login == "xs-member2")).one()

    return [
        Deed(
            "people.add",
            lambda by: people.add(PersonIn(login="zhou.min", name="周敏", posts=[POST]), by=by),
            ADMIN,
            ("person.add_person",),
            facts("posts"),
            is_new=True,
        ),
        Deed(
            "people.edit",
            lambda by, **seen: people.edit(person(), PersonEdit(title="教师"), by=by, **seen),
            ADMIN,
            ("person.edit_person",),
            facts("posts", "active", "listed"),
            row=person,
        ),
        Deed("people.invite", lambda by: people.invite(person(), by=by), ADMIN, ("person.invite",)),
        Deed(
            "rosters.store",
            lambda by: rosters.store(ROSTER, by=by),
            ADMIN,
            ("person.add_person", "person.invite"),
            facts("posts"),
            is_new=True,
        ),
    ]


def of_the_tree(world: World) -> list[Deed]:
    def unit() -> OrgUnit:
        committee = world.actor("admin").committee_id
        query = select(OrgUnit).where(OrgUnit.key == "education", OrgUnit.committee_id == committee)
        return db.session.scalars(query).one()

    return [
        Deed(
            "units.add",
            lambda by: units.add(UnitIn(name="区水利局", kind="department", parent="root"), by=by),
            ADMIN,
            ("unit.add_unit",),
            facts("kind", "parent"),
            is_new=True,
        ),
        Deed(
            "units.edit",
            lambda by: units.edit(unit(), UnitEdit(name="区教育体育局", is_active=True), by=by),
            ADMIN,
            ("unit.edit_unit",),
            facts("active"),
        ),
        Deed(
            "work_rules.replace",
            lambda by: work_rules.replace(RULES, by=by),
            DIRECTOR,
            ("work_rules.replace",),
            facts("number"),
            is_new=True,
        ),
    ]
