"""A roster on both databases: whole or not at all, once however often, and only from an administrator."""

import pytest

from tests.world import World
from tracker.actions import rosters
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.rosters import Entry, RosterRow
from tracker.models import Event, Invitation, Person
from tracker.queries import people
from tracker.rules.actors import system


def _entries(*rows: dict[str, str]) -> list[Entry]:
    return [
        Entry(str(n), RosterRow.model_validate({"role": "member"} | row)) for n, row in enumerate(rows, 2)
    ]


ROWS = _entries(
    {"name": "周敏", "unit": "group"},
    {"name": "周敏", "unit": "group2"},
    {"name": "吴国栋", "login": "wu", "unit": "东亭街道工委会"},
    {"name": "吴国栋", "login": "wu", "unit": "东亭街道工委会", "role": "secretary"},
)


def _store(world: World, entries: list[Entry]) -> rosters.Taken:
    with world.writing():
        person = people.by_login("xs-admin")
        assert person is not None
        return rosters.store(entries, by=system(person.committee_id, "shell"))


def test_namesakes_in_two_units_are_two_people_and_two_rows_of_a_login_are_one(either: World) -> None:
    taken = _store(either, ROWS)
    assert [(one.login, one.name) for one in taken.invited] == [
        ("xs-0001", "周敏"),
        ("xs-0002", "周敏"),
        ("wu", "吴国栋"),
    ]
    assert _store(either, ROWS)[:2] == (0, 3)


def test_what_changed_follows_the_roster(either: World) -> None:
    _store(either, ROWS)
    moved = _entries(
        {"name": "吴国梁", "login": "wu", "unit": "group2", "level": "county"},
        {"name": "周敏", "unit": "group", "title": "农艺师"},
    )
    assert _store(either, moved) == rosters.Taken(2, 0, [])
    with either.reading():
        person = people.by_login("wu")
        assert person and (person.name, person.level) == ("吴国梁", "county")
        posts = {(post.role, post.unit.key) for post in person.posts}
        assert posts == {("member", "group2"), ("secretary", "group")}
        verbs = [event.verb for event in db.session.query(Event).order_by(Event.id)]
    assert verbs == ["add_person"] * 3 + ["invite"] * 3 + ["edit_person"] * 2


def test_an_account_out_of_use_stays_out_of_use(either: World) -> None:
    _store(either, ROWS)
    with either.writing():
        db.session.query(Person).filter_by(login="wu").one().is_active = False
    assert _store(either, ROWS)[:2] == (0, 3)
    with either.reading():
        person = people.by_login("wu")
        assert person and not person.is_active


def test_a_faulty_row_leaves_nothing_behind(either: World) -> None:
    with pytest.raises(Invalid) as refused:
        _store(either, [*ROWS, *_entries({"name": "王强", "unit": "nowhere"})])
    assert [fault.field for fault in refused.value.errors] == ["2.unit"]
    with either.reading():
        assert people.by_login("wu") is None and db.session.query(Invitation).count() == 0


def test_only_who_may_change_accounts_takes_over_a_roster(huiyin: World) -> None:
    with huiyin.writing(), pytest.raises(Forbidden):
        rosters.store(ROWS, by=huiyin.actor("clerk"))
