"""A roster on both databases: whole or not at all, once however often, and only from an administrator."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.actions.conftest import everything
from tests.world import World
from tracker.actions import people as accounts
from tracker.actions import rosters
from tracker.errors import Forbidden, Invalid
from tracker.extensions import db
from tracker.incoming.people import PasswordIn
from tracker.incoming.rosters import Entry, RosterRow
from tracker.models import Event, Invitation, OrgUnit, Person
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


# --- who a row means, and what it says


def _refused(world: World, *rows: dict[str, str]) -> list[str]:
    before = everything(world)
    with pytest.raises(Invalid) as refused:
        _store(world, _entries(*rows))
    assert everything(world) == before
    return [fault.field for fault in refused.value.errors]


def test_of_two_people_of_one_name_in_one_unit_a_row_must_say_which(huiyin: World) -> None:
    twins = [{"name": "周敏", "login": login, "unit": "group"} for login in ("zhou.a", "zhou.b")]
    _store(huiyin, _entries(*twins))
    assert _refused(huiyin, {"name": "周敏", "unit": "group", "title": "农艺师"}) == ["2.name"]
    assert _store(huiyin, _entries(twins[0] | {"title": "农艺师"})) == rosters.Taken(1, 0, [])


@pytest.mark.parametrize(
    "titles, said", [(("教师", "校长"), "校长"), (("教师", None), "教师"), ((None, "校长"), "校长")]
)
def test_of_several_rows_of_one_person_the_last_that_says_something_counts(
    huiyin: World, titles: tuple[str | None, ...], said: str
) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "吴国栋", "login": "wu", "unit": unit, "title": title}
        for unit, title in zip(("group", "group2"), titles, strict=True)
    ]
    for _ in range(2):
        _store(huiyin, _entries(*rows))
    with huiyin.reading():
        person = people.by_login("wu")
        assert person and person.title == said and len(person.posts) == 2


def test_what_no_row_speaks_of_stays(huiyin: World) -> None:
    _store(huiyin, _entries({"name": "吴国栋", "login": "wu", "unit": "group", "email": "wu@example.test"}))
    _store(huiyin, _entries({"name": "吴国栋", "login": "wu", "unit": "group", "title": "教师"}))
    with huiyin.reading():
        person = people.by_login("wu")
        assert person and (person.email, person.title) == ("wu@example.test", "教师")


def test_two_units_of_one_name_are_told_apart_by_their_key(huiyin: World) -> None:
    with huiyin.writing():
        committee = huiyin.actor("clerk").committee_id
        wanted = select(OrgUnit).where(OrgUnit.committee_id == committee, OrgUnit.key == "group2")
        db.session.scalars(wanted).one().name = "东亭街道工委会"
    assert _refused(huiyin, {"name": "周敏", "unit": "东亭街道工委会"}) == ["2.unit"]
    assert len(_store(huiyin, _entries({"name": "周敏", "unit": "group2"})).invited) == 1


@pytest.mark.parametrize(
    "rows, fields",
    [
        ([{"name": "周敏", "login": "dt-member", "unit": "group"}], ["2.login"]),
        ([{"name": "周敏", "unit": "group"}, {"name": "周敏", "unit": "group"}], ["3.name"]),
        (
            [
                {"name": "周敏", "login": "zhou", "unit": "group"},
                {"name": "王强", "login": "zhou", "unit": "group2"},
            ],
            ["3.name"],
        ),
        ([{"name": "王强", "unit": "office", "role": "clerk", "level": "county"}], ["2.level"]),
        (
            [
                {"name": "王强", "login": "wq", "unit": "group"},
                {"name": "王强", "login": "wq", "unit": "housing", "role": "handler"},
            ],
            ["2.role"],
        ),
        ([{"name": "周敏", "unit": "nowhere"}, {"name": "王强", "unit": "elsewhere"}], ["2.unit", "3.unit"]),
    ],
)
def test_a_contradiction_is_named_by_row_and_column(
    huiyin: World, rows: list[dict[str, str]], fields: list[str]
) -> None:
    assert _refused(huiyin, *rows) == fields


def test_a_login_that_is_taken_is_left_out_when_new_ones_are_made(huiyin: World) -> None:
    _store(huiyin, _entries({"name": "周敏", "login": "xs-0002", "unit": "group"}))
    names = ("王强", "李红", "张明")
    taken = _store(huiyin, _entries(*({"name": name, "unit": "group2"} for name in names)))
    assert [one.login for one in taken.invited] == ["xs-0001", "xs-0003", "xs-0004"]


def test_each_link_is_its_own_and_works_for_a_week(huiyin: World) -> None:
    taken = _store(huiyin, ROWS)
    assert len({one.token for one in taken.invited}) == 3
    with huiyin.writing():
        rows = db.session.query(Invitation).all()
        assert {row.expires_at - row.created_at for row in rows} == {timedelta(days=7)}
        last = taken.invited[-1]
        given = PasswordIn(password="yan-wang-pi-hua-72")
        assert accounts.accept_invitation(last.token, given).name == last.name
